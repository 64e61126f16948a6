"""Real triplestores that a test run starts and stops itself, each in a folder and on a port of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FUSEKI = "org.apache.jena:jena-fuseki-server:5.2.0"
JENA_COMMANDS = "org.apache.jena:jena-cmds:5.2.0"
RDF4J = "org.eclipse.rdf4j:rdf4j-http-server:4.1.3:war"
BLAZEGRAPH = "com.blazegraph:bigdata-war:2.1.4:war"
JETTY = "org.eclipse.jetty:jetty-runner:9.4.57.v20241219"
JARS = Path(os.environ.get("KG_TEST_JARS", Path.home() / ".cache" / "kg-tests"))
_PATIENCE = 90


class MissingServerError(Exception):
    """The server is not on this machine, and cannot be fetched."""


@dataclass
class Server:
    """A running triplestore."""

    name: str
    command: Sequence[str]
    folder: Path
    url: str
    """As a user names it to ``kg load``."""
    query: str
    """For queries; the default graph is the union of all."""
    ready: str
    """An address that answers when the server can be used."""
    login: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = lambda: None
    sql: str = ""
    """Virtuoso's own address, for isql."""
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start it, and wait until it answers."""
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen(
            self.command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        end = time.monotonic() + _PATIENCE
        while not answers(self.ready):
            if self._process.poll() is not None or time.monotonic() > end:
                said = (self.folder / "server.log").read_text("utf-8", "replace")
                self.kill()
                raise RuntimeError(f"{self.name} does not start: {said[-2000:]}")
            time.sleep(0.1)
        self.prepare()
        return self

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def oxigraph(folder: Path) -> Server:
    """Oxigraph's server, from the Python package index."""
    program = shutil.which("oxigraph")
    if program is None:
        raise MissingServerError("oxigraph is not installed (pip install oxigraph)")
    url = f"http://127.0.0.1:{free_port()}"
    command = [
        program,
        "serve",
        "--location",
        "data",
        "--bind",
        url.removeprefix("http://"),
        "--union-default-graph",
    ]
    return Server("oxigraph", command, folder, url, f"{url}/query", url)


def fuseki(folder: Path) -> Server:
    """Apache Jena Fuseki with a TDB2 database."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/kg"
    (folder / "tdb2").mkdir(exist_ok=True)
    (folder / "config.ttl").write_text(
        """PREFIX fuseki: <http://jena.apache.org/fuseki#>
        PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
        [] a fuseki:Service ; fuseki:name "kg" ; fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "tdb2" ; tdb2:unionDefaultGraph true ] ;
           fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ], [ fuseki:operation fuseki:update ; fuseki:name "update" ],
                           [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] .""",
        "utf-8",
    )
    command = [
        java(),
        "-Xmx1g",
        "-jar",
        str(artifact(FUSEKI)),
        "--localhost",
        "--port",
        str(port),
        "--config",
        "config.ttl",
    ]
    return Server("fuseki", command, folder, url, f"{url}/query", f"{url}/query?query=ASK%7B%7D")


def virtuoso(folder: Path) -> Server:
    """OpenLink Virtuoso 7 with Debian's limits (10,000 rows an answer)."""
    program = shutil.which("virtuoso-t")
    if program is None:
        raise MissingServerError("virtuoso-t is not installed (Debian: virtuoso-opensource)")
    url, sql = f"http://127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    (folder / "virtuoso.ini").write_text(
        f"""[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = {sql.rpartition(":")[2]}
DisableUnixSocket = 1
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = ., {folder}
NumberOfBuffers = 85000
MaxDirtyBuffers = 65000
[HTTPServer]
ServerPort = {url.rpartition(":")[2]}
ServerThreads = 10
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = 10000
""",
        "utf-8",
    )
    (folder / "virtuoso.lck").unlink(missing_ok=True)  # left by a server that was killed
    login = {"KG_USER": "dba", "KG_PASSWORD": "dba"}
    command = [program, "-f", "+configfile", "virtuoso.ini"]
    return Server(
        "virtuoso", command, folder, url, f"{url}/sparql", f"{url}/sparql?query=ASK%7B%7D", login, sql=sql
    )


