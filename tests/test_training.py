"""What the training makes of its corpora, and the trees that it generates."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.training import conventions, differences, ner, selftrain
from kg.training.conllu import Sentence, Word, blocks, hyphenated, read
from kg.training.corpora import Treebanks
from kg.training.parseme import light_verbs
from kg.training.treebanks import is_tree

CONTRACTION = """\
# text = Er war im US-Senat.
1\tEr\ter\tPRON\t_\t_\t5\tnsubj\t_\t_
2\twar\tsein\tAUX\t_\t_\t5\tcop\t_\t_
3-4\tim\t_\t_\t_\t_\t_\t_\t_\t_
3\tin\tin\tADP\t_\t_\t5\tcase\t_\t_
4\tdem\tder\tDET\t_\tCase=Dat\t5\tdet\t_\t_
5\tUS\tUS\tPROPN\t_\t_\t0\troot\t_\tSpaceAfter=No
6\t-\t-\tPUNCT\t_\t_\t5\tpunct\t_\tSpaceAfter=No
7\tSenat\tSenat\tNOUN\t_\t_\t5\tcompound\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_

"""


def test_contractions_and_compounds_are_one_word(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(CONTRACTION, "utf-8")
    (sentence,) = read(path)
    assert [w.form for w in sentence.words] == ["Er", "war", "im", "US", "-", "Senat", "."]
    assert sentence.words[2].feats == "Case=Dat"
    joined = hyphenated(sentence)
    assert [w.form for w in joined.words] == ["Er", "war", "im", "US-Senat", "."]
    assert joined.words[3].upos == "NOUN"
    assert is_tree(joined)


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text("1\tEr\n\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.conllu:1: 2 columns, expected 10"):
        list(read(tmp_path / "a.conllu"))


def tagged(text: str) -> Sentence:
    """``form/TAG form/TAG``."""
    pairs = [item.split("/") for item in text.split()]
    return Sentence(tuple(Word(form, "_", tag, "_", i, "dep", True) for i, (form, tag) in enumerate(pairs)))


def test_adjectives_in_names_are_adjectives() -> None:
    attested = {"vereinten": {"ADJ", "PROPN"}, "peter": {"PROPN"}, "nationen": {"NOUN"}}
    name = tagged("den/DET Vereinten/PROPN Nationen/PROPN und/CCONJ Peter/PROPN Maurer/PROPN")
    found = conventions.load().with_adjectives(name, attested)
    assert [w.upos for w in found.words] == ["DET", "ADJ", "PROPN", "CCONJ", "PROPN", "PROPN"]


def test_a_noun_in_a_name_may_be_a_noun_where_it_is_one_elsewhere() -> None:
    of = conventions.load().alternatives({"nationen": {"NOUN"}})
    nations, geneva = tagged("Nationen/PROPN Genf/PROPN").words
    assert (of(nations), of(geneva)) == (("NOUN",), ())


class Sure:
    """A teacher that has one opinion of each form."""

    def __init__(self, **of: str) -> None:
        self.of = of

    def words(self, sentences: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        return list(sentences)

    def tags(self, known: Sequence[Sequence[str]]) -> Iterator[list[dict[str, float]]]:
        for words in known:
            yield [{self.of[word]: 0.9, "X": 0.1} for word in words]


def test_the_teacher_chooses_among_the_tags_that_treebanks_use_for_the_same_thing() -> None:
    teacher: Any = Sure(hat="AUX", Lira="PROPN", gut="NOUN", Das="PRON")
    banks = Treebanks([], [], [], [], [], [])
    sentences = [tagged("Das/DET Lira/NOUN hat/VERB gut/ADJ")]
    said = selftrain.with_common_tags(teacher, sentences, selftrain.known(teacher, sentences), banks)
    assert [w.upos for s in said for w in s.words] == ["PRON", "PROPN", "AUX", "ADJ"]


def test_a_tree_has_the_last_word_on_tags() -> None:
    teacher: Any = Sure(hat="AUX", Mut="NOUN")
    words = (
        Word("hat", "haben", "VERB", "_", 0, "root", True),
        Word("Mut", "Mut", "NOUN", "_", 0, "obj", True),
    )
    sentences, banks = [Sentence(words)], Treebanks([], [], [], [], [], [])
    said = selftrain.with_common_tags(teacher, sentences, selftrain.known(teacher, sentences), banks)
    assert [w.upos for s in said for w in s.words] == ["VERB", "NOUN"]


def test_names_are_replaced_by_others_of_their_kind() -> None:
    said = (["Merkel", "sprach", "in", "Den", "Haag", "."], ["B-PER", "O", "O", "B-LOC", "I-LOC", "O"])
    pool = [(["Angela", "Huber", "in", "Genf"], ["B-PER", "I-PER", "O", "B-LOC"])]
    plain = (["Es", "regnet"], ["O", "O"])
    assert list(ner.with_other_names([said, plain], pool, seed=1)) == [
        (["Angela", "Huber", "sprach", "in", "Genf", "."], ["B-PER", "I-PER", "O", "O", "B-LOC", "O"])
    ]


def test_tags_that_the_tree_decides_are_rules_of_the_conventions() -> None:
    patterns = [(r.pattern(), r.to_tag) for r in conventions.load().rules if r.in_pipeline]
    helping = {"LEMMA": {"IN": ["haben", "sein", "werden"]}, "POS": {"IN": ["VERB"]}}
    assert ({**helping, "DEP": {"IN": ["aux", "aux:pass", "cop"]}}, "AUX") in patterns
    assert all("root" not in pattern["DEP"]["IN"] for pattern, _ in patterns), "spaCy writes ROOT"


MARKED = """\
# text = Samsung stellt morgen Tablets vor
1\tSamsung\tSamsung\tPROPN\t_\t_\t2\tnsubj\t_\t_\t*
2\tstellt\tstellen\tVERB\t_\t_\t0\troot\t_\t_\t1:VPC.full
3\tmorgen\tmorgen\tADV\t_\t_\t2\tadvmod\t_\t_\t*
4\tTablets\tTablet\tNOUN\t_\t_\t2\tobj\t_\t_\t2:LVC.full
5\tvor\tvor\tDET\t_\t_\t4\tcase\t_\t_\t1;2

