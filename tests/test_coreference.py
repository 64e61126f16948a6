"""The learnt choice of antecedents: probabilities, openness, and how its weights are fitted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lang
from kg.entities.coreference.choice import Choice
from kg.errors import DataError
from kg.training.coreference import Sample, Score, fit, judged, rendered

FEATURES = st.dictionaries(st.sampled_from(["subject", "same sentence", "far"]), st.floats(0, 3), max_size=3)


@given(st.lists(FEATURES, min_size=1, max_size=6), st.floats(-3, 3))
def test_shares_are_probabilities_and_leave_room_for_nobody(
    options: list[dict[str, float]], weight: float
) -> None:
    shares = Choice({"subject": weight, "open": 0.5}, 0.4).shares(options)
    assert all(0 < share < 1 for share in shares)
    assert sum(shares) < 1


def test_what_is_always_right_is_learnt() -> None:
    near, far = {"same sentence": 1.0}, {"farther": 1.0}
    data = [Sample(f"a{i}", True, (far, near), (False, True)) for i in range(20)]
    weights = fit(data)
    assert weights["same sentence"] > weights["farther"]
    assert judged(data, weights, 0.0) == Score(right=20, resolved=20, resolvable=20)


def test_nobody_is_learnt_where_nobody_was_meant() -> None:
    far = {"farther": 1.0}
    weights = fit([Sample(f"a{i}", True, (far,), (False,)) for i in range(20)])
    assert judged([Sample("b", True, (far,), (False,))], weights, 0.5).resolved == 0


def test_weights_are_a_data_file(tmp_path: Path) -> None:
    (tmp_path / "coreference.toml").write_text(rendered({"subject": 1.25, "open": -1}, 0.4, 10, 2), "utf-8")
    assert Choice.of(lang.LanguageData("de", (tmp_path,))) == Choice({"subject": 1.25, "open": -1.0}, 0.4)


def test_a_weight_that_is_no_number_is_named(tmp_path: Path) -> None:
    (tmp_path / "coreference.toml").write_text('threshold = 0.4\n[weights]\nsubject = "much"\n', "utf-8")
    with pytest.raises(DataError, match=r"coreference\.toml.*much"):
        Choice.of(lang.LanguageData("de", (tmp_path,)))
