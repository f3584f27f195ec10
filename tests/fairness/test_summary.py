import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.fairness.summary import mean_by_template, rate


@given(st.lists(st.booleans(), min_size=2, max_size=30), st.integers(1, 6))
def test_more_cases_of_the_same_templates_are_no_more_evidence(failed, copies):
    values, template = np.array(failed), np.arange(len(failed))
    once = mean_by_template(values, template)
    often = mean_by_template(values.repeat(copies), template.repeat(copies))
    assert often.low == pytest.approx(once.low)
    assert often.high == pytest.approx(once.high)


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.integers(0, 5)), min_size=1, max_size=40),
    st.integers(0, 3),
)
def test_the_interval_holds_to_the_range_of_the_values(pairs, seed):
    values, template = map(np.array, zip(*pairs, strict=True))
    interval = mean_by_template(values, template, seed)
    assert interval.value == pytest.approx(values.mean())
    if len(set(template)) < 2:
        assert interval.low is None
    else:
        assert values.min() - 1e-9 <= interval.low <= interval.high <= values.max() + 1e-9


def test_the_interval_of_independent_cases_is_the_binomials():
    failed = np.arange(400) % 4 == 0
    interval = mean_by_template(failed, np.arange(400))
    error = 1.96 * np.sqrt(0.25 * 0.75 / 400)
    assert interval.low == pytest.approx(0.25 - error, abs=0.01)
    assert interval.high == pytest.approx(0.25 + error, abs=0.01)


@pytest.mark.parametrize("value", [False, True])
def test_no_failure_among_few_templates_proves_little(value):
    few, many = (rate(np.full(n, value), np.arange(n)) for n in (5, 500))
    assert few.high - few.low > 0.4
    assert many.high - many.low < 0.01
    assert few.value == many.value == float(value)
