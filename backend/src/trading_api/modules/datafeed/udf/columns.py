"""Bars as the protocol's columns, encoded straight from the arrays."""

from decimal import Decimal

import numpy as np
import numpy.typing as npt
import orjson

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.bars.window import BarSlice
from trading_api.modules.datafeed.providers.base import Instrument

_EXACT = 2**53
Numbers = IntArray | npt.NDArray[np.float64]


def encoded_bars(instrument: Instrument, found: BarSlice) -> bytes:
    """`ok` with the bars, or `no_data` with the time in ms of the closest bar before them."""
    bars = found.bars
    if not len(bars):
        answer: dict[str, object] = {"s": "no_data"}
        return orjson.dumps(answer if found.previous is None else answer | {"nextTime": found.previous})
    columns: dict[str, object] = {
        "s": "ok",
        "t": bars.time // 1000,
        "o": numbers(bars.open, instrument.price_unit),
        "h": numbers(bars.high, instrument.price_unit),
        "l": numbers(bars.low, instrument.price_unit),
        "c": numbers(bars.close, instrument.price_unit),
    }
    if instrument.has_volume:
        columns["v"] = numbers(bars.volume, instrument.size_unit)
    return orjson.dumps(columns, option=orjson.OPT_SERIALIZE_NUMPY)


def numbers(column: IntArray, unit: Decimal) -> Numbers:
    """Multiples of `unit` as numbers: the nearest that there are, which are written as the exact decimals."""
    multiplied, divided = unit.as_integer_ratio()
    whole = column if multiplied == 1 else column * multiplied
    if divided == 1:
        return np.ascontiguousarray(whole)
    return np.ascontiguousarray(whole / divided)