"""


def test_a_particle_that_is_marked_as_one_is_one_in_the_tree(tmp_path: Path) -> None:
    file = tmp_path / "a.cupt"
    file.write_text(MARKED, "utf-8")
    (sentence,) = read(file)
    found = [(w.form, w.upos, sentence.words[w.head].form, w.deprel) for w in sentence.words[3:]]
    assert found == [("Tablets", "NOUN", "stellt", "obj"), ("vor", "ADP", "stellt", "compound:prt")]


def test_light_verbs_are_counted_with_their_nouns(tmp_path: Path) -> None:
    block = """\
1\tTrump\tTrump\tPROPN\t_\t_\t2\tnsubj\t_\t_\t*
2\tübte\tüben\tVERB\t_\t_\t0\troot\t_\t_\t1:LVC.full;2:VPC.full
3\tKritik\tKritik\tNOUN\t_\t_\t2\tobj\t_\t_\t1

"""
    (tmp_path / "a.cupt").write_text(block * 2, "utf-8")
    assert light_verbs(blocks(tmp_path / "a.cupt")) == {("üben", "", "Kritik"): 2}


def test_treebanks_differ_where_they_say_otherwise_of_the_same_thing() -> None:
    as_particle, as_adverb = [tagged("doch/CCONJ nie/ADV")] * 6, [tagged("doch/ADV nie/ADV")] * 6
    seldom = [tagged("kaum/ADJ")]
    share, compared = differences.differing(
        differences.tags(as_adverb), differences.tags([*as_particle, *seldom])
    )
    assert (share, compared) == (0.5, 12)
    mixed = [*as_particle[:3], *as_adverb[:3]]
    assert differences.differing(differences.tags(mixed), differences.tags(as_particle))[0] == 0.25
    assert differences.differing(differences.tags(mixed), differences.tags(as_particle), "CCONJ")[0] == 0.5
    (line,) = differences.largest(differences.tags(as_adverb), differences.tags(as_particle), 1)
    assert line == "doch: CCONJ (6), not ADV (6)"


def test_whoever_trains_a_network_knows_what_its_configuration_names() -> None:
    names = "from spacy import registry; registry.readers.get('kg.Taught.v1'), registry.architectures.get('kg.Taught.v1')"
    subprocess.run([sys.executable, "-c", f"import kg.training.ablation; {names}"], check=True)


def test_the_better_recogniser_is_kept(tmp_path: Path) -> None:
    from kg.training.network import Workplace
    from kg.training.train import ROUNDS, steps

    for name, score in zip(ROUNDS[-2], (0.7, 0.8), strict=True):
        (tmp_path / name).mkdir()
        meta = {"name": name, "performance": {"ents_f": score}}
        (tmp_path / name / "meta.json").write_text(json.dumps(meta), "utf-8")
    steps(Workplace(Path("/c"), tmp_path, 1))["names"](tmp_path / "names")
    assert json.loads((tmp_path / "names" / "meta.json").read_text("utf-8"))["name"] == "names.14"


def test_the_project_runs_each_step_of_the_training_after_what_it_needs() -> None:
    from weasel.util.config import load_project_config

    from kg.training.network import Workplace
    from kg.training.train import ROUNDS, steps

    home = Path(conventions.__file__).parent
    place = Workplace(Path("/c"), Path("/w"), 1)
    project: Any = load_project_config(home, overrides={"vars.corpora": "/c", "vars.work": "/w"})
    commands = {command["name"]: command for command in project["commands"]}
    order = [commands[name] for name in project["workflows"]["all"]]
    assert {c["name"] for c in order} == commands.keys()
    scripts = [script for command in order for script in command["script"] if "--step" in script]
    rounds = [tuple(part.split()[0] for part in script.split(" --step ")[1:]) for script in scripts]
    assert rounds == list(ROUNDS)
    assert {name for names in ROUNDS for name in names} == steps(place).keys()
    made: set[str] = set()
    for command in order:
        for needed in command["deps"]:
            own = (home / needed).exists() and not needed.startswith("/")
            assert own or needed in made or needed in {"/c", "/c/treebank", "/c/ner"}, needed
        made.update(command["outputs"])
