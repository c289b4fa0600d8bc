"""The hours of exchange calendars, computed once and kept in files."""

import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from threading import Lock

from trading_api.modules.datafeed.calendars.hours import ROUND_THE_CLOCK, TradingHours
from trading_api.modules.datafeed.calendars.overrides import OwnHours, read_overrides
from trading_api.modules.datafeed.calendars.versions import calendars_version, time_zones_version
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError, echo

FIRST_YEAR = 1970
"""No time before it has a number on the wire."""
YEARS_AHEAD = 2
COMPUTING = Path(__file__).with_name("computing.py")
COMPUTING_SECONDS = 60
_ALWAYS = frozenset({"24x7", "24/7"})
_NAME = re.compile(r"[A-Za-z0-9_/]{1,32}")


class Calendars:
    """Hours by the name of a calendar: a MIC such as `XNYS`, another of exchange_calendars, or `24x7`.

    `folder` keeps what has been computed, a file a calendar; `own` is the user's file. All processes may use
    the same folder at once. To be used from any thread; computing takes about two seconds, once.
    """

    def __init__(self, folder: Path, own: Path | None = None, today: date | None = None) -> None:
        """Raises StartupError for a file with a wrong entry. `today` bounds the years that are computed."""
        self._folder = folder
        self._own = read_overrides(own)
        self._last_year = (today or date.today()).year + YEARS_AHEAD  # noqa: DTZ011  # a year, of any zone
        self._known: dict[str, TradingHours] = {}
        self._changed: dict[tuple[OwnHours, str], TradingHours] = {}
        self._lock = Lock()

    @classmethod
    def of(cls, settings: Settings) -> "Calendars":
        """The calendars that these settings ask for; raises StartupError for a file with a wrong entry."""
        return cls(settings.calendar_dir, settings.calendar_file)

    def hours_of(self, calendar: str, exchange: str = "", ticker: str = "") -> TradingHours:
        """The hours of `calendar`, as the user's file has them for it and for the symbol.

        Raises StartupError with one sentence for a name that is no calendar's.
        """
        with self._lock:
            own = self._own.get(f"{exchange}:{ticker}".upper()) or self._own.get(ticker.upper())
            return self._of_calendar(calendar) if own is None else self._changed_by(own, calendar)

    def _of_calendar(self, calendar: str) -> TradingHours:
        own = self._own.get(calendar.upper())
        return self._original(calendar) if own is None else self._changed_by(own, calendar)

    def _changed_by(self, own: OwnHours, calendar: str) -> TradingHours:
        base = "24x7" if own.whole else own.calendar or calendar
        if (own, base) not in self._changed:
            entry_of_base = self._own.get(base.upper())
            hours = self._original(base) if entry_of_base in {None, own} else self._of_calendar(base)
            self._changed[own, base] = own.applied_to(hours)
        return self._changed[own, base]

    def _original(self, calendar: str) -> TradingHours:
        if calendar not in self._known:
            self._known[calendar] = self._computed(calendar)
        return self._known[calendar]

    def _computed(self, calendar: str) -> TradingHours:
        if calendar in _ALWAYS:
            return ROUND_THE_CLOCK
        if not _NAME.fullmatch(calendar):
            raise _refused(calendar, "is not a name")
        path = self._folder / f"{calendar.replace('/', '-')}.json"
        key = f"{calendars_version()}, {time_zones_version()}, {FIRST_YEAR} to {self._last_year}"
        return _kept(path, key) or self._keep(path, key, _compute(calendar, self._last_year))

    def _keep(self, path: Path, key: str, hours: TradingHours) -> TradingHours:
        """Written whole or not at all; of two processes that write at once, the later one's file stays."""
        content = {
            "of": key,
            "session": hours.session,
            "timezone": hours.timezone,
            "holidays": hours.holidays,
            "corrections": hours.corrections,
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(content, file)
            os.replace(draft, path)
        except OSError as error:
            raise StartupError(f"The computed calendar cannot be kept in {path}: {error}.") from error
        return hours


def _kept(path: Path, key: str) -> TradingHours | None:
    """What was computed before with the same versions; None for anything else, which is computed anew."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["of"] != key:
            return None
        return _checked(content)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _compute(calendar: str, last_year: int) -> TradingHours:
    # -P keeps the folder of the file out of the child's path, so that nothing in it hides a library.
    command = [sys.executable, "-P", str(COMPUTING), calendar, str(FIRST_YEAR), str(last_year)]
    try:
        done = subprocess.run(  # noqa: S603  # a file of ours with a checked name
            command, capture_output=True, text=True, timeout=COMPUTING_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(calendar, f"could not be computed: {error}") from error
    try:
        answer = json.loads(done.stdout)
        if "problem" in answer:
            raise _refused(calendar, answer["problem"])
        return _checked(answer)
    except (ValueError, KeyError, TypeError) as error:
        last_words = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise _refused(calendar, f"could not be computed: {last_words}") from error


def _checked(content: dict[str, str | None]) -> TradingHours:
    session, timezone = content["session"], content["timezone"]
    if not isinstance(session, str) or not isinstance(timezone, str):
        raise TypeError("no session")
    hours = TradingHours(session, timezone, content["holidays"], content["corrections"])
    hours.trading_session  # noqa: B018  # raises what is wrong
    return hours


def _refused(calendar: str, reason: str) -> StartupError:
    return StartupError(
        f"The exchange calendar '{echo(calendar)}' {reason.rstrip('.')}"
        f"{'' if reason.endswith('?') else '.'} TRADING_CALENDAR_FILE may describe it."
    )
