"""``kg serve`` and ``kg search``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.faults import clean, one_line


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind to.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--token", help="Who asks must show it; made up where another address is bound.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Seconds per query."
)
@click.option(
    "--max-bytes", type=click.IntRange(1), default=200_000_000, show_default=True, help="Longest answer."
)
@click.option("--workers", type=click.IntRange(1), default=3, show_default=True, help="Queries at once.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Web origin that may ask; repeatable.")
@click.option("--federation", is_flag=True, help="Let queries ask other endpoints (SERVICE).")
@clean
def serve(
    out: Path, host: str, port: int, token: str | None, timeout: float, max_bytes: int, workers: int,
    cors: tuple[str, ...], federation: bool,
) -> None:  # fmt: skip
    """Serve a built graph: pages for reading it, and a read-only SPARQL endpoint at /sparql."""
    import secrets

    import uvicorn

    from kg.serve import Limits, application
    from kg.serve.guards import is_loopback

    if not is_loopback(host) and not token:
        token = secrets.token_urlsafe(24)
    if not is_loopback(host):
        click.echo(
            f"kg: warning: bound to {host}, others can reach it; without encryption, the token can be read",
            err=True,
        )
    limits = Limits(seconds=timeout, bytes=max_bytes, workers=workers)
    app = application(out, limits=limits, host=host, token=token, origins=cors, federation=federation)
    click.echo(f"http://{host}:{port}/" + (f"?token={token}" if token else ""))
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("words")
@click.option("--kind", type=click.Choice(["article", "entity", "quotation"]), help="Only of this kind.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@clean
def search(out: Path, words: str, kind: str | None, limit: int) -> None:
    """Search articles, names and quotations for words (or beginnings of words)."""
    from kg.search import search as find
    from kg.search.index import MARK

    for hit in find(out, words, kind=kind, limit=limit):
        text = one_line(hit.snippet.replace(MARK[0], "»").replace(MARK[1], "«"))
        where = f"{hit.title}:{hit.begin}" if hit.kind == "article" else hit.title or hit.iri
        click.echo(one_line(f"{hit.kind:9} {where}: {text}"))
