"""Daily bars of symbols that are stored by the minute or second only, built once instead of at each look."""

import hashlib

from trading_api.modules.datafeed.bars.columns import BarColumns, join
from trading_api.modules.datafeed.bars.history import built_from, read
from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, MINUTE, SECOND, Resolution
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.calendars.hours import TradingHours
from trading_api.modules.datafeed.store.index import Index
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import bar_series

_WITHIN_DAYS = (MINUTE, SECOND)
_AT_ONCE_MS = 120 * DAY_MS
"""So much is read at a time, which bounds the memory."""
_AHEAD_MS = 8 * DAY_MS
"""A trading day may be stamped so much later than its first bar."""


class StoredBars:
    """The bars of one stored symbol as the engine of resolutions reads them."""

    def __init__(self, store: BarStore, symbol: StoredSymbol) -> None:
        self._store = store
        self._symbol = symbol

    def first(self, _: str, base: Resolution) -> int | None:
        """Time of the oldest row."""
        return self._store.first(self._symbol.exchange, self._symbol.ticker, base)

    def last(self, _: str, base: Resolution) -> int | None:
        """Time of the newest row."""
        return self._store.last(self._symbol.exchange, self._symbol.ticker, base)

    def rows(self, _: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        """Rows with start <= time < stop, nothing after `until`."""
        name = (self._symbol.exchange, self._symbol.ticker)
        return self._store.rows(*name, base, start, min(stop, until + 1), places=self._symbol.places)


def has_built_days(index: Index, hours: TradingHours) -> bool:
    """Whether the built days are those of the stored bars, by these hours."""
    return index.days_of is not None and index.days_of == _made_of(index, hours)


def needs_days(index: Index, hours: TradingHours) -> bool:
    """Whether there are bars to build days of, and the built ones are none of them."""
    return _made_of(index, hours) not in {None, index.days_of}


def build_days(store: BarStore, symbol: StoredSymbol, hours: TradingHours) -> bool:
    """Build and keep the days of a symbol that needs them and has none, or others; whether that was so."""
    index = store.index(symbol.exchange, symbol.ticker)
    made_of = _made_of(index, hours)
    if made_of is None or made_of == index.days_of:
        return False
    batch = store.batch()
    batch.days(symbol, _days(store, symbol, hours), made_of)
    batch.commit()
    return True


def _made_of(index: Index, hours: TradingHours) -> str | None:
    """A digest of the bars and hours that days are built from; None: there are daily bars, or none at all."""
    base = next((base for base in (DAY, *_WITHIN_DAYS) if index.parts(bar_series(base))), DAY)
    if base == DAY:
        return None
    files = [part.file for part in index.parts(bar_series(base))]
    given = (files, hours.session, hours.timezone, hours.holidays, hours.corrections)
    return hashlib.sha256(repr(given).encode()).hexdigest()


def _days(store: BarStore, symbol: StoredSymbol, hours: TradingHours) -> BarColumns:
    source = StoredBars(store, symbol)
    base = built_from(source, "", DAY) or DAY
    first, last = source.first("", base) or 0, source.last("", base) or 0
    pages = []
    for start in range(first - DAY_MS, last + _AHEAD_MS, _AT_ONCE_MS):
        window = BarWindow(start, min(start + _AT_ONCE_MS, last + _AHEAD_MS))
        pages.append(read(source, "", hours.trading_session, DAY, window, last).bars)
    return join(pages)