def rdf4j(folder: Path) -> Server:
    """RDF4J's server, whose API GraphDB shares."""
    port = str(free_port())
    root = f"http://127.0.0.1:{port}/rdf4j-server"
    url = f"{root}/repositories/kg"
    command = [
        java(), "-Xmx1g", f"-Dorg.eclipse.rdf4j.appdata.basedir={folder}", "-jar", str(artifact(JETTY)),
        "--port", port, "--path", "/rdf4j-server", str(artifact(RDF4J)),
    ]  # fmt: skip
    config = b"""@prefix rep: <http://www.openrdf.org/config/repository#> . @prefix sr: <http://www.openrdf.org/config/repository/sail#> .
        @prefix sail: <http://www.openrdf.org/config/sail#> .
        [] a rep:Repository ; rep:repositoryID "kg" ; rep:repositoryImpl [
          rep:repositoryType "openrdf:SailRepository" ; sr:sailImpl [ sail:sailType "openrdf:NativeStore" ] ] ."""

    def create() -> None:
        if not answers(f"{url}/size"):
            request = urllib.request.Request(url, config, {"Content-Type": "text/turtle"}, method="PUT")
            urllib.request.urlopen(request).close()

    return Server("rdf4j", command, folder, url, url, f"{root}/protocol", prepare=create)


def blazegraph(folder: Path) -> Server:
    """Blazegraph with a namespace of quads."""
    port = str(free_port())
    root = f"http://127.0.0.1:{port}/blazegraph"
    (folder / "webapp").mkdir(exist_ok=True)
    shutil.unpack_archive(artifact(BLAZEGRAPH), folder / "webapp", "zip")
    (folder / "RWStore.properties").write_text(
        """com.bigdata.journal.AbstractJournal.file=bigdata.jnl
com.bigdata.journal.AbstractJournal.bufferMode=DiskRW
com.bigdata.rdf.store.AbstractTripleStore.quads=true
com.bigdata.rdf.store.AbstractTripleStore.statementIdentifiers=false
com.bigdata.rdf.store.AbstractTripleStore.axiomsClass=com.bigdata.rdf.axioms.NoAxioms
com.bigdata.rdf.sail.truthMaintenance=false
""",
        "utf-8",
    )
    command = [
        java(), "-Xmx1g", "-Dcom.bigdata.rdf.sail.webapp.ConfigParams.propertyFile=RWStore.properties",
        "-jar", str(artifact(JETTY)), "--port", port, "--path", "/blazegraph", "webapp",
    ]  # fmt: skip
    url = f"{root}/namespace/kb/sparql"
    return Server("blazegraph", command, folder, url, url, f"{url}?query=ASK%7B%7D")


SERVERS: Mapping[str, Callable[[Path], Server]] = {
    "oxigraph": oxigraph, "fuseki": fuseki, "virtuoso": virtuoso, "rdf4j": rdf4j, "blazegraph": blazegraph,
}  # fmt: skip


def answers(url: str) -> bool:
    """Whether something answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def java() -> str:
    """The program java."""
    program = shutil.which("java")
    if program is None:
        raise MissingServerError("java is not installed")
    return program


def artifact(name: str) -> Path:
    """A file from Maven Central, fetched once."""
    _, kind, version, *packaging = name.split(":")
    path = JARS / f"{kind}-{version}.{packaging[0] if packaging else 'jar'}"
    if path.is_file():
        return path
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingServerError(f"{path.name} is not in {JARS}, and maven is not installed to fetch it")
    command = [maven, "-q", "dependency:copy", f"-Dartifact={name}", f"-DoutputDirectory={JARS}"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if ran.returncode or not path.is_file():
        raise MissingServerError(f"Maven Central gave no {path.name}: {ran.stdout[-300:]}")
    return path
