"""What has happened on a module's connections, in plain numbers that cost nothing to keep."""

from bisect import bisect_left
from collections import Counter
from typing import Literal

Recovery = Literal["recovered", "snapshot"]
Reason = Literal["slow", "rate"]

BOUNDS_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
SAMPLED_UPDATES = 64
"""One in so many updates is timed."""
CLIENT_CODES = frozenset({1000, 1001, 1005, 1006})
"""Close codes of clients that are counted one by one; what else a client may think of is `other`."""


class Delays:
    """A histogram of seconds."""

    __slots__ = ("counts", "seconds")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS_SECONDS) + 1)
        self.seconds = 0.0

    def observe(self, seconds: float) -> None:
        """Count one delay."""
        self.counts[bisect_left(BOUNDS_SECONDS, seconds)] += 1
        self.seconds += seconds


class WsTally:
    """Counters of all connections of one WebSocket application, since it began."""

    __slots__ = ("closes", "conflated", "delays", "opened", "queue_high_water", "recoveries", "written_bytes")

    def __init__(self) -> None:
        self.opened = 0
        self.written_bytes = 0
        self.queue_high_water = 0
        """The most bytes that ever waited for one client."""
        self.conflated: dict[Reason, int] = {"slow": 0, "rate": 0}
        """Updates in whose place a newer one was sent, to a slow client or to one that caps the rate."""
        self.recoveries: dict[Recovery, int] = {"recovered": 0, "snapshot": 0}
        """Subscriptions that asked to recover, by what they got."""
        self.closes: Counter[str] = Counter()
        """Connections that ended, by the server's close code or else the client's."""
        self.delays = Delays()
        """Seconds from the publication of an update until it was written to all who keep up."""

    def count_close(self, ours: int | None, theirs: int) -> None:
        """A connection has ended: by us with this code, or by the client with that."""
        code = ours if ours is not None else theirs if theirs in CLIENT_CODES else "other"
        self.closes[str(code)] += 1
