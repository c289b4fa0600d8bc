"""The hours of an exchange as symbol infos carry them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trading_api.shared.trading_session import TradingSession


@dataclass(frozen=True)
class TradingHours:
    """A session string with its zone, holidays and corrections, as `TradingSession` reads them.

    One object may serve any number of symbols, which then share what is remembered of its days.
    """

    session: str
    timezone: str
    holidays: str | None = None
    corrections: str | None = None

    @cached_property
    def trading_session(self) -> TradingSession:
        """The same, to be asked; raises ValueError for strings that are none."""
        return TradingSession(self.session, self.timezone, self.holidays, self.corrections)

    def with_more(self, holidays: str | None, corrections: str | None) -> "TradingHours":
        """These hours with further closed and special days, which outrank what they have for those days."""
        closed = set(_days(holidays))
        special = {day: hours for day, hours in _by_day(self.corrections).items() if day not in closed}
        special |= _by_day(corrections)
        return self._with(sorted({*_days(self.holidays), *closed} - special.keys()), special)

    def since(self, first: date) -> "TradingHours":
        """These hours without the days before `first`, which whoever has no older data need not carry."""
        oldest = f"{first:%Y%m%d}"
        special = {day: hours for day, hours in _by_day(self.corrections).items() if day >= oldest}
        return self._with([day for day in _days(self.holidays) if day >= oldest], special)

    def _with(self, holidays: Sequence[str], special: Mapping[str, str]) -> "TradingHours":
        days_of: dict[str, list[str]] = defaultdict(list)
        for day, hours in sorted(special.items()):
            days_of[hours].append(day)
        corrections = ";".join(f"{hours}:{','.join(days)}" for hours, days in days_of.items())
        return TradingHours(self.session, self.timezone, ",".join(holidays) or None, corrections or None)


def _days(text: str | None) -> list[str]:
    return [day for day in (text or "").split(",") if day]


def _by_day(corrections: str | None) -> dict[str, str]:
    parts = (part.partition(":") for part in (corrections or "").split(";") if part)
    return {day: hours for hours, _, days in parts for day in _days(days)}


ROUND_THE_CLOCK = TradingHours("24x7", "Etc/UTC")
"""What never closes."""
