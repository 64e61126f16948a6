"""Words and sentences: what the rules beside the trained pipeline must get right."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import lang
from kg.errors import DataError, PipelineError
from kg.language.contract import language_of
from kg.language.edits import Edit, apply
from kg.language.pipeline import Pipeline
from kg.language.quotations import quotations
from kg.language.regroup import NameGroup, regroup
from kg.language.schemes import scheme_of
from kg.language.tree import Node, is_forest
from kg.model import Parse, Sentence, Token


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(lang.load("de"))


def sentences(pipeline: Pipeline, text: str) -> list[str]:
    (parse,) = pipeline.parse([text])
    return [text[s.begin : s.end] for s in parse.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Am 27. April traf er Moon.",
        "Das ist Abkommen Nr. 5 der Reihe.",
        "Er reiste nach St. Petersburg und Washington D.C. ab.",
        "Es gibt Streit, z. B. um Öl.",
        "George W. Bush sprach mit J. R. Bolton.",
        "Dr. Angela Merkel und Prof. Hans Maier schwiegen.",
        "Rund 3.500 Soldaten zogen ab.",
        "Das sagte Außenminister a. D. Kinkel.",
        "Sie sagte: „Wir kommen.“",
        "„Das geht nicht!“, rief er.",
        "Das war im 3. Quartal so.",
    ],
)
def test_one_sentence_stays_one(text: str, pipeline: Pipeline) -> None:
    assert sentences(pipeline, text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kam am 27. Er ging am 28.", ["Er kam am 27.", "Er ging am 28."]),
        ("Das war 2018. Danach kam Streit.", ["Das war 2018.", "Danach kam Streit."]),
        ("„Nein.“ Er schwieg.", ["„Nein.“", "Er schwieg."]),
        ("Überschrift ohne Punkt\n\nDer Text beginnt.", ["Überschrift ohne Punkt", "Der Text beginnt."]),
        ("Er ging.Sie blieb.", ["Er ging.", "Sie blieb."]),
        ("• Erster Punkt\n• Zweiter Punkt", ["• Erster Punkt", "• Zweiter Punkt"]),
        ('Er sagte: "Gut." Dann ging er.', ['Er sagte: "Gut."', "Dann ging er."]),
        (
            "USA fordern Freilassung Die von ihm gesperrte Seite schwieg.",
            ["USA fordern Freilassung", "Die von ihm gesperrte Seite schwieg."],
        ),
        (
            "Trump sagt die Reise ab +++ Kopenhagen schweigt",
            ["Trump sagt die Reise ab", "+++ Kopenhagen schweigt"],
        ),
        (
            "Der Streit wächst. Genf/Wien – Der Gesandte schwieg.",
            ["Der Streit wächst.", "Genf/Wien –", "Der Gesandte schwieg."],
        ),
        ("Rama – Premier seit 2013 – schwieg.", ["Rama – Premier seit 2013 – schwieg."]),
        ("Das Paar – Er und sie – schwieg.", ["Das Paar – Er und sie – schwieg."]),
        ("Er sprach für die Partei Die Linke im Saal.", ["Er sprach für die Partei Die Linke im Saal."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str], pipeline: Pipeline) -> None:
    assert sentences(pipeline, text) == expected


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Kiew warf Moskau Verrat vor.", "vorwerfen"),
        ("Sie haben das Abkommen aufgekündigt.", "aufkündigen"),
        ("Er lehnte es ab.", "ablehnen"),
        ("Die Regierung wies Diplomaten aus.", "ausweisen"),
        ("Er versuchte, Truppen abzuziehen.", "abziehen"),
        ("Sie einigten sich.", "einigen"),
    ],
)
def test_lemmas_of_separable_verbs_are_whole(text: str, lemma: str, pipeline: Pipeline) -> None:
    (parse,) = pipeline.parse([text])
    assert lemma in {t.lemma for t in parse.tokens}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_parsed_and_offsets_hold(text: str) -> None:
    parse = next(_shared().parse([text]))
    for token in parse.tokens:
        assert text[token.begin : token.end] == token.text
    covered = [i for s in parse.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(parse.tokens)))


_PIPELINES: list[Pipeline] = []


def _shared() -> Pipeline:
    if not _PIPELINES:
        _PIPELINES.append(Pipeline(lang.load("de")))
    return _PIPELINES[0]


@pytest.mark.parametrize(
    "text",
    [
        "Er sagte: „Wir kommen bald.“",
        'Er sagte: "Wir kommen bald."',
        "Er sagte: »Wir kommen bald.«",
        "Er sagte: «Wir kommen bald.»",
        "Er sagte: ‚Wir kommen bald.‘",
        "Er sagte: “Wir kommen bald.”",
    ],
)
def test_quotations_in_all_marks(text: str) -> None:
    assert [text[s.begin : s.end] for s in quotations(text)] == ["Wir kommen bald."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Er sagte: „Das Wort „Krieg“ ist falsch.“", ["Das Wort „Krieg“ ist falsch."]),
        ("Er sagte: „Das ist lange her. Dann ging er.", ["Das ist lange her."]),
        ('"Wir kommen bald", sagte er. Dann sprach sie: "Wir bleiben hier."', ["Wir kommen bald", "Wir bleiben hier."]),
        ("Er sagte: „Wir kommen alle.\n\nDann ging er nach Hause.", ["Wir kommen alle."]),
        ("Das „Weiße Haus“ schweigt.", []),
    ],
)  # fmt: skip
def test_nested_unclosed_and_straight_quotation_marks(text: str, said: list[str]) -> None:
    assert [text[s.begin : s.end] for s in quotations(text)] == said


@given(st.text(alphabet='ab „“”"»«‚‘.,\n', max_size=80))
def test_quotations_are_in_order_and_inside_the_text(text: str) -> None:
    found = quotations(text)
    assert all(0 < q.begin < q.end <= len(text) for q in found)
    assert all(a.end <= b.begin for a, b in pairwise(found))


@given(st.lists(st.text(alphabet="abcdeäöü", min_size=1, max_size=6), min_size=3, max_size=12))
def test_what_stands_in_marks_is_found_whole(words: list[str]) -> None:
    speech = " ".join(words)
    text = f"Er sagte: „{speech}“, und ging."
    assert [text[q.begin : q.end] for q in quotations(text)] == [speech]


def test_an_unknown_label_scheme_is_named() -> None:
    assert scheme_of(["nsubj", "obl", "case"]) == "ud"
    with pytest.raises(PipelineError, match="unknown label scheme"):
        scheme_of(["SUBJ", "OBJ"])


_WORDS = ("die", "von", "der", "neuen", "EU", "verhängten", "Sanktionen", "und", "dass", "traf", "wurde", "ist", "zu", "am", "Freitag",
          "Mai", "2018", "das", "Merkel", "bekam", "geliefert", "ohne", "als", "sich", ",", ".", "südkoreanischen", "Medien", "vor")  # fmt: skip
_POS = (
    "DET",
    "ADP",
    "ADJ",
    "NOUN",
    "PROPN",
    "VERB",
    "AUX",
    "PRON",
    "NUM",
    "PUNCT",
    "SCONJ",
    "CCONJ",
    "ADV",
    "PART",
)
_LABELS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "amod", "det", "case", "aux", "aux:pass", "cop", "conj", "cc", "acl", "advcl",
           "ccomp", "xcomp", "mark", "appos", "flat", "compound:prt", "parataxis", "punct", "advmod")  # fmt: skip
_FEATS = st.fixed_dictionaries({}, optional={"VerbForm": st.sampled_from(["Fin", "Part", "Inf"]), "Number": st.sampled_from(["Sing", "Plur"]),
                                             "Case": st.sampled_from(["Nom", "Acc", "Dat"])})  # fmt: skip


@cache
def german_edits() -> tuple[Edit, ...]:
    return language_of(lang.load("de")).edits


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    """Any tree over any words: what a bad parser could say."""
    size = draw(st.integers(1, 14))
    order = draw(st.permutations(range(size)))
    nodes: list[Node | None] = [None] * size
    for k, n in enumerate(order):
        word = draw(st.sampled_from(_WORDS))
        head = order[draw(st.integers(0, k - 1))] if k else n
        label = draw(st.sampled_from(_LABELS)) if k else "root"
        nodes[n] = Node(word, word.lower(), draw(st.sampled_from(_POS)), label, head, dict(draw(_FEATS)))
    return [n for n in nodes if n]


@given(trees())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_mending_leaves_a_tree_whatever_the_parser_says(nodes: list[Node]) -> None:
    words = [n.text for n in nodes]
    apply(german_edits(), nodes, 0, len(nodes))
    assert is_forest([n.head for n in nodes])
    assert [n.text for n in nodes] == words


@given(trees(), st.data())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_names_never_make_a_circle(nodes: list[Node], data: st.DataObject) -> None:
    text = " ".join(n.text for n in nodes)
    begins = [sum(len(n.text) + 1 for n in nodes[:i]) for i in range(len(nodes))]
    tokens = tuple(
        Token(i, begins[i], begins[i] + len(n.text), n.text, n.text, n.pos, n.feats, n.head, n.label, 0)
        for i, n in enumerate(nodes)
    )
    bounds = sorted(data.draw(st.sets(st.integers(0, len(nodes)), min_size=2)) | {0})
    groups = [
        NameGroup(a, b, data.draw(st.booleans())) for a, b in pairwise(bounds) if data.draw(st.booleans())
    ]
    mended = regroup(Parse(text, tokens, (Sentence(0, 0, len(nodes), 0, len(text), 0),)), groups)
    assert is_forest([t.head for t in mended.tokens])
    assert [t.text for t in mended.tokens] == [n.text for n in nodes]


def test_an_edit_says_what_it_changed_and_one_that_makes_a_circle_is_taken_back() -> None:
    def object_(nodes: list[Node]) -> None:
        nodes[0].label = "obj"

    def circle(nodes: list[Node]) -> None:
        nodes[1].head, nodes[1].label = 0, "dep"

    nodes = [Node("Rom", "rom", "PROPN", "nsubj", 1, {}), Node("droht", "droht", "VERB", "root", 1, {})]
    edited = apply([Edit("object", "", object_), Edit("circle", "", circle)], nodes, 0, 2)
    assert [(e.edit, e.token, e.before.label, e.after.label) for e in edited] == [
        ("object", 0, "nsubj", "obj")
    ]
    assert [(n.head, n.label) for n in nodes] == [(1, "obj"), (1, "root")]


def test_edits_have_a_name_and_an_example_and_can_be_left_out(tmp_path: Path) -> None:
    names = [e.name for e in german_edits()]
    assert len(set(names)) == len(names) and all(e.example for e in german_edits())
    (tmp_path / "grammar.toml").write_text('[edits]\noff = ["one-subject"]', "utf-8")
    left = [e.name for e in language_of(lang.load("de", (tmp_path,))).edits]
    assert left == [name for name in names if name != "one-subject"]
    (tmp_path / "grammar.toml").write_text('[edits]\noff = ["no-such"]', "utf-8")
    with pytest.raises(DataError, match="no-such"):
        language_of(lang.load("de", (tmp_path,)))


def slipped(text: str) -> list[Node]:
    """``word/POS/label/head`` per word, with ``/PER`` in a person's name; edited."""
    parts = [item.split("/") for item in text.split()]
    nodes = [
        Node(word, word.lower(), pos, label, int(head), {}, bool(person))
        for word, pos, label, head, *person in parts
    ]
    apply(german_edits(), nodes, 0, len(nodes))
    return nodes


