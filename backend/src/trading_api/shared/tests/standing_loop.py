"""An event loop on which no time passes by itself."""

import asyncio


class StandingLoop(asyncio.SelectorEventLoop):
    """Its time moves only when it is told to, and then fires what is due."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1_000.0

    def time(self) -> float:
        return self._now

    def pass_time(self, seconds: float) -> None:
        """Let so much time pass."""
        self._now += seconds
        self.call_soon(self.stop)
        self.run_forever()

    @property
    def timers(self) -> list[asyncio.TimerHandle]:
        """What is scheduled and not cancelled."""
        scheduled: list[asyncio.TimerHandle] = getattr(self, "_scheduled")  # noqa: B009
        return [timer for timer in scheduled if not timer.cancelled()]
