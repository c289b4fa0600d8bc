"""Columns as JSON text, beside the same bars made one by one from decimals."""

import json
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trading_api.models.common import Number, WireModel
from trading_api.models.market.bars import Bar, BarsPage
from trading_api.modules.datafeed.bars.columns import BarColumns, no_bars
from trading_api.modules.datafeed.bars.encoding import number_texts, page_text

UNITS = st.one_of(
    st.integers(0, 18).map(lambda places: Decimal(1).scaleb(-places)),
    st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(5), Decimal(100), Decimal("0.00025")]),
)
FIFTEEN_DIGITS = 10**15 - 1


class Numbers(WireModel):
    """As every number on the wire is written."""

    all: list[Number]


@given(
    st.lists(
        st.one_of(
            st.integers(-FIFTEEN_DIGITS, FIFTEEN_DIGITS),
            st.integers(-1_000, 1_000).map(lambda thousands: thousands * 1_000),
        ),
        max_size=20,
    ),
    UNITS,
)
def test_every_number_is_written_as_its_decimal(units: list[int], unit: Decimal) -> None:
    text = number_texts(np.array(units, dtype=np.int64), unit)
    decimals = [multiple * unit for multiple in units]
    read = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    assert [number for number in read if _digits(number) <= 15] == [
        number for number in decimals if _digits(number) <= 15
    ]
    assert len(read) == len(decimals)
    assert b".0," not in text
    assert b".0]" not in text


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=20), UNITS)
def test_numbers_too_long_for_the_promise_are_written_as_elsewhere(units: list[int], unit: Decimal) -> None:
    text = number_texts(np.array(units, dtype=np.int64), unit)
    elsewhere = Numbers.model_construct(all=[multiple * unit for multiple in units])
    assert json.loads(text) == elsewhere.to_wire()["all"]


@given(
    st.lists(st.tuples(*[st.integers(-(2**40), 2**40)] * 6), max_size=8),
    UNITS,
    st.none() | UNITS,
    st.none() | st.integers(0, 2**40),
    st.booleans(),
)
def test_a_page_reads_as_its_model(
    rows: list[tuple[int, ...]],
    price_unit: Decimal,
    size_unit: Decimal | None,
    next_time: int | None,
    no_data: bool,
) -> None:
    columns = BarColumns(*(np.array([row[at] for row in rows], dtype=np.int64) for at in range(6)))
    text = page_text(columns, price_unit, size_unit, no_data=no_data, next_time=next_time)
    bars = [
        Bar.model_construct(
            time=time,
            open=opened * price_unit,
            high=high * price_unit,
            low=low * price_unit,
            close=close * price_unit,
            volume=None if size_unit is None else volume * size_unit,
        )
        for time, opened, high, low, close, volume in rows
    ]
    page = BarsPage.model_construct(bars=bars, no_data=no_data, next_time=next_time)
    assert json.loads(text) == page.to_wire()


def test_a_page_without_bars() -> None:
    text = page_text(no_bars(), Decimal("0.01"), Decimal(1), no_data=True, next_time=None)
    assert text == b'{"bars":[],"noData":true}'


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)
