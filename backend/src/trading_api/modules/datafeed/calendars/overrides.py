"""The user's own hours: a JSON file that adds to the computed calendars, or takes their place."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from trading_api.modules.datafeed.calendars.hours import ROUND_THE_CLOCK, TradingHours
from trading_api.shared.errors import StartupError, echo

LARGEST_BYTES = 4 * 1024 * 1024


class OwnHours(BaseModel):
    """One entry: days that differ from a calendar's, or a session of its own with or without such days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    calendar: str | None = None
    """Whose days to take; without it, those of the symbol's or the entry's own calendar."""
    session: str | None = None
    timezone: str | None = None
    holidays: str | None = None
    corrections: str | None = None

    @property
    def whole(self) -> bool:
        """Whether the entry is all there is to say."""
        return self.session is not None and self.calendar is None

    def applied_to(self, hours: TradingHours) -> TradingHours:
        """`hours` as the entry has them."""
        if self.session is not None and self.timezone is not None:
            days = (None, None) if self.whole else (hours.holidays, hours.corrections)
            hours = TradingHours(self.session, self.timezone, *days)
        return hours.with_more(self.holidays, self.corrections)


Overrides = Mapping[str, OwnHours]
"""By calendar, ticker or EXCHANGE:TICKER, in capitals."""


def read_overrides(path: Path | None) -> Overrides:
    """The entries of the file; raises StartupError with one sentence that names the entry that is wrong."""
    if path is None:
        return {}
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"it is larger than {LARGEST_BYTES} bytes")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(content, dict):
            raise ValueError(f"it is {echo(content)!r} and not an object")
    except (OSError, ValueError) as error:
        raise StartupError(f"The calendar file {path} cannot be read: {error}.") from error
    return {name.upper(): _entry(path, name, value) for name, value in content.items()}


def _entry(path: Path, name: str, value: object) -> OwnHours:
    try:
        entry = OwnHours.model_validate(value, strict=True)
        if (entry.session is None) != (entry.timezone is None):
            raise ValueError("session and timezone belong together")
        entry.applied_to(ROUND_THE_CLOCK).trading_session  # noqa: B018  # raises what is wrong
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "entry"
        raise _refused(path, name, f"{where}: {first['msg']}") from error
    except ValueError as error:
        raise _refused(path, name, str(error)) from error
    return entry


def _refused(path: Path, name: str, reason: str) -> StartupError:
    return StartupError(f"The calendar file {path} has a wrong entry '{echo(name)}': {reason}.")
