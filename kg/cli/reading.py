"""``kg read``, ``kg coverage``: how texts are read, and what of them the lexicon does not know yet."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from kg.cli.faults import clean, one_line

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("text", required=False)
@click.option("--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Read this file.")
@click.option("--published", type=click.DateTime(formats=["%Y-%m-%d"]), help="The text's day (YYYY-MM-DD).")
@click.option("--data", multiple=True, type=_FOLDER, help="Your own names, offices, verbs; repeatable.")
@click.option(
    "--language", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Of what is printed."
)
@click.option("--json", "json_", is_flag=True, help="Print the steps as one JSON object.")
@clean
def read(
    text: str | None, file: Path | None, published: datetime | None, data: tuple[Path, ...], language: str, json_: bool,
) -> None:  # fmt: skip
    """Tell how a sentence is read: parse, mentions, clauses, lines of the lexicon that won or lost, roles, events.

    TEXT is the sentence; without it and without --file, standard input is read.
    """
    from kg import lang
    from kg.documents import read_document
    from kg.errors import UsageError
    from kg.model import Document
    from kg.pipeline import Understanding
    from kg.reading import account, lines

    if text is not None and file is not None:
        raise UsageError("kg read takes a text or --file, not both")
    day = published.date() if published else None
    if file is not None:
        given = read_document(file)
        document = Document(given.id, given.text, published=day or given.published)
    else:
        document = Document("text", sys.stdin.read() if text is None else text, published=day)
    if not document.text.strip():
        raise UsageError("kg read: there is no text")
    told = account(Understanding(lang.load("de", data), proposals=True), document)
    if json_:
        click.echo(json.dumps(asdict(told), ensure_ascii=False, indent=1))
        return
    for line in lines(told, language):
        click.echo(line)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--data", multiple=True, type=_FOLDER, help="Own lines beside those of the build; repeatable.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=30, show_default=True, help="So many predicates."
)
@clean
def coverage(out: Path, data: tuple[Path, ...], limit: int) -> None:
    """Tell which verbs and event nouns of your articles the lexicon has not decided, with lines for --data.

    Lines go into lexicon/verbs.txt or lexicon/nouns.txt of your folder once CLASS is filled in; a predicate that
    tells no event goes by its lemma into lexicon/no-event.txt.
    """
    from kg.coverage import coverage as counted

    found = counted(out, data)
    click.echo(f"verbs decided: {found.verbs}\nevent nouns decided: {found.nouns}")
    for predicate in found.undecided[:limit]:
        click.echo(f"\n{predicate.count}× {one_line(predicate.lemma)}: „{one_line(predicate.example)}“")
        click.echo(f"   {one_line(predicate.line)}")
