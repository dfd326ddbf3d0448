"""Our Beta distribution against SciPy's, which is not installed where the product runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training import incomplete_beta

beta = pytest.importorskip("scipy.stats").beta

SHAPES = [(0.5, 0.5), (0.5, 40.5), (12.5, 3.5), (6.5, 2.0), (1.0, 1.0), (100.5, 0.5), (80.2, 79.9), (300.5, 200.5)]
shape = st.floats(0.5, 400)


@pytest.mark.parametrize(("a", "b"), SHAPES)
@pytest.mark.parametrize("x", [0.0, 1e-6, 0.1, 0.5, 0.65, 0.8, 0.999, 1.0])
def test_the_cumulative_function_agrees_with_scipy(a, b, x):
    assert incomplete_beta.cdf(x, a, b) == pytest.approx(beta.cdf(x, a, b), abs=1e-9)


@pytest.mark.parametrize(("a", "b"), SHAPES)
@pytest.mark.parametrize("p", [0.0, 0.025, 0.5, 0.9, 0.975, 1.0])
def test_its_inverse_agrees_with_scipy(a, b, p):
    assert incomplete_beta.ppf(p, a, b) == pytest.approx(beta.ppf(p, a, b), abs=1e-9)


@settings(deadline=None, max_examples=200)
@given(shape, shape, st.floats(0, 1))
def test_over_all_shapes_a_card_can_have(a, b, x):
    assert incomplete_beta.cdf(x, a, b) == pytest.approx(beta.cdf(x, a, b), abs=1e-9)


@settings(deadline=None, max_examples=100)
@given(shape, shape, st.floats(0.001, 0.999))
def test_the_inverse_undoes_the_function(a, b, p):
    assert incomplete_beta.cdf(incomplete_beta.ppf(p, a, b), a, b) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize("wrong", [(0.5, 0, 1), (0.5, 1, -1)])
def test_shapes_must_be_positive(wrong):
    with pytest.raises(ValueError, match="positive"):
        incomplete_beta.cdf(*wrong)


def test_a_probability_lies_between_0_and_1():
    with pytest.raises(ValueError, match="between 0 and 1"):
        incomplete_beta.ppf(1.2, 1, 1)
