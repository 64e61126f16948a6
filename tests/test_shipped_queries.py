"""Every shipped query on a small graph written by hand, with the rows that it must give; parameters and what they refuse."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from kg.errors import QueryError
from kg.identity import find_links, merged_lines, write_links
from kg.model import (
    Document,
    Entity,
    EntityClass,
    Event,
    Extraction,
    Factuality,
    Mention,
    MentionKind,
    Span,
    Time,
)
from kg.query import bind, run_query, shipped_queries
from kg.query.library import TYPES, Parameter, ShippedQuery
from kg.query.parameters import options
from kg.rdf import Iris, document_quads
from kg.rdf.provenance import Provenance
from kg.rdf.shards import write_shard
from kg.store import fill_store, open_store, select

E = {
    "de": Entity("de", EntityClass.STATE, "Deutschland", ("Berlin",), "Q183", known=True),
    "fr": Entity("fr", EntityClass.STATE, "Frankreich", (), "Q142", known=True),
    "ir": Entity("ir", EntityClass.STATE, "Iran", ("Teheran",), "Q794", known=True),
    "merkel": Entity("merkel", EntityClass.PERSON, "Angela Merkel", ("Merkel",), "Q567", "de", known=True),
    "macron": Entity(
        "macron", EntityClass.PERSON, "Emmanuel Macron", ("Macron",), "Q3052772", "fr", known=True
    ),
    "maas": Entity("maas", EntityClass.PERSON, "Heiko Maas", ("Maas",), "Q64838", "de", known=True),
    "paris": Entity("paris", EntityClass.PLACE, "Paris", (), "Q90", "fr", known=True),
    "dpa": Entity("dpa", EntityClass.NEWS_AGENCY, "dpa", (), "Q312653", known=True),
}
PLAN = "Merkel will Macron am 3. Mai in Paris treffen."
NEWS = [
    # id, issued, (sentence, event without evidence) …
    ("a1", date(2018, 5, 1), [
        (PLAN, Event("Meeting", ("merkel", "macron"), place="paris", factuality=Factuality.PLANNED, time=Time("am 3. Mai", date(2018, 5, 3)), attributed_to=("dpa",))),
        ("Maas ist Außenminister.", Event("OfficeHolding", agents=("maas",), office="Außenminister", body="de")),
        ("Deutschland und Frankreich sind verbündet.", Event("Alliance", ("de", "fr"))),
    ]),
    ("a2", date(2018, 5, 4), [
        ("Merkel traf Macron am 3. Mai in Paris.", Event("Meeting", ("merkel", "macron"), place="paris", topics=("Atomabkommen",), time=Time("am 3. Mai", date(2018, 5, 3)))),
        ("Merkel sagte: „Es war gut.“", Event("Statement", agents=("merkel",), quotation="Es war gut.", topics=("Atomabkommen", "Eurozone"))),
        ("Macron forderte vom Iran Ruhe.", Event("Request", agents=("macron",), recipients=("ir",), topics=("Ruhe",))),
        ("Frankreich drohte dem Iran.", Event("Threat", agents=("fr",), recipients=("ir",), time=Time("im Mai", None, date(2018, 5, 1), date(2018, 5, 31)))),
        ("Maas reiste am 2. Mai nach Paris.", Event("Visit", agents=("maas",), destination="paris", time=Time("am 2. Mai", date(2018, 5, 2)))),
        ("Maas telefonierte mit Macron.", Event("PhoneCall", ("maas", "macron"))),
    ]),
    ("a3", date(2018, 5, 5), [
        ("Am 3. Mai kamen Macron und Merkel in Paris zusammen.", Event("Meeting", ("macron", "merkel"), place="paris", time=Time("am 3. Mai", date(2018, 5, 3)))),
        ("Deutschland verhängte Sanktionen gegen den Iran.", Event("Sanction", agents=("de",), recipients=("ir",))),
        ("Der Iran warf Deutschland Feigheit vor.", Event("Accusation", agents=("ir",), recipients=("de",))),
        ("Deutschland half Frankreich.", Event("Aid", agents=("de",), recipients=("fr",))),
        ("Der Iran griff Frankreich an.", Event("Assault", agents=("ir",), recipients=("fr",))),
        ("Macron wird am 9. Juni Maas treffen.", Event("Meeting", ("macron", "maas"), factuality=Factuality.PLANNED, time=Time("am 9. Juni", date(2018, 6, 9)))),
    ]),
    ("a4", date(2018, 5, 6), [
        ("Merkel traf Macron am 3. Mai nicht.", Event("Meeting", ("merkel", "macron"), factuality=Factuality.NEGATED, time=Time("am 3. Mai", date(2018, 5, 3)), attributed_to=("dpa",))),
    ]),
    ("a5", date(2018, 5, 6), [
        ("Der Iran warf Deutschland am Tag nach der Entscheidung in langen und deutlichen Worten Feigheit und Verrat an allen seinen Freunden vor.", Event("Accusation", agents=("ir",), recipients=("de",))),
    ]),
    ("a6", date(2018, 5, 7), [
        ("Der Iran warf Deutschland am Tag nach der Entscheidung in langen und deutlichen Worten Feigheit und Verrat an allen seinen Freunden vor.", Event("Accusation", agents=("ir",), recipients=("de",))),
    ]),
]  # fmt: skip


def article(identifier: str, issued: date, told: list[tuple[str, Event]]) -> Extraction:
    from dataclasses import replace

    text, events, sentences, mentions = "", [], [], []
    for sentence, event in told:
        span = Span(len(text), len(text) + len(sentence))
        for key, entity in E.items():
            name = next((n for n in (entity.label, *entity.aliases) if n in sentence), None)
            if name:
                begin = span.begin + sentence.index(name)
                mentions.append(Mention(Span(begin, begin + len(name)), name, MentionKind.NAME, 0, (key,)))
        text += f"{sentence} "
        sentences.append(span)
        events.append(replace(event, evidence=(span,), frame="test.toml:1"))
    return Extraction(
        Document(identifier, text, f"Titel {identifier}", issued),
        E,
        tuple(mentions),
        tuple(events),
        sentences=tuple(sentences),
        listed=frozenset(k for m in mentions for k in m.actors),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    out = tmp_path_factory.mktemp("queries")
    (out / "shards").mkdir()
    quads = [q for news in NEWS for q in document_quads(article(*news), Iris(), Provenance("0", "p", "r"))]
    shard = out / "shards" / "a.nq.gz"
    write_shard(shard, quads)
    links = find_links([shard], Iris(), (), "0")
    write_links(out, links)
    fill_store(out, merged_lines([shard], links))
    return open_store(out)


def ask(store: Store, name: str, **given: str) -> list[dict[str, str]]:
    text = bind(shipped_queries()[name], given, lambda t: select(store, t))
    return list(csv.DictReader(io.StringIO(run_query(store, text, "csv"))))


def sorted_names(value: str) -> str:
    return ", ".join(sorted(value.split(", ")))


BOTH = "Angela Merkel, Emmanuel Macron"
# query, parameters, columns, rows (names within a cell in alphabetical order; rows in any order)
EXPECTED: list[tuple[str, dict[str, str], str, set[tuple[str, ...]]]] = [
    ('meetings', {'actor': 'Merkel', 'since': '2018-05-01', 'until': '2018-05-31'}, 'who begin place factuality', {('Angela Merkel, Emmanuel Macron', '2018-05-03', '', 'Negated'), ('Angela Merkel, Emmanuel Macron', '2018-05-03', 'Paris', 'Actual'), ('Angela Merkel, Emmanuel Macron', '2018-05-03', 'Paris', 'Planned')}),
    ('who-met-whom', {'actor': 'Merkel'}, 'one other times', {('Emmanuel Macron', 'Angela Merkel', '1')}),
    ('visits', {'actor': 'Maas', 'destination': 'Paris', 'since': '2018-05-01', 'until': '2018-05-31'}, 'visitor to_place begin', {('Heiko Maas', 'Paris', '2018-05-02')}),
    ('talks', {'actor': 'Maas', 'since': '2018-01-01', 'until': '2019-01-01'}, 'class who', {('PhoneCall', 'Emmanuel Macron, Heiko Maas')}),
    ('planned', {'actor': 'Macron', 'class': 'Meeting'}, 'class who begin place', {('Meeting', 'Angela Merkel, Emmanuel Macron', '2018-05-03', 'Paris'), ('Meeting', 'Emmanuel Macron, Heiko Maas', '2018-06-09', '')}),
    ('unfulfilled', {'actor': 'Macron', 'class': 'Meeting'}, 'class who begin', {('Meeting', 'Emmanuel Macron, Heiko Maas', '2018-06-09')}),
    ('outcomes', {'actor': 'Macron'}, 'class announcedIn reportedIn', {('Meeting', 'a1', 'a2'), ('Meeting', 'a1', 'a3')}),
    ('contradictions', {'actor': 'Merkel'}, 'class deniedIn reportedIn', {('Meeting', 'a4', 'a2'), ('Meeting', 'a4', 'a3')}),
    ('statements', {'speaker': 'Merkel', 'containing': 'GUT'}, 'who words article', {('Angela Merkel', 'Es war gut.', 'a2')}),
    ('quotations', {'speaker': 'Merkel', 'containing': 'gut'}, 'who words article', {('Angela Merkel', 'Es war gut.', 'a2')}),
    ('demands', {'sender': 'Macron', 'target': 'Iran'}, 'class from_whom to_whom about', {('Request', 'Emmanuel Macron', 'Iran', 'Ruhe')}),
    ('demands', {'since': '2018-01-01', 'until': '2018-12-31'}, 'class', {('Request',)}),
    ('sanctions', {'sender': 'Deutschland', 'target': 'Teheran'}, 'class from_whom to_whom', {('Sanction', 'Deutschland', 'Iran')}),
    ('threats', {'sender': 'Frankreich', 'target': 'Iran', 'since': '2018-05-01', 'until': '2018-06-30'}, 'class from_whom to_whom begin end', {('Threat', 'Frankreich', 'Iran', '2018-05-01', '2018-05-31')}),
    ('accusations', {'sender': 'Iran', 'target': 'Berlin'}, 'class from_whom to_whom', {('Accusation', 'Iran', 'Deutschland')}),
    ('help', {'sender': 'Deutschland', 'target': 'Frankreich'}, 'class from_whom to_whom', {('Aid', 'Deutschland', 'Frankreich')}),
    ('force', {'sender': 'Iran', 'target': 'Frankreich'}, 'class from_whom to_whom', {('Assault', 'Iran', 'Frankreich')}),
    ('pair', {'one': 'Frankreich', 'other': 'Iran'}, 'month class events', {('2018-05', 'Assault', '1'), ('2018-05', 'Request', '1'), ('2018-05', 'Threat', '1')}),
    ('single-source', {'actor': 'Maas', 'class': 'PhoneCall'}, 'class who article', {('PhoneCall', 'Emmanuel Macron, Heiko Maas', 'a2')}),
    ('corroborated', {'actor': 'Merkel'}, 'class who reports articles', {('Meeting', 'Angela Merkel, Emmanuel Macron', '2', 'a2, a3')}),
    ('offices', {'person': 'Maas', 'body': 'Deutschland'}, 'name office of first last', {('Heiko Maas', 'Außenminister', 'Deutschland', '2018-05-01', '2018-05-01')}),
    ('topics', {'actor': 'Merkel'}, 'about events', {('Atomabkommen', '2'), ('Eurozone', '1')}),
    ('topics-together', {'topic': 'atomabkommen'}, 'one other articles', {('Atomabkommen', 'Eurozone', '1'), ('Atomabkommen', 'Ruhe', '1')}),
    ('central', {}, 'name events partners', {('Angela Merkel', '4', '1'), ('Deutschland', '3', '2'), ('Emmanuel Macron', '6', '3'), ('Frankreich', '3', '2'), ('Heiko Maas', '3', '1'), ('Iran', '5', '3')}),
    ('plover', {'actor': 'Iran'}, 'plover factuality events', {('ACCUSE', 'Actual', '1'), ('ASSAULT', 'Actual', '1'), ('REQUEST', 'Actual', '1'), ('SANCTION', 'Actual', '1'), ('THREATEN', 'Actual', '1')}),
    ('evidence', {'actor': 'Merkel', 'article': 'a1'}, 'class who factuality source sentence article', {('Meeting', 'Angela Merkel, Emmanuel Macron', 'Planned', 'dpa', 'Merkel will Macron am 3. Mai in Paris treffen.', 'a1')}),
    ('provenance', {'subject': 'Maas', 'predicate': 'dip:country', 'object': 'https://w3id.org/dipkg/id/entity/Q183'}, 'object sentence article', {('https://w3id.org/dipkg/id/entity/Q183', 'Maas ist Außenminister.', 'a1'), ('https://w3id.org/dipkg/id/entity/Q183', 'Maas reiste am 2. Mai nach Paris.', 'a2'), ('https://w3id.org/dipkg/id/entity/Q183', 'Maas telefonierte mit Macron.', 'a2'), ('https://w3id.org/dipkg/id/entity/Q183', 'Macron wird am 9. Juni Maas treffen.', 'a3')}),
    ('documents', {'entity': 'Iran', 'since': '2018-05-05', 'until': '2018-05-06'}, 'issued article title mentions', {('2018-05-05', 'a3', 'Titel a3', '3'), ('2018-05-06', 'a5', 'Titel a5', '1')}),
    ('timeline', {'actor': 'Macron', 'since': '2018-05-01', 'until': '2018-07-01'}, 'begin dated class who factuality', {('2018-05-03', 'date', 'Meeting', 'Angela Merkel, Emmanuel Macron', 'Actual'), ('2018-05-03', 'date', 'Meeting', 'Angela Merkel, Emmanuel Macron', 'Negated'), ('2018-05-03', 'date', 'Meeting', 'Angela Merkel, Emmanuel Macron', 'Planned'), ('2018-05-04', 'reported', 'PhoneCall', 'Emmanuel Macron, Heiko Maas', 'Actual'), ('2018-05-04', 'reported', 'Request', 'Emmanuel Macron, Iran', 'Actual'), ('2018-06-09', 'date', 'Meeting', 'Emmanuel Macron, Heiko Maas', 'Planned')}),
    ('sources', {}, 'source events articles', {('dpa', '2', '2')}),
    ('denials', {'actor': 'Merkel'}, 'class who source sentence', {('Meeting', 'Angela Merkel, Emmanuel Macron', 'dpa', 'Merkel traf Macron am 3. Mai nicht.')}),
    ('places', {'place': 'Paris'}, 'where class who begin factuality', {('Paris', 'Meeting', 'Angela Merkel, Emmanuel Macron', '2018-05-03', 'Actual'), ('Paris', 'Meeting', 'Angela Merkel, Emmanuel Macron', '2018-05-03', 'Planned'), ('Paris', 'Visit', 'Heiko Maas', '2018-05-02', 'Actual')}),
    ('tensions', {'actor': 'Frankreich'}, 'class who sentence', {('Alliance', 'Deutschland, Frankreich', 'Deutschland und Frankreich sind verbündet.')}),
    ('copies', {}, 'copy original issued', {('a6', 'a5', '2018-05-07')}),
    ('demands', {'since': '2018-01-01', 'until': '2018-12-31'}, 'class', {('Request',)}),
    ('sanctions', {'since': '2018-01-01', 'until': '2018-12-31'}, 'class', {('Sanction',)}),
    ('accusations', {'since': '2018-01-01', 'until': '2018-12-31'}, 'class', {('Accusation',)}),
    ('help', {'since': '2018-01-01', 'until': '2018-12-31'}, 'class', {('Aid',)}),
    ('force', {'since': '2018-01-01', 'until': '2018-12-31'}, 'class', {('Assault',)}),
    ('evidence', {'event': 'https://w3id.org/dipkg/id/event/78b034a5c5ac4059'}, 'class factuality article', {('Meeting', 'Planned', 'a1')}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "columns", "rows"),
    EXPECTED,
    ids=[f"{n} {' '.join(g.values())}".strip() for n, g, _, _ in EXPECTED],
)
def test_it_gives_the_rows(
    name: str, given: dict[str, str], columns: str, rows: set[tuple[str, ...]], store: Store
) -> None:
    found = {
        tuple(sorted_names(r[c]).rpartition("#")[2] for c in columns.split())
        for r in ask(store, name, **given)
    }
    assert found == rows


def test_every_query_has_its_test_and_its_parameters_theirs() -> None:
    queries = shipped_queries()
    assert {n for n, _, _, _ in EXPECTED} == set(queries)
    assert len(queries) >= 25
    used = {(n, p) for n, given, _, _ in EXPECTED for p in given}
    assert {p.type for q in queries.values() for p in q.parameters} <= set(TYPES)
    assert {(n, p.name) for n, q in queries.items() for p in q.parameters} - used == set()


INJECTIONS = [
    "x> } ; DROP ALL #", '" } UNION { ?s ?p ?o } #', "'''", "\\", "\n} #? actor", "UNDEF }", "<a> <b> <c>", "Kim\u202e\u0000",
]  # fmt: skip
KINDS = {
    t: ShippedQuery(
        "q",
        "",
        "",
        "",
        "SELECT ?x WHERE {\nVALUES ?v { UNDEF } #? v\nBIND (?v AS ?x) }",
        (Parameter("v", t, ""),),
    )
    for t in TYPES
}


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("value", INJECTIONS)
def test_no_value_becomes_part_of_the_query(kind: str, value: str, store: Store) -> None:
    """It is refused, or it comes back as the very value."""
    try:
        text = bind(KINDS[kind], {"v": value}, lambda t: select(store, t))
    except QueryError:
        return
    (row,) = select(store, text)
    assert row["x"].value == value


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_bound_as_it_is(value: str) -> None:
    text = KINDS["text"].bound({"v": Literal(value)})
    (row,) = select(Store(), text)
    assert row["x"] == Literal(value)


REFUSED = [
    ("meetings", {"since": "gestern"}, "no day; write it as 2018-05-08"),
    ("meetings", {"actr": "Merkel"}, "has no parameter --actr; it has: --actor, --since, --until"),
    ("meetings", {"actor": "Unbekannt"}, "the graph names nobody and no place so"),
    ("planned", {"class": "Party"}, "no class; there are Meeting, Visit"),
    ("provenance", {"predicate": "nothing"}, "not an absolute IRI"),
]


@pytest.mark.parametrize(("name", "given", "says"), REFUSED)
def test_a_wrong_value_is_one_clear_line(name: str, given: dict[str, str], says: str, store: Store) -> None:
    with pytest.raises(QueryError, match=says.replace(".", r"\.").replace("(", r"\(")):
        ask(store, name, **given)


def test_names_are_found_by_label_other_name_or_word(store: Store) -> None:
    for typed in (
        "Angela Merkel",
        "angela merkel",
        "Merkel",
        "Angela",
        "https://w3id.org/dipkg/id/entity/Q567",
        "Q567",
    ):
        assert ask(store, "meetings", actor=typed)
    with pytest.raises(QueryError, match=r"may be: .*Deutschland|nobody"):
        ask(store, "meetings", actor="nd")


@pytest.mark.parametrize("arguments", [["Kim"], ["--actor"], ["--", "x"]])
def test_arguments_that_are_no_parameters(arguments: list[str]) -> None:
    with pytest.raises(QueryError):
        options(arguments)


def test_the_text_as_shipped_is_sparql(store: Store) -> None:
    for query in shipped_queries().values():
        assert run_query(store, query.text, "csv").splitlines()[0]
