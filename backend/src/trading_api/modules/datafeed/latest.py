"""Publishing the newest of fast values at a bounded rate."""

import asyncio
from collections.abc import Callable
from typing import Protocol


class Cancellable(Protocol):
    """A call that has not been made yet."""

    def cancel(self) -> None:
        """Do not make it."""


class Timers(Protocol):
    """What is needed of an event loop."""

    def time(self) -> float:
        """Seconds of a clock that never jumps."""

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Cancellable:
        """Call `callback` after `delay` seconds."""


class LatestValue:
    """Calls `flush` at once after a change, then at most once every `interval` seconds.

    The last change is always flushed. Changes made in one go are flushed together, after the code that
    made them has run.
    """

    def __init__(self, flush: Callable[[], None], interval: float, timers: Timers | None = None) -> None:
        self._flush = flush
        self._interval = interval
        self._loop: Timers = timers or asyncio.get_running_loop()
        self._flushed = float("-inf")
        self._timer: Cancellable | None = None

    @property
    def pending(self) -> bool:
        """Whether a change waits to be flushed."""
        return self._timer is not None

    def changed(self) -> None:
        """There is a newer value."""
        if self._timer is None:
            delay = max(0.0, self._flushed + self._interval - self._loop.time())
            self._timer = self._loop.call_later(delay, self.flush)

    def flush(self) -> None:
        """Publish now."""
        self.stop()
        self._flushed = self._loop.time()
        self._flush()

    def stop(self) -> None:
        """Forget a change that waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
