"""Shares come out exactly."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bodemplaat.cases.draws import divided, marked, scores

weights = st.dictionaries(st.text(max_size=3), st.integers(1, 100), min_size=1, max_size=6)


@given(count=st.integers(0, 500), weights=weights, seed=st.integers())
def test_dividing_by_weight_leaves_nobody_more_than_one_off(
    count: int, weights: dict[str, int], seed: int
) -> None:
    keys = divided(Random(seed), count, weights)  # noqa: S311
    assert len(keys) == count
    total = sum(weights.values())
    for key, number in Counter(keys).items():
        assert abs(number - count * weights[key] / total) < 1


@given(count=st.integers(0, 500), share=st.floats(0, 1), seed=st.integers())
def test_marks_are_the_rounded_share(count: int, share: float, seed: int) -> None:
    assert sum(marked(Random(seed), count, share)) == round(count * share)  # noqa: S311


@given(count=st.integers(1, 300), mean=st.floats(1, 10), seed=st.integers())
def test_marks_have_the_mean_that_was_asked(count: int, mean: float, seed: int) -> None:
    drawn = scores(Random(seed), count, mean)  # noqa: S311
    assert len(drawn) == count
    assert all(1 <= mark <= 10 for mark in drawn)
    assert sum(drawn) == round(count * mean)
