"""Time that a test moves by hand."""

import asyncio
from collections.abc import Callable


class EndOfTest(Exception):
    """The time a test wanted to see has passed."""


class HandClock:
    """A market clock that shows what it is set to."""

    def __init__(self, now_ms: int) -> None:
        self.now = now_ms

    def now_ms(self) -> int:
        return self.now


class HandPacer:
    """Waiting makes the time pass at once; after `seconds` it ends the run that waits."""

    def __init__(self, seconds: float, clock: HandClock | None = None) -> None:
        self.end = seconds
        self.elapsed = 0.0
        self.woken = 0
        self.on_wait: Callable[[], None] = lambda: None
        self._clock = clock
        self._clock_start = 0 if clock is None else clock.now

    def monotonic(self) -> float:
        return self.elapsed

    async def wait(self, seconds: float) -> None:
        self.on_wait()
        if self.elapsed >= self.end:
            raise EndOfTest
        self.elapsed += seconds
        if self._clock is not None:
            self._clock.now = self._clock_start + round(self.elapsed * 1000)
        await asyncio.sleep(0)

    def wake(self) -> None:
        self.woken += 1


class _Timer:
    def __init__(self, when: float, callback: Callable[[], None]) -> None:
        self.when = when
        self.callback = callback
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class HandTimers:
    """Timers of an event loop that go off when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0
        self._timers: list[_Timer] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], None], /) -> _Timer:
        timer = _Timer(self.now + delay, callback)
        self._timers.append(timer)
        return timer

    def pass_time(self, seconds: float) -> None:
        """Let time pass and call what falls due, in order."""
        self.now += seconds
        due = sorted((t for t in self._timers if t.when <= self.now), key=lambda timer: timer.when)
        self._timers = [timer for timer in self._timers if timer.when > self.now]
        for timer in due:
            if not timer.cancelled:
                timer.callback()
