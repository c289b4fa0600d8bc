"""At most so many updates a second for one subscription: the newest, never two closer than that."""

import asyncio
from collections.abc import Callable

from trading_api.shared.ws.frames import Frame
from trading_api.shared.ws.tally import WsTally


class Pacer:
    """Passes frames on to `send`, the first at once and later ones `interval` seconds apart at least."""

    __slots__ = ("_interval", "_loop", "_newest", "_next", "_send", "_tally", "_timer")

    def __init__(self, send: Callable[[Frame], None], interval: float, tally: WsTally | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        self._send = send
        self._interval = interval
        self._tally = tally or WsTally()
        self._next = 0.0
        self._newest: Frame | None = None
        self._timer: asyncio.TimerHandle | None = None

    def send(self, frame: Frame) -> None:
        """Send the frame now, or when it is time unless a newer one has come by then."""
        now = self._loop.time()
        if self._timer is None and now >= self._next:
            self._next = now + self._interval
            self._send(frame)
            return
        if self._newest is not None:
            self._tally.conflated["rate"] += 1
        self._newest = frame
        if self._timer is None:
            self._timer = self._loop.call_at(self._next, self._due)

    def stop(self) -> None:
        """Send nothing more."""
        self._newest = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self) -> None:
        self._timer = None
        frame, self._newest = self._newest, None
        if frame is not None:
            self._next = self._loop.time() + self._interval
            self._send(frame)
