"""The store that the commands of `trading-pro data` work on, and how they write times and names."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from trading_api.cli.serve import read_settings
from trading_api.modules.datafeed.calendars.calendars import Calendars
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.hours import StoredHours
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError

_WIDTH_OF_A_FILE = 220
_MINUTE_MS = 60_000


def data_settings(data_dir: Path | None) -> Settings:
    """The settings, in which `data_dir` outranks the environment."""
    return read_settings({} if data_dir is None else {"data_dir": data_dir})


@contextmanager
def opened_store(settings: Settings) -> Iterator[BarStore]:
    """The store of these settings; a StoreProblem ends the command with its sentence."""
    store = BarStore(settings.store_dir)
    try:
        yield store
    except StoreProblem as problem:
        raise StartupError(str(problem)) from problem
    finally:
        store.close()


def hours_of(store: BarStore, settings: Settings) -> StoredHours:
    """When its symbols trade."""
    return StoredHours(store, Calendars(settings.calendar_dir, settings.calendar_file))


def chosen(symbols: Sequence[StoredSymbol], names: Sequence[str] | None) -> list[StoredSymbol]:
    """Those that `names` name (TICKER or EXCHANGE:TICKER in any case), or all; StartupError for no such."""
    if not names:
        return list(symbols)
    found = []
    for name in names:
        wanted = name.strip().upper().replace("/", "-")
        matches = [symbol for symbol in symbols if wanted in {symbol.ticker, symbol.key}]
        if not matches:
            raise StartupError(f"The store has no symbol {name}.")
        found += [symbol for symbol in matches if symbol not in found]
    return found


def console_of_output() -> Console:
    """Standard output; wide enough for a table where it is no terminal."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    return console if console.is_terminal else Console(width=_WIDTH_OF_A_FILE, highlight=False, markup=False)


def moment(time_ms: int) -> str:
    """A time in UTC, as short as it is exact to the second; a day alone for midnight."""
    when = datetime.fromtimestamp(time_ms / 1000, tz=UTC)
    if time_ms % 86_400_000 == 0:
        return f"{when:%Y-%m-%d}"
    return f"{when:%Y-%m-%d %H:%M}" if time_ms % _MINUTE_MS == 0 else f"{when:%Y-%m-%d %H:%M:%S}"
