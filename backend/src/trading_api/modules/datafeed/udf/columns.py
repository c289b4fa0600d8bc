"""Bars as the protocol's columns, encoded straight from the arrays."""

import orjson

from trading_api.modules.datafeed.bars.encoding import number_texts
from trading_api.modules.datafeed.bars.window import BarSlice
from trading_api.modules.datafeed.providers.base import Instrument


def encoded_bars(instrument: Instrument, found: BarSlice) -> bytes:
    """`ok` with the bars, or `no_data` with the time in ms of the closest bar before them."""
    bars = found.bars
    if not len(bars):
        answer: dict[str, object] = {"s": "no_data"}
        return orjson.dumps(answer if found.previous is None else answer | {"nextTime": found.previous})
    unit = instrument.price_unit
    columns = [
        orjson.dumps(bars.time // 1000, option=orjson.OPT_SERIALIZE_NUMPY),
        *(number_texts(prices, unit) for prices in (bars.open, bars.high, bars.low, bars.close)),
    ]
    text = b'{"s":"ok","t":%b,"o":%b,"h":%b,"l":%b,"c":%b' % tuple(columns)
    if instrument.has_volume:
        text += b',"v":%b' % number_texts(bars.volume, instrument.size_unit)
    return text + b"}"
