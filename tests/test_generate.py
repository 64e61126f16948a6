"""The generated treebank: what its sentences have, that their trees are UD, and how templates are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from udtools.validator import Validator

import kg.training.generate
from kg import lang
from kg.training import ner
from kg.training.conllu import Sentence, Word, read
from kg.training.generate import Generated, generate
from kg.training.generate.inflection import Inflection, Rule
from kg.training.generate.phrase import Phrase, word
from kg.training.generate.templates import read as read_templates
from kg.training.generate.treebank import named, sentence, write
from kg.training.treebanks import is_tree

COUNT = 3000


@cache
def generated(count: int = COUNT, seed: int = 11) -> tuple[Generated, ...]:
    return tuple(generate(lang.load("de"), count, seed))


@pytest.fixture(scope="module")
def treebank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "generated.conllu"
    write(path, generated())
    return path


@pytest.fixture(scope="module")
def trees(treebank: Path) -> list[Sentence]:
    return list(read(treebank))


def validated(path: Path) -> tuple[bool, str]:
    """Whether the official validator finds no error of its five levels, and what it says."""
    said = path.with_suffix(".txt")
    with said.open("w", encoding="utf-8") as out:
        passed = Validator(lang="de", level=5, output=out).validate_files([str(path)]).passed()
    return bool(passed), said.read_text("utf-8")


def test_the_official_validator_finds_no_error(treebank: Path) -> None:
    passed, said = validated(treebank)
    assert passed, said


def test_the_official_validator_would_find_one(treebank: Path) -> None:
    wrong = treebank.with_name("wrong.conllu")
    text = treebank.read_text("utf-8")
    wrong.write_text(text.replace("\tcase\t", "\tkasus\t", 1), "utf-8")
    assert not validated(wrong)[0]


def test_the_seed_decides_which_sentences_there_are() -> None:
    few = generate(lang.load("de"), 50)
    assert few == list(generated()[:50])
    assert [s.text for s in few] != [s.text for s in generate(lang.load("de"), 50, seed=12)]
    assert len({s.text for s in generated()}) == COUNT


def test_written_and_read_again_they_are_the_same(trees: list[Sentence]) -> None:
    assert len(trees) == COUNT
    for tree, made in zip(trees, generated(), strict=True):
        assert is_tree(tree)
        assert "".join(w.form + " " * w.space for w in tree.words).strip() == made.text


def test_names_stand_where_their_words_are(treebank: Path, trees: list[Sentence]) -> None:
    sentences = list(named(treebank))
    labels = {label for _, tags in sentences for _, _, label in ner.spans(tags)}
    assert labels >= {"PER", "LOC", "ORG", "LOCderiv", "LOCpart", "ORGpart"}
    for (words, tags), tree in zip(sentences, trees, strict=True):
        assert words == [w.form for w in tree.words]
        for begin, end, label in ner.spans(tags):
            upos = {w.upos for w in tree.words[begin:end]}
            assert upos == (
                {"ADJ"} if label == "LOCderiv" else {"NOUN"} if label.endswith("part") else {"PROPN"}
            )


def below(tree: Sentence, head: Word, label: str) -> list[int]:
    place = next(i for i, w in enumerate(tree.words) if w is head)
    return [i for i, w in enumerate(tree.words) if w.head == place and i != place and w.deprel == label]


def some(tree: Sentence, label: str, upos: str = "") -> list[Word]:
    return [w for w in tree.words if w.deprel == label and upos in ("", w.upos)]


def finite(word: Word) -> bool:
    return "VerbForm=Fin" in word.feats


CONSTRUCTIONS: dict[str, Callable[[Sentence], bool]] = {
    "verb second, something else in front": lambda t: any(
        w.deprel == "nsubj" and i > w.head and finite(t.words[w.head]) for i, w in enumerate(t.words)
    ),
    "verb last": lambda t: any(
        finite(w) and w.deprel in ("acl", "advcl", "ccomp") and below(t, w, "mark") + below(t, w, "nsubj")
        for w in t.words
    ),
    "object in front": lambda t: any(
        w.deprel in ("obj", "obl:arg") and i < w.head < s and t.words[s].head == w.head
        for i, w in enumerate(t.words)
        for s, subject in enumerate(t.words)
        if subject.deprel == "nsubj"
    ),
    "separable verb": lambda t: bool(some(t, "compound:prt")),
    "long bracket": lambda t: any(w.deprel == "aux" and w.head - i > 5 for i, w in enumerate(t.words)),
    "passive": lambda t: bool(some(t, "aux:pass")) and bool(some(t, "nsubj:pass")),
    "passive with an agent": lambda t: bool(some(t, "aux:pass")) and any(w.form == "von" for w in t.words),
    "Konjunktiv I": lambda t: any("Mood=Sub" in w.feats and t.words[w.head].deprel == "ccomp" for w in t.words),
    "dass": lambda t: any(w.form == "dass" and w.deprel == "mark" for w in t.words),
    "relative clause": lambda t: any("Rel" in w.feats and t.words[w.head].deprel == "acl" for w in t.words),
    "relative pronoun in the genitive": lambda t: any(w.form in ("dessen", "deren") for w in t.words),
    "title before a name": lambda t: any(w.deprel == "appos" and i == w.head + 1 for i, w in enumerate(t.words)),
    "apposition behind a name": lambda t: any(
        w.deprel == "appos" and w.upos == "NOUN" and "," in [t.words[j].form for j in below(t, w, "punct")]
        for w in t.words
    ),
    "two subjects": lambda t: any(
        w.deprel == "conj" and t.words[w.head].deprel == "nsubj" for w in t.words
    ),
    "event noun with a genitive": lambda t: any(
        w.deprel == "nmod" and "Case=Gen" in w.feats and t.words[w.head].upos == "NOUN" for w in t.words
    ),
    **{
        f"event noun with {preposition}": lambda t, p=preposition: any(  # type: ignore[misc]
            w.form == p and t.words[w.head].deprel == "nmod" for w in t.words
        )
        for preposition in ("von", "mit", "zwischen", "gegen", "an")
    },
    "laut": lambda t: any(w.form.lower() == "laut" for w in t.words),
    "zufolge": lambda t: any(w.form == "zufolge" for w in t.words),
    "nach Angaben von": lambda t: any(
        w.form == "von" and t.words[t.words[w.head].head].form == "Angaben" for w in t.words
    ),
    "quotation before its speaker": lambda t: t.words[0].form == "„" and bool(some(t, "ccomp")),
    "quotation behind its speaker": lambda t: t.words[-1].form == "“",
    "weekday": lambda t: any(w.form == "Freitag" for w in t.words),
    "day, month, year": lambda t: any(
        w.deprel == "nummod" and w.upos == "NUM" and any(t.words[i].upos == "ADJ" for i in below(t, t.words[w.head], "amod"))
        for w in t.words
    ),
    "infinitive with zu": lambda t: bool(some(t, "xcomp")),
    "zu within a separable verb": lambda t: any(
        w.deprel == "xcomp" and "zu" in w.form and not below(t, w, "mark") for w in t.words
    ),
    "light verb": lambda t: any(w.form == "Kritik" and t.words[w.head].lemma == "üben" for w in t.words),
}  # fmt: skip


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
def test_what_diplomatic_news_is_made_of_is_there(construction: str, trees: list[Sentence]) -> None:
    found = sum(1 for tree in trees if CONSTRUCTIONS[construction](tree))
    assert found >= 3, f"{found} of {len(trees)} sentences"


def feats(word: Word) -> dict[str, str]:
    return dict(f.split("=") for f in word.feats.split("|") if "=" in f)


def test_articles_and_adjectives_agree_with_their_nouns(trees: list[Sentence]) -> None:
    for tree in trees:
        for w in tree.words:
            noun = tree.words[w.head]
            if w.deprel in ("det", "amod") and noun.upos == "NOUN":
                mine, its = feats(w), feats(noun)
                for feature in {"Case", "Gender", "Number"} & mine.keys() & its.keys():
                    assert mine[feature] == its[feature], (w, noun)


def test_verbs_agree_with_their_subjects(trees: list[Sentence]) -> None:
    for tree in trees:
        for i, w in enumerate(tree.words):
            if w.deprel not in ("nsubj", "nsubj:pass"):
                continue
            several = any(x.deprel == "conj" and x.head == i for x in tree.words)
            number = "Plur" if several else feats(w).get("Number")
            bearers = [x for x in tree.words if finite(x) and (x is tree.words[w.head] or x.head == w.head)]
            bearers = [x for x in bearers if x.deprel != "conj" and x.upos in ("AUX", "VERB")]
            own = [x for x in bearers if x is tree.words[w.head] or x.deprel in ("aux", "aux:pass", "cop")]
            assert not own or feats(own[0])["Number"] == number, [x.form for x in tree.words]


def test_titles_are_of_the_gender_of_who_bears_them() -> None:
    files = ("gazetteer/persons.csv", "gazetteer/persons-world.csv")
    gazetteer = {row["label"]: row["gender"] for f in files for row in lang.load("de").rows(f, ("label", "gender"))}  # fmt: skip
    seen = 0
    for made in generated():
        for i, token in enumerate(made.tokens):
            if token.deprel != "appos" or token.upos != "PROPN" or made.tokens[token.head].upos != "NOUN":
                continue
            last = i + 1
            while last < len(made.tokens) and made.tokens[last].deprel == "flat":
                last += 1
            gender = gazetteer.get(" ".join(t.lemma for t in made.tokens[i:last]))
            if gender:
                seen += 1
                assert f"Gender={gender}" in made.tokens[token.head].feats, made.text
    assert seen > 100


@cache
def german() -> Inflection:
    folder = Path(kg.training.generate.__file__).parent
    return Inflection(tomllib.loads((folder / "de" / "lexicon.toml").read_text("utf-8")))


def pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


@pytest.mark.parametrize(
    ("parts", "wanted", "form", "lemma"),
    [
        ("angreifen greift griff angegriffen an haben", "VerbForm=Fin Tense=Pres", "greift", "greifen"),
        ("angreifen greift griff angegriffen an haben", "VerbForm=Fin Tense=Past Number=Plur", "griffen", "greifen"),
        ("angreifen greift griff angegriffen an haben", "VerbForm=Fin Tense=Pres Order=last", "angreift", "angreifen"),
        ("angreifen greift griff angegriffen an haben", "VerbForm=Inf Zu=Yes", "anzugreifen", "angreifen"),
        ("angreifen greift griff angegriffen an haben", "VerbForm=Part", "angegriffen", "angreifen"),
        ("loben lobt lobte gelobt  haben", "VerbForm=Fin Tense=Past Number=Plur", "lobten", "loben"),
        ("loben lobt lobte gelobt  haben", "VerbForm=Inf Zu=Yes", "loben", "loben"),
        ("liefern liefert lieferte geliefert  haben", "VerbForm=Fin Mood=Sub Tense=Pres", "liefere", "liefern"),
    ],
)  # fmt: skip
def test_forms_of_verbs(parts: str, wanted: str, form: str, lemma: str) -> None:
    names = ("infinitive", "present", "past", "participle", "particle")
    assert german().verb(dict(zip(names, parts.split(" "), strict=False)), pairs(wanted)) == (form, lemma)


@pytest.mark.parametrize(
    ("lemma", "genitive", "plural", "wanted", "form"),
    [
        ("Vertrag", "", "Verträge", "Case=Gen Gender=Masc", "Vertrags"),
        ("Vertrag", "", "Verträge", "Case=Dat Gender=Masc Number=Plur", "Verträgen"),
        ("Vertrag", "", "Verträge", "Case=Acc Gender=Masc Number=Plur", "Verträge"),
        ("Reise", "", "Reisen", "Case=Dat Gender=Fem Number=Plur", "Reisen"),
        ("Chef", "", "Chefs", "Case=Dat Gender=Masc Number=Plur", "Chefs"),
        ("Präsident", "Präsidenten", "Präsidenten", "Case=Acc Gender=Masc", "Präsidenten"),
        ("Präsident", "Präsidenten", "Präsidenten", "Case=Nom Gender=Masc", "Präsident"),
        ("Reise", "", "Reisen", "Case=Gen Gender=Fem", "Reise"),
        ("Land", "Landes", "Länder", "Case=Gen Gender=Neut", "Landes"),
    ],
)
def test_forms_of_nouns(lemma: str, genitive: str, plural: str, wanted: str, form: str) -> None:
    parts = {"lemma": lemma, "genitive": genitive, "plural": plural}
    assert german().form("noun", parts, pairs(wanted)) == form


@pytest.mark.parametrize(
    ("last", "wanted", "form"),
    [
        ("Merkel", "Case=Gen", "Merkels"),
        ("Merkel", "Case=Dat", "Merkel"),
        ("Laos", "Case=Gen", "Laos"),
        ("Nato", "Gender=Fem Case=Gen", "Nato"),
        ("Niederlande", "Gender=Plur Case=Dat", "Niederlanden"),
        ("Niederlande", "Gender=Plur Case=Gen", "Niederlande"),
        ("Irak", "Gender=Masc Case=Gen", "Iraks"),
    ],
)
def test_forms_of_names(last: str, wanted: str, form: str) -> None:
    assert german().form("name", {"last": last}, pairs(wanted)) == form


PARTS = st.dictionaries(st.sampled_from(["stem", "past"]), st.text("aben", max_size=5))


@given(PARTS, st.text("aben", min_size=1, max_size=2), st.text("aben", min_size=1, max_size=2))
def test_a_rule_fits_where_its_part_and_its_ending_are_there(
    parts: dict[str, str], off: str, on: str
) -> None:
    stem = parts.get("stem", "")
    found = Rule.read(f"| stem -{off} +{on}").form(parts, {})
    assert found == (stem[: -len(off)] + on if stem and stem.endswith(off) else None)


def test_a_rule_wants_all_of_its_features() -> None:
    rule = Rule.read("Case=Dat, Number=Plur | plural +n")
    assert rule.form({"plural": "Tage"}, {"Case": "Dat", "Number": "Plur", "Gender": "Masc"}) == "Tagen"
    assert rule.form({"plural": "Tage"}, {"Case": "Dat"}) is None


@pytest.mark.parametrize("line", ["Case=Dat plural", "Case=Dat |", "Case | plural"])
def test_a_rule_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="rule of inflection.*" + re.escape(line)):
        Rule.read(line)


def test_a_form_that_no_rule_makes_is_named() -> None:
    with pytest.raises(ValueError, match=r"inflection\.verb.*VerbForm"):
        german().form("verb", {"infinitive": ""}, {"VerbForm": "Inf"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= a 1\n1  und  und  CCONJ  _  0\n", r":2: 6 columns, expected 7 or more"),
        ("= a 1\n2  und  und  CCONJ  _  0  cc\n", r":2: row 2, expected 1"),
        ("= a 1\n1  <und!>  _  _  _  0  _\n", r":2: not a slot: <und!>"),
        ("= a 1\n1  und  und  CCONJ  _  7  cc\n", r":3: template a: a head that is no row"),
        ("= a 1\n= b 1\n1  und  und  CCONJ  _  0  cc\n", r":2: template a has no rows"),
    ],
)
def test_a_template_that_cannot_be_read_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=message):
        list(read_templates(tmp_path / "a.txt"))


WORDS = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(0, 2**16))
def test_any_words_are_written_and_read_again(tmp_path_factory: pytest.TempPathFactory, words: list[str], mask: int) -> None:  # fmt: skip
    phrase = word(words[0], words[0], "X", {})
    tokens = list(phrase.tokens)
    for i, form in enumerate(words[1:]):
        comma = word(",", ",", "PUNCT", {}).tokens
        behind = [*(comma if mask >> i & 1 else ()), *word(form, form, "X", {}).tokens]
        tokens += [replace(token, head=0, deprel="dep") for token in behind]
    made = sentence(Phrase(tuple(tokens)), {})
    path = tmp_path_factory.mktemp("any") / "any.conllu"
    write(path, [made])
    (tree,) = read(path)
    assert "".join(w.form + " " * w.space for w in tree.words).strip() == made.text
    assert [words for words, _ in named(path)] == [[w.form for w in tree.words]]
