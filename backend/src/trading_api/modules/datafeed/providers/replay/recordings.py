"""Finding recordings in a folder, or in the store, and reading them into memory.

Layout of a folder: `lean/<type>/<market>/...` as the Lean engine keeps it, `hftbacktest/**/*.gz`, and
`cryptofeed/EXCHANGE.{ws,http}.*`.
"""

from collections.abc import Iterable
from pathlib import Path

from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, SECOND
from trading_api.modules.datafeed.formats.reading import RecordingError
from trading_api.modules.datafeed.importing.imported import (
    Imported,
    ImportedActions,
    ImportedBars,
    ImportedTicks,
    ImportProblem,
)
from trading_api.modules.datafeed.importing.lean_files import LeanImporter
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.providers.replay.gathering import Gathered
from trading_api.modules.datafeed.providers.replay.listing import HoursOf, plain_hours
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries
from trading_api.modules.datafeed.providers.replay.texts import text_series
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.tables import Side
from trading_api.shared.errors import StartupError

_EVER = 2**62


def read_recordings(root: Path, hours: HoursOf = plain_hours) -> list[RecordedSeries]:
    """One series a symbol; raises StartupError for what cannot be read or holds nothing."""
    try:
        if not root.is_dir():
            raise RecordingError(root, None, "is not a folder of recordings")
        return _playable([*_lean(root, hours), *text_series(root, hours)], str(root))
    except (RecordingError, ImportProblem, StoreProblem) as error:
        raise StartupError(str(error)) from error


def read_store(store: BarStore, hours: HoursOf = plain_hours) -> list[RecordedSeries]:
    """One series a symbol of the store; raises StartupError for what is damaged or holds nothing."""
    try:
        return _playable([one.series(hours) for one in _stored(store)], str(store.root))
    except StoreProblem as error:
        raise StartupError(str(error)) from error


def _playable(found: list[RecordedSeries], place: str) -> list[RecordedSeries]:
    if not any(len(series.times) for series in found):
        raise StartupError(f"{place}: holds no recordings that can be played.")
    return _under_own_names(found)


def _under_own_names(found: list[RecordedSeries]) -> list[RecordedSeries]:
    """Of two symbols with one name, the later bears that of its exchange as well."""
    by_ticker: dict[str, RecordedSeries] = {}
    for series in found:
        info = series.instrument.info
        if info.ticker in by_ticker:
            series.rename(f"{info.exchange}.{info.ticker}")
        by_ticker[series.instrument.ticker] = series
    return list(by_ticker.values())


def _lean(root: Path, hours: HoursOf) -> Iterable[RecordedSeries]:
    folder = root / "lean"
    if not any(folder.rglob("*.zip")):
        return
    found: dict[str, Gathered] = {}
    reader, options = LeanImporter(), ImportOptions()
    for path in reader.files(folder):
        for part in reader.read(path, options):
            _take(found.setdefault(part.symbol.key, Gathered(part.symbol)), part)
    for gathered in found.values():
        yield gathered.series(hours)


def _take(gathered: Gathered, part: Imported) -> None:
    gathered.symbol = gathered.symbol.with_places_of(part.symbol)
    places = part.symbol.price_places
    match part:
        case ImportedActions():
            gathered.actions = part.actions
        case ImportedTicks():
            if part.trades is not None:
                gathered.trades.append((places, part.trades))
            if part.quotes is not None:
                gathered.quotes.append((places, part.quotes))
        case ImportedBars():
            gathered.bars.setdefault((part.base, part.side), []).append((places, part.bars))


def _stored(store: BarStore) -> Iterable[Gathered]:
    for symbol in store.symbols():
        names, places = (symbol.exchange, symbol.ticker), symbol.price_places
        found = Gathered(symbol, actions=store.actions(*names))
        found.trades.append((places, store.trades(*names, 0, _EVER)))
        found.quotes.append((places, store.quotes(*names, 0, _EVER)))
        for base in (SECOND, MINUTE, DAY):
            for side in Side:
                found.bars[base, side] = [(places, store.rows(*names, base, 0, _EVER, side))]
        yield found
