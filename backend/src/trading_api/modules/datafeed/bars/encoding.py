"""Columns of bars as JSON text, without an object for each bar.

A multiple of a unit is divided once, so it is the floating-point number nearest to the decimal, and the
shortest text of that number is the decimal itself as far as it has at most 15 digits: the wire's promise.
"""

import json
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import orjson

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray

_EXACT = 2**53
"""Up to here every integer is a floating-point number."""
_POINT, _ZERO, _COMMA, _END = b".0,]"


def number_texts(column: IntArray, unit: Decimal) -> bytes:
    """Multiples of `unit` as a JSON array; whole numbers have no point."""
    factor, divisor = unit.as_integer_ratio()
    if len(column) == 0:
        return b"[]"
    largest = max(int(column.max()), -int(column.min())) * factor
    if largest > _EXACT or int(float(divisor)) != divisor:
        return _one_by_one(column, unit)
    whole = column if factor == 1 else column * factor
    if divisor == 1:
        return _dumped(np.ascontiguousarray(whole))
    return _without_empty_fractions(_dumped(whole / float(divisor)))


def page_text(
    bars: BarColumns, price_unit: Decimal, size_unit: Decimal | None, *, no_data: bool, next_time: int | None
) -> bytes:
    """A `BarsPage` as it is sent; without a `size_unit` bars have no volume."""
    columns = [_dumped(np.ascontiguousarray(bars.time))]
    columns += [number_texts(prices, price_unit) for prices in (bars.open, bars.high, bars.low, bars.close)]
    row = b'{"time":%b,"open":%b,"high":%b,"low":%b,"close":%b}'
    if size_unit is not None:
        columns.append(number_texts(bars.volume, size_unit))
        row = row[:-1] + b',"volume":%b}'
    cells = zip(*(column[1:-1].split(b",") for column in columns), strict=True)
    rows = b",".join([row % values for values in cells]) if len(bars) else b""
    following = b"" if next_time is None else b',"nextTime":%d' % next_time
    return b'{"bars":[%b],"noData":%b%b}' % (rows, b"true" if no_data else b"false", following)


def _dumped(column: npt.NDArray[np.int64] | npt.NDArray[np.float64]) -> bytes:
    return orjson.dumps(column, option=orjson.OPT_SERIALIZE_NUMPY)


def _without_empty_fractions(text: bytes) -> bytes:
    letters = np.frombuffer(text, np.uint8)
    following = letters[2:]
    empty = (
        (letters[:-2] == _POINT) & (letters[1:-1] == _ZERO) & ((following == _COMMA) | (following == _END))
    )
    places = np.flatnonzero(empty)
    if not len(places):
        return text
    kept = np.ones(len(letters), dtype=np.bool_)
    kept[places] = kept[places + 1] = False
    return letters[kept].tobytes()


def _one_by_one(column: IntArray, unit: Decimal) -> bytes:
    numbers = (units * unit for units in column.tolist())
    written = [int(number) if number == number.to_integral_value() else float(number) for number in numbers]
    return json.dumps(written, separators=(",", ":")).encode()
