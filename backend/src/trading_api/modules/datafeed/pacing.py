"""Real time as a provider uses it, so that tests can move it by hand."""

import asyncio
import time
from typing import Protocol


class Pacer(Protocol):
    """A steady clock, and a way to let it pass."""

    def monotonic(self) -> float:
        """Seconds of a clock that never jumps."""

    async def wait(self, seconds: float) -> None:
        """Return after `seconds`, or earlier when woken."""

    def wake(self) -> None:
        """End the wait that is under way."""


class WallPacer:
    """Time as it passes."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()

    def monotonic(self) -> float:
        return time.monotonic()

    async def wait(self, seconds: float) -> None:
        self._woken.clear()
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    def wake(self) -> None:
        self._woken.set()