def test_a_past_tense_between_subject_and_object_is_the_verb() -> None:
    nodes = slipped(
        "Die/DET/det/1 Agentur/NOUN/nsubj/3 Xinhua/PROPN/appos/1 zitierte/ADJ/amod/4 Xi/PROPN/nsubj/8 mit/ADP/case/6 Worten/NOUN/nmod/4"
        " Alles/PRON/nsubj/8 gelang/VERB/root/8"
    )
    assert [(n.label, n.head) for n in nodes[3:5]] == [("root", 3), ("obj", 3)]
    assert (nodes[6].label, nodes[6].head) == ("obl", 3)
    assert (nodes[8].label, nodes[8].head) == ("parataxis", 3)
    assert nodes[3].feats["VerbForm"] == "Fin"


def test_an_attribute_behind_an_article_stays_one() -> None:
    nodes = slipped("Die/DET/det/2 zitierte/ADJ/amod/2 Rede/NOUN/nsubj/3 endete/VERB/root/3")
    assert (nodes[1].pos, nodes[1].label) == ("ADJ", "amod")


@pytest.mark.parametrize(
    ("text", "word", "label", "head"),
    [
        # A flat name begins with its head.
        ("Der/DET/det/1 Gesandte/NOUN/nsubj/4 Max/PROPN/flat/3/PER Muster/NOUN/appos/1/PER kam/VERB/root/4", 2, "appos", 1),
        ("Der/DET/det/1 Gesandte/NOUN/nsubj/4 Max/PROPN/flat/3/PER Muster/NOUN/appos/1/PER kam/VERB/root/4", 3, "flat", 2),
        # Times are no particles.
        ("Merkel/PROPN/nsubj/1 traf/VERB/root/1 Macron/PROPN/obj/1 gestern/ADV/compound:prt/1", 3, "advmod", 1),
        # A predicate with a subject of its own is a clause.
        ("Grund/NOUN/nsubj/2 sei/AUX/cop/2 Streit/NOUN/nsubj/4 ,/PUNCT/punct/2 sagte/VERB/root/4 Xi/PROPN/obj/4", 2, "ccomp", 4),
    ],
)  # fmt: skip
def test_names_times_and_predicates_are_what_they_can_be(text: str, word: int, label: str, head: int) -> None:
    node = slipped(text)[word]
    assert (node.label, node.head) == (label, head)


