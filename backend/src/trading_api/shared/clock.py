"""The market's time: the wall clock for live and simulated markets, the playing moment for a replay."""

import time
from typing import Protocol


class Clock(Protocol):
    """Where the present moment comes from."""

    def now_ms(self) -> int:
        """The market's time in ms UTC."""


class SystemClock:
    """The market's time is the wall clock's."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class PlaybackClock:
    """The market's time is the moment that a replay has reached; it runs backwards only by a jump."""

    def __init__(self, start_ms: int = 0) -> None:
        self._now_ms = start_ms

    def now_ms(self) -> int:
        return self._now_ms

    def advance_to(self, time_ms: int) -> None:
        """Move on to `time_ms`; raises ValueError for a moment that has passed."""
        if time_ms < self._now_ms:
            raise ValueError(f"the market's time cannot run backwards from {self._now_ms} to {time_ms}")
        self._now_ms = time_ms

    def jump_to(self, time_ms: int) -> None:
        """Show `time_ms`, before or after the moment shown now."""
        self._now_ms = time_ms
