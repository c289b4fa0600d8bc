"""A page of memory that the load and a server share, so that neither asks the other anything while measured.

Only the standard library: servers of any environment import it.
"""

import asyncio
import mmap
from enum import IntEnum
from pathlib import Path

POLL_SECONDS = 0.01
UNLIMITED = 2**61


class Mode(IntEnum):
    """What a server publishes."""

    IDLE = 0
    SATURATE = 1
    """As fast as it can, within `window` rounds of what every client has."""
    PACED = 2
    """`rate` updates a second."""


class Field(IntEnum):
    """Places on the page."""

    MODE = 0
    RATE = 1
    WINDOW = 2
    ACKED = 3
    PUBLISHED = 4
    GOAL = 5
    UPDATES = 6
    BLOCKED = 7


class Control:
    """The load writes all fields except `published`; a round is one update of every topic."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._page = memoryview(mmap.mmap(file.fileno(), mmap.PAGESIZE)).cast("q")

    @classmethod
    def create(cls, path: Path) -> "Control":
        """A fresh page in the file `path`."""
        path.write_bytes(bytes(mmap.PAGESIZE))
        control = cls(path)
        control.goal = UNLIMITED
        return control

    @property
    def mode(self) -> Mode:
        """What to publish now."""
        return Mode(self._page[Field.MODE])

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._page[Field.MODE] = mode

    @property
    def rate(self) -> int:
        """Updates a second, of all topics together."""
        return self._page[Field.RATE]

    @rate.setter
    def rate(self, updates_a_second: int) -> None:
        self._page[Field.RATE] = updates_a_second

    @property
    def window(self) -> int:
        """Rounds that may be under way."""
        return self._page[Field.WINDOW]

    @window.setter
    def window(self, rounds: int) -> None:
        self._page[Field.WINDOW] = rounds

    @property
    def acked(self) -> int:
        """The last round that every client has seen."""
        return self._page[Field.ACKED]

    @acked.setter
    def acked(self, round_: int) -> None:
        self._page[Field.ACKED] = round_

    @property
    def published(self) -> int:
        """Whole rounds published so far; written by the server."""
        return self._page[Field.PUBLISHED]

    @published.setter
    def published(self, round_: int) -> None:
        self._page[Field.PUBLISHED] = round_

    @property
    def updates(self) -> int:
        """Updates published so far; written by the server."""
        return self._page[Field.UPDATES]

    @updates.setter
    def updates(self, count: int) -> None:
        self._page[Field.UPDATES] = count

    @property
    def blocked(self) -> int:
        """Nanoseconds for which the server has waited for clients to catch up; written by the server."""
        return self._page[Field.BLOCKED]

    @blocked.setter
    def blocked(self, nanoseconds: int) -> None:
        self._page[Field.BLOCKED] = nanoseconds

    @property
    def goal(self) -> int:
        """The last round to publish."""
        return self._page[Field.GOAL]

    @goal.setter
    def goal(self, round_: int) -> None:
        self._page[Field.GOAL] = round_

    async def reached_goal(self) -> None:
        """Wait until the last round is published."""
        # No event can tell: another process counts.
        while self.published < self.goal:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
