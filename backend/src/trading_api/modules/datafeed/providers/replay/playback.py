"""Playing a tape against real time: speed, pause, and skipping of what nobody recorded."""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from trading_api.models.market.status import ReplayControl, ReplayState
from trading_api.models.market.ticks import ClockMoved
from trading_api.modules.datafeed.bars.resolution import MINUTE_MS
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import Emit
from trading_api.modules.datafeed.providers.replay.position_file import PositionFile
from trading_api.modules.datafeed.providers.replay.tape import RecordedTape
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
    before the first event of a chosen start, which is still to come at the moment that the clock shows.
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
        self._tape = tape
        self._sessions = tuple(sessions)
        self._clock = clock
        self._pacer = pacer
        self._saved = saved
        self._speed = speed
        self._playing = playing
        self._next = 0
        self._budget = 0.0
        self._start = tape.times[0]
        self.position = 0

    @property
    def finished(self) -> bool:
        """Whether everything has been played; the clock stands still then."""
        return self._next >= len(self._tape)

    def start_at(self, start: int | None) -> None:
        """Begin at `start`, else where the last run stopped, else with the first event."""
        saved = None if start is not None else self._saved.read()
        if saved is None:
            self._start = max(start if start is not None else self._tape.times[0], 1)
            self._reach_clock(self._start)
            self.position = self._start - 1
        else:
            self._reach_clock(saved)
            self.position = saved
        self._next = bisect_right(self._tape.times, self.position)

    def state(self) -> ReplayState:
        """Where the replay is and how it runs."""
        return ReplayState(
            time=self._clock.now_ms(),
            start=self._start,
            end=max(self._tape.times[-1], self._start),
            speed=self._speed,
            playing=self._playing and not self.finished,
            finished=self.finished,
        )

    def change(self, control: ReplayControl) -> None:
        """Pause or play, and set the speed."""
        if control.playing is not None:
            self._playing = control.playing
        if control.speed is not None:
            self._speed = control.speed
        self._pacer.wake()

    async def run(self, emit: Emit) -> None:
        """Play until cancelled; the position is saved once a second and at the end."""
        saved_at = self._pacer.monotonic()
        last = saved_at
        playing = self._playing
        try:
            while True:
                now = self._pacer.monotonic()
                elapsed, last = min(now - last, LONGEST_WAIT), now
                if playing:
                    await self._advance(elapsed, emit)
                if now - saved_at >= SAVE_INTERVAL or self.finished:
                    self._saved.write(self.position)
                    saved_at = now
                playing = self._playing and not self.finished  # a pause does not count as time to play
                await self._pacer.wait(self._pause())
        finally:
            self._saved.write(self.position)

    async def _advance(self, elapsed: float, emit: Emit) -> None:
        self._budget += elapsed * 1000 * float(self._speed)
        whole = int(self._budget)
        self._budget -= whole
        target = self.position + whole
        in_turn = 0
        while self._playing and not self.finished:
            event = self._tape.times[self._next]
            if event - self.position > SKIPPED_SILENCE_MS:
                await self._skip_to(event - 1, emit)
                return
            moment = min(event, (self.position // MINUTE_MS + 1) * MINUTE_MS)
            if moment > target:
                self._reach(max(target, self.position))
                return
            in_turn += self._play_moment(moment, emit)
            if in_turn >= EVENTS_PER_TURN:
                in_turn = 0
                await asyncio.sleep(0)

    def _play_moment(self, moment: int, emit: Emit) -> int:
        """Emit all that happens at `moment` without a pause; how much that was."""
        self._reach(moment)
        first, self._next = self._next, bisect_right(self._tape.times, moment, lo=self._next)
        for tick in self._tape.ticks(first, self._next):
            emit(tick)
        if moment % MINUTE_MS == 0 or self.finished:
            emit(ClockMoved(moment))
        return self._next - first

    async def _skip_to(self, moment: int, emit: Emit) -> None:
        """Move on at once, telling of each end of a session on the way and of the arrival."""
        for count, close in enumerate(self._closes(self.position, moment)):
            self._reach(close)
            emit(ClockMoved(close))
            if count % EVENTS_PER_TURN == 0:
                await asyncio.sleep(0)
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
        if not self._playing or self.finished:
            return IDLE_WAIT
        moment = min(self._tape.times[self._next], (self.position // MINUTE_MS + 1) * MINUTE_MS)
        wait = (moment - self.position - self._budget) / 1000 / float(self._speed)
        return min(max(wait, 0.001), LONGEST_WAIT)


def _utc_day(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms / 1000, tz=UTC)
