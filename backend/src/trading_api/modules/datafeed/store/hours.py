"""When stored symbols trade."""

from trading_api.modules.datafeed.calendars.calendars import Calendars
from trading_api.modules.datafeed.calendars.hours import TradingHours
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import INSTRUMENT_FILE, StoredSymbol
from trading_api.shared.errors import StartupError


class StoredHours:
    """The hours of the symbols of a store; symbols with the same ones share what is remembered of them."""

    def __init__(self, store: BarStore, calendars: Calendars) -> None:
        self._store = store
        self._calendars = calendars
        self._without_calendar: dict[tuple[str, str], TradingHours] = {}

    def of(self, symbol: StoredSymbol) -> TradingHours:
        """Those of its calendar, or of its session; raises StoreProblem for what is neither."""
        try:
            if symbol.calendar is not None:
                return self._calendars.hours_of(symbol.calendar, symbol.exchange, symbol.ticker)
            key = (symbol.session, symbol.timezone)
            if key not in self._without_calendar:
                hours = TradingHours(*key)
                hours.trading_session  # noqa: B018  # raises what is wrong
                self._without_calendar[key] = hours
            return self._without_calendar[key]
        except (StartupError, ValueError, KeyError, OSError) as error:
            path = self._store.folder(symbol.exchange, symbol.ticker) / INSTRUMENT_FILE
            reason = str(error).strip("'\"").removesuffix(".")
            raise StoreProblem(path, f"its hours cannot be told ({reason})") from error
