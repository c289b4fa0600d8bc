"""One file into the store: all that an importer finds in it, or nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.importing.imported import (
    Imported,
    ImportedActions,
    ImportedBars,
    ImportedTicks,
    ImportProblem,
)
from trading_api.modules.datafeed.importing.importer import Importer
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.store.commit import Batch, Written
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.sources import source_of
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.tables import QUOTE_SERIES, TRADE_SERIES, bar_series


@dataclass(slots=True)
class SeriesIntake:
    """What a file has of one series; times in ms UTC."""

    rows: int
    first: int
    last: int


@dataclass(slots=True)
class Intake:
    """What a file has: its series by symbol and name, how many corporate actions, and what was guessed."""

    series: dict[tuple[str, str], SeriesIntake] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    written: Written | None = None
    """None: it had been imported before."""


def take_in(
    store: BarStore, importer: Importer, path: Path, options: ImportOptions, how: str, *, again: bool
) -> Intake:
    """Import the file at `path`, unless it has been imported before in the same way, which `how` tells.

    Raises ImportProblem or StoreProblem, and then nothing of the file is in the store.
    """
    intake = Intake()
    try:
        source = source_of(path, how)
        if not again and store.has(source):
            return intake
        batch = store.batch(source)
        for part in importer.read(path, options):
            _add(batch, intake, part)
    except OSError as error:
        raise ImportProblem(path, None, f"cannot be read ({error.strerror or error})") from error
    try:
        intake.written = batch.commit()
    except StoreProblem as problem:
        raise ImportProblem(path, None, f"cannot be taken in: {str(problem).removesuffix('.')}") from problem
    return intake


def _add(batch: Batch, intake: Intake, part: Imported) -> None:
    if part.note:
        intake.notes.append(part.note)
    match part:
        case ImportedBars():
            batch.bars(part.symbol, part.base, part.bars, part.side)
            _count(intake, part.symbol.key, bar_series(part.base, part.side), part.bars.time)
        case ImportedTicks():
            batch.ticks(part.symbol, part.trades, part.quotes)
            for series, ticks in ((TRADE_SERIES, part.trades), (QUOTE_SERIES, part.quotes)):
                if ticks is not None:
                    _count(intake, part.symbol.key, series, ticks.time)
        case ImportedActions():
            batch.actions(part.symbol, part.actions)
            intake.actions[part.symbol.key] = len(part.actions)


def _count(intake: Intake, symbol: str, series: str, times: IntArray) -> None:
    if not len(times):
        return
    first, last = int(times.min()), int(times.max())
    known = intake.series.setdefault((symbol, series), SeriesIntake(0, first, last))
    known.rows += len(times)
    known.first, known.last = min(known.first, first), max(known.last, last)
