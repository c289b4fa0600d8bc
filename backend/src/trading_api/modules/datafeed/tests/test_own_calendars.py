"""Hours by name: computed once, kept, and changed by the user's own file."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from trading_api.modules.datafeed.calendars import calendars
from trading_api.modules.datafeed.calendars.calendars import Calendars
from trading_api.modules.datafeed.calendars.hours import ROUND_THE_CLOCK, TradingHours
from trading_api.shared.errors import StartupError

TODAY = date(2026, 11, 21)
CHRISTMAS_EVE, CHRISTMAS, DAY_AFTER = date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)


def own_file(folder: Path, content: object) -> Path:
    path = folder / "own.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def refuse_to_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "COMPUTING", Path("there-is-no-such-program.py"))


def minutes(hours: TradingHours, day: date) -> int:
    periods = hours.trading_session.periods(day)
    return sum(period.close - period.open for period in periods) // 60_000


def test_a_calendar_is_computed_once_and_then_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computed = Calendars(tmp_path, today=TODAY).hours_of("XNYS")
    refuse_to_compute(monkeypatch)
    kept = Calendars(tmp_path, today=TODAY).hours_of("XNYS")
    assert kept == computed
    assert (kept.session, kept.timezone) == ("0930-1600", "America/New_York")
    assert [minutes(kept, day) for day in (CHRISTMAS_EVE, CHRISTMAS, DAY_AFTER)] == [210, 0, 390]
    assert [path.name for path in tmp_path.iterdir()] == ["XNYS.json"]
    assert (
        "pandas" not in sys.modules or "exchange_calendars" in sys.modules
    )  # the server itself loads neither


def test_asking_loads_none_of_the_libraries_that_compute(tmp_path: Path) -> None:
    Calendars(tmp_path, today=TODAY).hours_of("XNYS")
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from trading_api.modules.datafeed.calendars.calendars import Calendars\n"
        "Calendars(Path(sys.argv[1]), today=date(2026, 11, 21)).hours_of('XNYS')\n"
        "print({'pandas', 'exchange_calendars'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "set()"


def test_another_version_or_a_damaged_file_is_computed_anew(tmp_path: Path) -> None:
    Calendars(tmp_path, today=TODAY).hours_of("24/5")
    path = tmp_path / "24-5.json"
    good = path.read_text(encoding="utf-8")
    older = {**json.loads(good), "of": "an older version", "session": "0100-0200"}
    for damaged in (good[:40], json.dumps(older), json.dumps({**json.loads(good), "session": "never"}), "[]"):
        path.write_text(damaged, encoding="utf-8")
        assert Calendars(tmp_path, today=TODAY).hours_of("24/5").session == "0000-0000"
        assert path.read_text(encoding="utf-8") == good


def test_several_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        several = [pool.submit(Calendars(tmp_path, today=TODAY).hours_of, "XTKS") for _ in range(3)]
    assert len({one.result() for one in several}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["XTKS.json"]
    assert several[0].result().session == "0900-1130,1230-1530"


def test_round_the_clock_needs_no_computing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_compute(monkeypatch)
    assert Calendars(tmp_path).hours_of("24x7") is Calendars(tmp_path).hours_of("24/7") is ROUND_THE_CLOCK


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("XNYZ", "'XNYZ' is not known; did you mean .*XNYS"),
        ("../XNYS", "'../XNYS' is not a name"),
        ("XCYS", "'XCYS' cannot be computed"),
    ],
)
def test_a_calendar_that_is_none_is_refused_by_name(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(StartupError, match=f"The exchange calendar {reason}"):
        Calendars(tmp_path).hours_of(name)
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_cannot_run_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_compute(monkeypatch)
    with pytest.raises(StartupError, match=r"'XNYS' could not be computed: .*there-is-no-such-program.py"):
        Calendars(tmp_path).hours_of("XNYS")


def test_own_days_are_added_to_a_calendar_and_outrank_it(tmp_path: Path) -> None:
    content = {"xnys": {"holidays": "20261224,20261228", "corrections": "0930-1100,1200-1300:20261225"}}
    hours = Calendars(tmp_path, own_file(tmp_path, content), TODAY).hours_of("XNYS")
    assert [minutes(hours, day) for day in (CHRISTMAS_EVE, CHRISTMAS, DAY_AFTER)] == [0, 150, 0]
    assert minutes(hours, date(2026, 12, 29)) == 390


def test_a_symbol_may_have_hours_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = {
        "NYSE:IBM": {"session": "0800-2000", "timezone": "America/New_York"},
        "AAPL": {"holidays": "20261223"},
        "HOME": {"session": "1000-1100:7", "timezone": "Europe/Berlin", "corrections": "1000-1030:20261226"},
    }
    own = Calendars(tmp_path, own_file(tmp_path, content), TODAY)
    apple = own.hours_of("XNAS", "NASDAQ", "AAPL")
    assert [minutes(apple, date(2026, 12, day)) for day in (22, 23, 24, 25)] == [390, 0, 210, 0]
    assert own.hours_of("XNAS", "NASDAQ", "AAPL") is apple
    refuse_to_compute(monkeypatch)
    assert minutes(own.hours_of("XNYS", "NYSE", "IBM"), CHRISTMAS) == 720
    assert [minutes(own.hours_of("HOME"), date(2026, 12, day)) for day in (19, 26)] == [60, 30]
    with pytest.raises(StartupError, match="'XNYS' could not be computed"):
        own.hours_of("XNYS", "AMEX", "IBM")


def test_a_session_of_its_own_may_keep_the_days_of_a_calendar(tmp_path: Path) -> None:
    """A future of an exchange whose calendar knows no daily halt."""
    content = {
        "ES": {"calendar": "CMES", "session": "1700-1600", "timezone": "America/Chicago"},
        "CMES": {"holidays": "20261222"},
    }
    own = Calendars(tmp_path, own_file(tmp_path, content), TODAY)
    futures = own.hours_of("24x7", "CME", "ES")
    assert [minutes(futures, date(2026, 12, day)) // 60 for day in (21, 22, 23, 24, 25)] == [23, 0, 23, 19, 0]
    assert minutes(own.hours_of("CMES"), date(2026, 12, 23)) == 24 * 60


def test_symbols_share_what_is_remembered_of_a_calendar(tmp_path: Path) -> None:
    own = Calendars(tmp_path, today=TODAY)
    first, second = own.hours_of("24x7", "A", "X"), own.hours_of("24x7", "B", "Y")
    assert first.trading_session is second.trading_session


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"XNYS": {"holidays": "20261232"}}, "'XNYS': '20261232' is not a day"),
        ({"XNYS": {"corrections": "0930-9900:20261224"}}, "'XNYS': '0930-9900' is not a session"),
        ({"XNYS": {"session": "0930-1600"}}, "'XNYS': session and timezone belong together"),
        (
            {"HOME": {"session": "0930-1600", "timezone": "Mars/Base"}},
            "'HOME': 'Mars/Base' is not a time zone",
        ),
        ({"HOME": {"session": "0930-1600:8", "timezone": "Etc/UTC"}}, "'HOME': '0930-1600:8' does not name"),
        ({"HOME": {"closed": "20261224"}}, "'HOME': closed: Extra inputs"),
        ({"HOME": ["20261224"]}, "'HOME': entry: Input should be"),
        (["HOME"], "cannot be read: it is"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_name(tmp_path: Path, content: object, reason: str) -> None:
    with pytest.raises(StartupError, match=reason):
        Calendars(tmp_path, own_file(tmp_path, content))


def test_a_file_that_is_not_there_or_not_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    with pytest.raises(StartupError, match=r"own.json cannot be read: .*No such file"):
        Calendars(tmp_path, path)
    path.write_text('{"XNYS": ', encoding="utf-8")
    with pytest.raises(StartupError, match=r"own.json cannot be read: Expecting value"):
        Calendars(tmp_path, path)


def test_hours_can_be_cut_to_the_days_that_somebody_has_data_of() -> None:
    whole = TradingHours("0930-1600", "Etc/UTC", "20200101,20210101", "0930-1300:20201224,20211224")
    cut = whole.since(date(2021, 1, 1))
    assert (cut.holidays, cut.corrections) == ("20210101", "0930-1300:20211224")