def test_a_noun_without_an_article_has_the_number_of_its_verb() -> None:
    nodes = [
        Node("Pekings", "pekings", "PROPN", "nmod", 1, {"Case": "Gen"}),
        Node("Machthaber", "machthaber", "NOUN", "nsubj", 2, {"Number": "Sing"}),
        Node("schwiegen", "schwiegen", "VERB", "root", 2, {"VerbForm": "Fin", "Number": "Plur"}),
    ]
    apply(german_edits(), nodes, 0, len(nodes))
    assert nodes[1].feats["Number"] == "Plur"


def test_phrases_before_a_noun_are_the_verbs() -> None:
    nodes = slipped(
        "hatte/AUX/aux/6 es/PRON/nsubj/6 vor/ADP/case/4 der/DET/det/4 Wahl/NOUN/nmod/5 Spannungen/NOUN/obl/6 gegeben/VERB/root/6"
    )
    assert (nodes[4].label, nodes[4].head) == ("obl", 6)


def test_of_two_objects_of_a_finite_verb_one_is_its_subject() -> None:
    nodes = [
        Node("Abkommen", "abkommen", "NOUN", "root", 0, {}),
        Node("das", "das", "PRON", "obj", 4, {}),
        Node("die", "die", "DET", "det", 3, {}),
        Node("EU", "eu", "PROPN", "obj", 4, {}),
        Node("unterzeichnete", "unterzeichnete", "VERB", "acl", 0, {"VerbForm": "Fin"}),
    ]
    infinitive = [Node(n.text, n.lower, n.pos, n.label, n.head, n.feats) for n in nodes]
    infinitive[4].feats = {"VerbForm": "Inf"}
    for part in (nodes, infinitive):
        apply(german_edits(), part, 0, len(part))
    assert [n.label for n in nodes] == ["root", "obj", "det", "nsubj", "acl"]
    assert [n.label for n in infinitive] == ["root", "obj", "det", "obj", "acl"]


def test_what_marks_a_case_is_a_preposition() -> None:
    assert slipped("Zwischen/PROPN/case/1 Rom/PROPN/obl/2 lag/VERB/root/2")[0].pos == "ADP"


def test_beside_a_modal_stands_an_infinitive_and_beside_an_infinitive_no_passive() -> None:
    nodes = slipped("Rom/PROPN/nsubj/3 wird/AUX/aux:pass/3 ihn/PRON/obj/3 freilassen/VERB/root/3")
    nodes[3].feats, nodes[1].feats = {"VerbForm": "Inf"}, {"VerbForm": "Fin"}
    apply(german_edits(), nodes, 0, len(nodes))
    assert nodes[1].label == "aux"
    nodes = slipped("Rom/PROPN/nsubj/2 könnte/AUX/aux/2 beschließen/VERB/root/2")
    nodes[1].feats, nodes[2].feats = {"VerbForm": "Fin"}, {"VerbForm": "Fin", "Mood": "Ind"}
    apply(german_edits(), nodes, 0, len(nodes))
    assert nodes[2].feats == {"VerbForm": "Inf"}
