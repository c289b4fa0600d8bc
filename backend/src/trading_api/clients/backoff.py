"""How long to wait before trying again."""

import random
from collections.abc import Callable
from dataclasses import dataclass

MOST_DOUBLINGS = 32
"""More would only overflow; the cap is reached long before."""


@dataclass(frozen=True)
class FullJitter:
    """Any time between nothing and a ceiling that doubles from `base` to `cap`, in seconds.

    Choosing from the whole range spreads the clients that lost the same server at the same moment.
    """

    base: float
    cap: float
    random: Callable[[], float] = random.random
    """A number in [0, 1)."""

    def delay(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row, of which there is at least one."""
        doublings = min(max(failures - 1, 0), MOST_DOUBLINGS)
        return self.random() * min(self.cap, self.base * 2.0**doublings)
