"""Exact arithmetic and the one place where it rounds."""

from decimal import Decimal, Inexact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_api.modules.broker.engine.exact import exact, is_multiple, quotient, tidy

finite = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal("-1e15"), max_value=Decimal("1e15"), places=12
)


def test_a_quotient_rounds_to_18_places_and_drops_zeros() -> None:
    assert str(quotient(Decimal(10), Decimal(3))) == "3.333333333333333333"
    assert str(quotient(Decimal(20), Decimal(3))) == "6.666666666666666667"
    assert str(quotient(Decimal("1010.00"), Decimal(100))) == "10.1"


def test_arithmetic_that_would_round_raises() -> None:
    with exact():
        assert Decimal("1e15") * Decimal("1e-12") + Decimal("1e-30") == Decimal(
            "1000.000000000000000000000000000001"
        )
        with pytest.raises(Inexact):
            Decimal(1) / Decimal(3)


@given(finite)
def test_tidy_keeps_the_number_and_shows_it_plainly(value: Decimal) -> None:
    assert tidy(value) == value
    assert "E" not in str(tidy(value)) or abs(value) < Decimal("1e-6")
    assert str(tidy(value)) == str(tidy(value * 1)) == str(tidy(tidy(value)))


@pytest.mark.parametrize(
    ("value", "text"), [("1.50", "1.5"), ("1E+2", "100"), ("-0.00", "0"), ("1e-8", "1E-8")]
)
def test_tidy_examples(value: str, text: str) -> None:
    assert str(tidy(Decimal(value))) == text


@given(
    st.integers(-(10**15), 10**15), st.sampled_from(["1", "0.01", "0.03125", "0.25", "0.00000001", "1000"])
)
def test_multiples_are_on_the_grid_and_their_neighbours_are_not(count: int, step: str) -> None:
    assert is_multiple(count * Decimal(step), Decimal(step))
    with exact():
        assert not is_multiple(count * Decimal(step) + Decimal(step) / 2, Decimal(step))


@pytest.mark.parametrize("value", ["1e-300", "-1e-300", "1e15"])
def test_extremes_are_judged_without_an_error(value: str) -> None:
    assert is_multiple(Decimal(value), Decimal("0.01")) is (value == "1e15")
