"""Playing a tape against real time: speed, pause, steps, jumps, and skipping of what nobody recorded."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from trading_api.models.market.status import ReplayControl, ReplayState
from trading_api.models.market.ticks import ClockMoved
from trading_api.modules.datafeed.bars.resolution import MINUTE_MS, Resolution, period_at
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import Emit, HistoryChanged
from trading_api.modules.datafeed.providers.replay.controls import Change, understood
from trading_api.modules.datafeed.providers.replay.position_file import PositionFile
from trading_api.modules.datafeed.providers.replay.tape import RecordedTape, Reel
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.trading_session import TradingSession

SKIPPED_SILENCE_MS = 5 * MINUTE_MS
"""A longer stretch without any event is skipped."""
LONGEST_WAIT = 0.25
"""Seconds; the market's time moves at least this often, and never further at once."""
IDLE_WAIT = 60.0
SAVE_INTERVAL = 1.0
EVENTS_PER_TURN = 100
"""After so many events whoever else has work is let in."""


class Playback:
    """The playing moment and its controls.

    `position` is the moment up to which everything has been emitted. The clock shows the same, except
    before the first event of a chosen moment, which is still to come at the moment that the clock shows.
    """

    def __init__(
        self,
        tape: RecordedTape,
        sessions: Iterable[TradingSession],
        clock: PlaybackClock,
        pacer: Pacer,
        saved: PositionFile,
        *,
        speed: Decimal,
        playing: bool,
    ) -> None:
        self._whole = self._tape = tape
        self._sessions = tuple(sessions)
        self._clock = clock
        self._pacer = pacer
        self._saved = saved
        self._speed = speed
        self._playing = playing
        self._loop = False
        self._symbols: list[str] | None = None
        self._step_end: int | None = None
        self._budget = 0.0
        self._start = tape.first
        self._emit: Emit | None = None
        self._jumps = 0
        self.position = 0
        self._reel = Reel(tape, 0)

    @property
    def finished(self) -> bool:
        """Whether everything has been played; the clock stands still then."""
        return self.position >= self._tape.last

    def start_at(self, start: int | None) -> None:
        """Begin at `start`, else where the last run stopped, else with the first event."""
        saved = None if start is not None else self._saved.read()
        if saved is None:
            self._start = max(start if start is not None else self._tape.first, 1)
            self._reach_clock(self._start)
            self.position = self._start - 1
        else:
            self._reach_clock(saved)
            self.position = saved
        self._reel = Reel(self._tape, self.position)

    def plays(self, ticker: str) -> bool:
        """Whether the symbol is among those that are played."""
        return self._symbols is None or ticker in self._symbols

    def state(self) -> ReplayState:
        """Where the replay is and how it runs."""
        return ReplayState(
            time=self._clock.now_ms(),
            start=self._start,
            end=max(self._tape.last, self._start),
            speed=self._speed,
            playing=self._playing and (self._loop or not self.finished),
            finished=self.finished,
            loop=self._loop,
            symbols=self._symbols,
        )

    def change(self, control: ReplayControl) -> None:
        """Do all that is asked for; raises TradingError, and then nothing is done."""
        change = understood(control, self._whole, self._tape)
        self._choose(change)
        if control.speed is not None:
            self._speed = control.speed
        if control.loop is not None:
            self._loop = control.loop
        if control.playing is not None:
            self._playing = control.playing
            self._step_end = None
        if change.step is not None:
            self._begin_step(change.step)
        self._pacer.wake()

    async def run(self, emit: Emit) -> None:
        """Play until cancelled; the position is saved once a second and at the end."""
        self._emit = emit
        saved_at = self._pacer.monotonic()
        last = saved_at
        playing = self._playing
        try:
            while True:
                now = self._pacer.monotonic()
                elapsed, last = min(now - last, LONGEST_WAIT), now
                if playing:
                    await self._advance(elapsed, emit)
                self._turn_at_the_end()
                if now - saved_at >= SAVE_INTERVAL or self.finished:
                    self._saved.write(self.position)
                    saved_at = now
                playing = self._playing and not self.finished  # a pause does not count as time to play
                await self._pacer.wait(self._pause())
        finally:
            self._emit = None
            self._saved.write(self.position)

    @property
    def _unpaced(self) -> bool:
        return self._speed == 0 or self._step_end is not None

    def _choose(self, change: Change) -> None:
        """Another moment or other symbols: what was said of the past is no longer what was played."""
        if change.tape is not None:
            self._tape = change.tape
            self._symbols = change.control.symbols or None
        if change.control.time is not None:
            self._jump(change.control.time)
        elif change.tape is not None:
            self._reel = Reel(self._tape, self.position)
            self._tell(HistoryChanged())

    def _jump(self, time: int) -> None:
        """Be at `time`, whatever was before, with its events still to come."""
        self._jumps += 1
        self._budget = 0.0
        self._step_end = None
        self.position = time - 1
        self._clock.jump_to(time)
        self._reel = Reel(self._tape, self.position)
        self._tell(HistoryChanged())
        self._tell(ClockMoved(time, jumped=True))

    def _tell(self, message: HistoryChanged | ClockMoved) -> None:
        if self._emit is not None:
            self._emit(message)

    def _begin_step(self, resolution: Resolution) -> None:
        """Play to the end of the bar in which the next event is."""
        time = self._reel.time
        if time is None:
            return
        session = self._tape.instrument(self._reel.event).session
        period = period_at(session, resolution, time)
        self._step_end = time if period is None else period.end - 1
        self._playing = True

    def _turn_at_the_end(self) -> None:
        """A loop begins anew; otherwise a step that was under way is over."""
        if not self.finished:
            return
        if self._step_end is not None:
            self._end_step()
        elif self._loop and self._playing:
            self._jump(self._start if self._tape.last >= self._start else self._tape.first)

    def _end_step(self) -> None:
        self._step_end = None
        self._playing = False

    async def _advance(self, elapsed: float, emit: Emit) -> None:
        target = self._target(elapsed)
        jumps = self._jumps
        in_turn = 0
        while self._playing and jumps == self._jumps and (event := self._reel.time) is not None:
            if self._step_end is not None and event > self._step_end:
                self._play_moment(max(self._step_end, self.position), emit, clock=True)
                self._end_step()
                return
            if event - self.position > SKIPPED_SILENCE_MS:
                await self._skip_to(event - 1, emit)
                return
            moment = min(event, (self.position // MINUTE_MS + 1) * MINUTE_MS)
            if target is not None and moment > target:
                self._reach(max(target, self.position))
                return
            in_turn += self._play_moment(moment, emit)
            if in_turn >= EVENTS_PER_TURN:
                if target is None:
                    return
                in_turn = 0
                await asyncio.sleep(0)

    def _target(self, elapsed: float) -> int | None:
        """How far the market's time may go now; None: as far as there is something to play."""
        if self._unpaced:
            self._budget = 0.0
            return None
        self._budget += elapsed * 1000 * float(self._speed)
        whole = int(self._budget)
        self._budget -= whole
        return self.position + whole

    def _play_moment(self, moment: int, emit: Emit, *, clock: bool = False) -> int:
        """Emit all that happens at `moment` without a pause; how much that was."""
        self._reach(moment)
        played = self._reel.play(moment, emit)
        if clock or moment % MINUTE_MS == 0 or self.finished:
            emit(ClockMoved(moment))
        return played

    async def _skip_to(self, moment: int, emit: Emit) -> None:
        """Move on at once, telling of each end of a session on the way and of the arrival."""
        jumps = self._jumps
        for count, close in enumerate(self._closes(self.position, moment)):
            if jumps != self._jumps or not self._playing:
                return
            self._reach(close)
            emit(ClockMoved(close))
            if count % EVENTS_PER_TURN == 0:
                await asyncio.sleep(0)
        if jumps == self._jumps:
            self._reach(moment)
            emit(ClockMoved(moment))
            self._budget = 0.0

    def _closes(self, after: int, before: int) -> list[int]:
        """Ends of sessions later than `after` and earlier than `before`."""
        day = _utc_day(after) - timedelta(days=1)
        last = _utc_day(before) + timedelta(days=1)
        closes = set()
        while day <= last:
            for session in self._sessions:
                closes |= {period.close for period in session.periods(day.date())}
            day += timedelta(days=1)
        return sorted(close for close in closes if after < close < before)

    def _reach(self, moment: int) -> None:
        self.position = moment
        self._reach_clock(moment)

    def _reach_clock(self, moment: int) -> None:
        if moment > self._clock.now_ms():
            self._clock.advance_to(moment)

    def _pause(self) -> float:
        """Seconds to wait before there can be anything to do."""
        event = self._reel.time
        if not self._playing or event is None:
            return IDLE_WAIT
        if self._unpaced:
            return 0.0
        moment = min(event, (self.position // MINUTE_MS + 1) * MINUTE_MS)
        wait = (moment - self.position - self._budget) / 1000 / float(self._speed)
        return min(max(wait, 0.001), LONGEST_WAIT)


def _utc_day(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms / 1000, tz=UTC)
