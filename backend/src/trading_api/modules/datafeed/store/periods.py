"""Which rows share a file: a day of seconds and ticks, a month of minutes, all days."""

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.store.tables import QUOTE_SERIES, TRADE_SERIES

_EVERYTHING = "all"


def split(series: str, times: IntArray) -> list[tuple[str, int, int]]:
    """Name, first row and end row of each file that the ascending `times` belong to."""
    keys = _keys(series, times)
    if keys is None:
        return [(_EVERYTHING, 0, len(times))] if len(times) else []
    starts = (
        np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, int)
    )
    ends = np.concatenate([starts[1:], [len(keys)]])
    return [
        (str(keys[start]), int(start), int(end))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


def _keys(series: str, times: IntArray) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]] | None":
    moments = times.astype("datetime64[ms]")
    if series in {TRADE_SERIES, QUOTE_SERIES} or series.startswith("1S"):
        return moments.astype("datetime64[D]")
    return None if series.startswith("1D") else moments.astype("datetime64[M]")
