"""Exact decimals: sums and products never round; a quotient rounds here and nowhere else."""

from contextlib import AbstractContextManager
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import lru_cache

ZERO = Decimal(0)

QUOTIENT_STEP = Decimal("1E-18")
"""Quotients are rounded to this step, half to even: finer than any tick times any quantity step."""

_TRAPPED = [Inexact, InvalidOperation, DivisionByZero, Overflow]
_EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN, traps=_TRAPPED)
_ROUNDING = Context(prec=200, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])


def exact() -> AbstractContextManager[Context]:
    """Within this block arithmetic is exact, and an operation that would round raises Inexact."""
    return localcontext(_EXACT)


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """`dividend / divisor`, rounded to QUOTIENT_STEP, without trailing zeros."""
    return tidy(_ROUNDING.quantize(_ROUNDING.divide(dividend, divisor), QUOTIENT_STEP))


@lru_cache(maxsize=8192)
def tidy(value: Decimal) -> Decimal:
    """The same number in its shortest plain form: 1.50 as 1.5, 1E+2 as 100, -0 as 0."""
    if value == value.to_integral_value(context=_ROUNDING):
        return _ROUNDING.quantize(value, Decimal(1)) if value else ZERO
    return value.normalize(_ROUNDING)


def on_grid(value: Decimal, step: Decimal, *, up: bool) -> Decimal:
    """`value`, or the next multiple of `step` above or below it; exact."""
    rest = _ROUNDING.remainder(value, step)
    if not rest:
        return tidy(value)
    below = value - rest if rest > 0 else value - rest - step
    return tidy(below + step if up else below)


@lru_cache(maxsize=8192)
def is_multiple(value: Decimal, step: Decimal) -> bool:
    """Whether `value` lies on the grid of `step`, which is positive."""
    if value.adjusted() < step.adjusted():
        return not value
    return _ROUNDING.remainder(value, step) == 0
