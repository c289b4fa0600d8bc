"""Recorded markets as a provider."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from trading_api.models.market.status import SymbolState
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import (
    BaseProvider,
    Book,
    DataKind,
    Emit,
    Instrument,
    ReplayControls,
)
from trading_api.modules.datafeed.providers.replay.controls import iso
from trading_api.modules.datafeed.providers.replay.playback import Playback
from trading_api.modules.datafeed.providers.replay.position_file import PositionFile
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries
from trading_api.modules.datafeed.providers.replay.tape import RecordedTape
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.errors import StartupError

POSITION_FILE = "clock.json"


class ReplayProvider(BaseProvider):
    """Plays the recordings that `read` finds and remembers in `state_dir` how far it came.

    `start` outranks what is remembered; without a zone it is UTC.
    """

    name = "replay"
    kind: DataKind = "replayed"

    def __init__(
        self,
        read: Callable[[], Sequence[RecordedSeries]],
        state_dir: Path,
        clock: PlaybackClock,
        pacer: Pacer,
        *,
        start: datetime | None = None,
        speed: Decimal = Decimal(1),
        paused: bool = False,
    ) -> None:
        self._read = read
        self._saved = PositionFile(state_dir / POSITION_FILE)
        self._clock = clock
        self._pacer = pacer
        self._start = start
        self._speed = speed
        self._paused = paused
        self._series: dict[str, RecordedSeries] = {}
        self._playback: Playback | None = None

    @property
    def replay(self) -> ReplayControls:
        return self._loaded()

    def load(self) -> None:
        series = self._read()
        self._series = {one.instrument.ticker: one for one in series}
        tape = RecordedTape(series)
        start = None if self._start is None else _milliseconds(self._start)
        if start is not None and start > tape.last:
            raise StartupError(f"The recordings end at {iso(tape.last)}, before the start {iso(start)}.")
        playback = Playback(
            tape,
            {(i.info.session, i.info.timezone): i.session for i in self.instruments()}.values(),
            self._clock,
            self._pacer,
            self._saved,
            speed=self._speed,
            playing=not self._paused,
        )
        playback.start_at(start)
        self._playback = playback

    def instruments(self) -> Sequence[Instrument]:
        return [one.instrument for one in self._series.values()]

    def position(self) -> int:
        return self._loaded().position

    def quote(self, ticker: str, until: int) -> Quote | None:
        return self._series[ticker].quote(until)

    def trade(self, ticker: str, until: int) -> Trade | None:
        return self._series[ticker].trade(until)

    def trades(self, ticker: str, until: int, limit: int) -> Sequence[Trade]:
        return self._series[ticker].trades(until, limit)

    def book(self, ticker: str, until: int, levels: int) -> Book | None:
        return self._series[ticker].book(until, levels)

    def state(self, ticker: str, until: int) -> SymbolState:
        if not self._loaded().plays(ticker):
            return "idle"
        found = self._series[ticker].state(until)
        return "closed" if found == "replayed" and self._loaded().finished else found

    def problem(self, ticker: str) -> str | None:
        if self._loaded().plays(ticker):
            return self._series[ticker].book_problem(self.position())
        return f"{ticker} is not among the symbols that are played."

    def first(self, ticker: str, base: Resolution) -> int | None:
        return self._series[ticker].first(base)

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        return self._series[ticker].rows(base, start, stop, until)

    def actions(self, ticker: str) -> Sequence[CorporateAction]:
        return self._series[ticker].actions

    async def run(self, emit: Emit) -> None:
        await self._loaded().run(emit)

    def _loaded(self) -> Playback:
        if self._playback is None:
            raise RuntimeError("the recordings have not been loaded")
        return self._playback


def _milliseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
