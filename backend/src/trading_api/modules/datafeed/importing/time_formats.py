"""Which way of writing times a column follows, found from some of its texts."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

_DATES = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m-%d-%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%b %d %Y",
)
_CLOCKS = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%H%M%S", "%H%M")
_FORMATS = (
    *_DATES,
    *(
        f"{day}{between}{clock}{zone}"
        for day, between, clock, zone in product(_DATES, (" ", "T", ""), _CLOCKS, ("", "Z", "%z", " %z"))
        if between or day == "%Y%m%d"
    ),
)
_EPOCH = re.compile(r"\d{9,19}(\.0+)?")
_DIGITS_OF_UNITS = {10: 1_000_000, 13: 1_000, 16: 1}
"""So many digits at most before the point, and what one is in microseconds; longer ones are nanoseconds."""


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """How times are written: a format of `strptime`, or the microseconds of one unit since 1970.

    Nanoseconds are a thousandth, written as 0.
    """

    text: str = ""
    epoch_us: int | None = None

    @property
    def has_zone(self) -> bool:
        """Whether each time tells how far it is from UTC."""
        return self.epoch_us is not None or self.text.endswith(("Z", "%z"))

    def __str__(self) -> str:
        names = {1_000_000: "seconds", 1_000: "milliseconds", 1: "microseconds", 0: "nanoseconds"}
        return self.text if self.epoch_us is None else f"{names[self.epoch_us]} since 1970, UTC"


def candidates(texts: Sequence[str], told: str | None) -> list[TimeFormat]:
    """The formats that all of `texts` follow, or else those of the first one; empty if there are none."""
    if told is not None:
        return [TimeFormat(told)]
    found = [text for text in _FORMATS if _follows(texts[0], text)]
    if _is_day_and_clock(texts[0]):
        return [TimeFormat(text) for text in found]
    if _EPOCH.fullmatch(texts[0]):
        return [TimeFormat(epoch_us=_unit(texts[0]))]
    agreed = [text for text in found if all(_follows(other, text) for other in texts)]
    return [TimeFormat(text) for text in agreed or found]


def _follows(text: str, form: str) -> bool:
    if form.endswith("Z") and not text.endswith("Z"):
        return False
    if form.endswith("%z") and text.endswith("Z"):
        return False
    try:
        time.strptime(text, form)
    except ValueError:
        return False
    return True


def _is_day_and_clock(text: str) -> bool:
    """Whether a row of digits is written like 201911010930 or 20191101093000."""
    return (
        len(text) in {12, 14} and text.isdecimal() and text[:2] in {"19", "20"} and "01" <= text[4:6] <= "12"
    )


def _unit(text: str) -> int:
    digits = len(text.partition(".")[0])
    return next((unit for most, unit in _DIGITS_OF_UNITS.items() if digits <= most), 0)
