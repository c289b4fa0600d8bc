"""CSV files of any maker: what is guessed is right and said, what is told outranks it."""

import gzip
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, MINUTE, SECOND, day_stamp
from trading_api.modules.datafeed.importing.formats import FORMATS
from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.tests.import_files import (
    HEADER,
    bars_of_file,
    imported,
    write,
)

INTRADAY = """Date,Open,Close,High,Low,Volume
2019-11-05 09:30:00,3080.80,3080.49,3081.47,3080.30,0
2019-11-05 09:31:00,3080.33,3079.36,3080.33,3079.15,0
2019-11-05 09:32:00,3079.48,3079.68,3080.46,3079.48,0
"""
NEWEST_FIRST = """Time,Open,High,Low,Last,Change,Volume
01/30/2020,0.009177,0.009215,0.009169,0.009185,+0.000012,17
01/29/2020,0.009166,0.009189,0.009158,0.009173,+0.000008,16
01/28/2020,0.009182,0.009200,0.009156,0.009165,-0.000017,15
"""


def utc(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp()) * 1000  # type: ignore[misc,arg-type]


def test_a_daily_file_with_adjusted_prices(tmp_path: Path) -> None:
    text = (
        "Date,Open,High,Low,Close,Adj Close,Volume\n"
        "2004-08-19,2.250714,2.275714,2.168571,2.193571,1.966391,97230000\n"
        "2004-08-20,2.193571,2.213571,2.177857,2.200000,1.972154,79195200\n"
    )
    found = bars_of_file("csv", write(tmp_path / "yahoofinance-AAPL-2004.csv", text))
    assert (found.base, found.symbol.key, found.symbol.price_places) == (DAY, "IMPORTED:AAPL", 6)
    assert found.bars.time.tolist() == [day_stamp(date(2004, 8, 19)), day_stamp(date(2004, 8, 20))]
    assert found.bars.close.tolist() == [2_193_571, 2_200_000]
    assert found.bars.volume.tolist() == [97_230_000, 79_195_200]
    assert found.note == (
        "comma; time=Date, open=Open, high=High, low=Low, close=Close, volume=Volume; ignored: Adj Close; "
        "times as %Y-%m-%d; oldest first; bars of 1D; 6 decimals; IMPORTED:AAPL"
    )


def test_columns_in_another_order_and_times_without_a_zone(tmp_path: Path) -> None:
    found = bars_of_file("csv", write(tmp_path / "SP500_NOV2019_IDay.csv", INTRADAY))
    assert (found.base, found.symbol.ticker, found.symbol.calendar) == (MINUTE, "SP500", "XNYS")
    assert not found.symbol.has_volume
    assert found.bars.time[0] == utc(2019, 11, 5, 14, 30)
    assert found.bars.high.tolist() == [308_147, 308_033, 308_046]
    assert found.bars.close.tolist() == [308_049, 307_936, 307_968]
    assert "in America/New_York (guessed)" in found.note


def test_newest_first_with_another_word_for_the_close(tmp_path: Path) -> None:
    found = bars_of_file("csv", write(tmp_path / "jpyusd_barchartdotcom.csv", NEWEST_FIRST))
    assert found.symbol.ticker == "JPYUSD"
    assert found.bars.time.tolist() == [day_stamp(date(2020, 1, day)) for day in (28, 29, 30)]
    assert found.bars.close.tolist() == [9_165, 9_173, 9_185]
    assert found.bars.volume.tolist() == [15, 16, 17]
    assert "close=Last" in found.note
    assert "ignored: Change" in found.note
    assert "newest first" in found.note


def test_what_is_told_outranks_what_is_guessed(tmp_path: Path) -> None:
    text = "when;a;b;c;d;e\n05.11.2019 10:00;1,5;2,5;0,5;2,25;7\n05.11.2019 10:01;2,25;3;2;2,5;8\n"
    told = ImportOptions(
        symbol="XETR:SAP/X",
        zone=ZoneInfo("Europe/Berlin"),
        columns={"time": "when", "open": "2", "high": "b", "low": "C", "close": "d", "volume": "6"},
        resolution=SECOND,
        currency="USD",
        description="SAP",
        type="stock",
    )
    found = bars_of_file("csv", write(tmp_path / "x.csv", text), told)
    assert (found.symbol.key, found.base, found.symbol.currency) == ("XETR:SAP-X", SECOND, "USD")
    assert found.bars.time.tolist() == [utc(2019, 11, 5, 9), utc(2019, 11, 5, 9, 1)]
    assert found.bars.open.tolist() == [150, 225]
    assert "semicolon, decimal comma; time=when" in found.note


@pytest.mark.parametrize(
    ("first", "second", "form"),
    [
        ("2019-11-05 09:30", "2019-11-05 09:31", "%Y-%m-%d %H:%M"),
        ("2019-11-05T09:30:00Z", "2019-11-05T09:31:00Z", "%Y-%m-%dT%H:%M:%SZ"),
        ("2019-11-05 04:30:00-0500", "2019-11-05 04:31:00-0500", "%Y-%m-%d %H:%M:%S%z"),
        ("2019-11-05T04:30:00.000-05:00", "2019-11-05T04:31:00.000-05:00", "%Y-%m-%dT%H:%M:%S.%f%z"),
        ("20191105 093000", "20191105 093100", "%Y%m%d %H%M%S"),
        ("201911050930", "201911050931", "%Y%m%d%H%M"),
        ("11/5/2019 9:30 AM", "11/5/2019 9:31 AM", "%m/%d/%Y %I:%M %p"),
        ("2019.11.05 09:30", "2019.11.05 09:31", "%Y.%m.%d %H:%M"),
        ("1572946200", "1572946260", "seconds since 1970, UTC"),
        ("1572946200000", "1572946260000", "milliseconds since 1970, UTC"),
        ("1572946200000000", "1572946260000000", "microseconds since 1970, UTC"),
        ("1572946200000000000", "1572946260000000000", "nanoseconds since 1970, UTC"),
    ],
)
def test_ways_of_writing_a_time(tmp_path: Path, first: str, second: str, form: str) -> None:
    path = write(tmp_path / "x.csv", f"{HEADER}{first},1,2,1,2,1\n{second},1,2,1,2,1\n")
    found = bars_of_file("csv", path, ImportOptions(zone=ZoneInfo("UTC")))
    assert found.bars.time.tolist() == [utc(2019, 11, 5, 9, 30), utc(2019, 11, 5, 9, 31)]
    assert f"times as {form};" in found.note
    assert found.base == MINUTE


@pytest.mark.parametrize(
    ("days", "form"),
    [
        (["11/1/2019", "11/4/2019", "11/5/2019"], "%m/%d/%Y"),
        (["1/11/2019", "4/11/2019", "5/11/2019"], "%d/%m/%Y"),
        (["5/11/2019", "4/11/2019", "1/11/2019"], "%d/%m/%Y"),
        (["10/31/2019", "11/1/2019"], "%m/%d/%Y"),
    ],
)
def test_day_and_month_are_told_apart_by_what_makes_sense(tmp_path: Path, days: list[str], form: str) -> None:
    rows = "".join(f"{day},1,2,1,2,1\n" for day in days)
    found = bars_of_file("csv", write(tmp_path / "x.csv", HEADER + rows))
    assert f"times as {form};" in found.note
    assert int(found.bars.time[-1] - found.bars.time[0]) <= 4 * DAY_MS


def test_a_day_with_its_offset_is_the_day_as_written(tmp_path: Path) -> None:
    rows = "2019-11-05 00:00:00+09:00,1,2,1,2,1\n2019-11-06 00:00:00+09:00,1,2,1,2,1\n"
    found = bars_of_file("csv", write(tmp_path / "x.csv", HEADER + rows))
    assert found.base == DAY
    assert found.bars.time.tolist() == [day_stamp(date(2019, 11, 5)), day_stamp(date(2019, 11, 6))]


def test_date_and_time_of_day_in_two_columns_below_a_title(tmp_path: Path) -> None:
    text = (
        "Data of somebody\n"
        "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<SPREAD>\n"
        "2019.11.05\t09:30:00\t1.10500\t1.10600\t1.10400\t1.10550\t12\t1\n"
        "2019.11.05\t09:31:00\t1.10550\t1.10600\t1.10500\t1.10560\t13\t1\n"
    )
    found = bars_of_file("csv", write(tmp_path / "EURUSD_M1.csv", text), ImportOptions(exchange="OANDA"))
    assert (found.symbol.key, found.symbol.type, found.symbol.price_places) == ("OANDA:EURUSD", "forex", 4)
    assert found.bars.time.tolist() == [utc(2019, 11, 5, 14, 30), utc(2019, 11, 5, 14, 31)]
    assert "tab; time=<DATE>+<TIME>" in found.note


def test_rows_without_names_are_time_open_high_low_close_and_volume(tmp_path: Path) -> None:
    found = bars_of_file("csv", write(tmp_path / "x.csv", "2019-11-05,1,3,0.5,2,9\n2019-11-06,2,4,1,3,9\n"))
    assert found.bars.high.tolist() == [30, 40]
    assert "no header" in found.note


def test_packed_files_and_those_with_a_byte_order_mark(tmp_path: Path) -> None:
    rows = (HEADER + "2019-11-05,1,2,1,2,1\r\n2019-11-06,1,2,1,2,1\r").encode()
    plain = bars_of_file("csv", write(tmp_path / "A.csv", b"\xef\xbb\xbf" + rows))
    packed = bars_of_file("csv", write(tmp_path / "A.csv.gz", gzip.compress(rows)))
    with zipfile.ZipFile(tmp_path / "A.zip", "w") as archive:
        archive.writestr("folder/A.csv", rows)
    zipped = bars_of_file("csv", tmp_path / "A.zip")
    for one in (plain, packed, zipped):
        assert one.bars.time.tolist() == [day_stamp(date(2019, 11, 5)), day_stamp(date(2019, 11, 6))]


def test_numbers_are_exact_and_what_is_rounded_is_said(tmp_path: Path) -> None:
    rows = "2019-11-05,0.1,147.10000610351562,1e-2,0.30000000000000004,0.139999999999999999\n"
    found = bars_of_file("csv", write(tmp_path / "x.csv", HEADER + rows))
    assert found.bars.open.tolist() == [10_000_000]
    assert found.bars.high.tolist() == [14_710_000_610]
    assert found.bars.low.tolist() == [1_000_000]
    assert found.bars.volume.tolist() == [14_000_000]
    assert "8 decimals; prices are rounded to these from 17" in found.note
    assert "volumes are rounded to 8 decimals from 18" in found.note
    cents = bars_of_file("csv", tmp_path / "x.csv", ImportOptions(price_places=2))
    assert cents.bars.high.tolist() == [14_710]


def test_tiny_prices_keep_more_decimals(tmp_path: Path) -> None:
    rows = "2019-11-05,0.000000123456,0.000000123456,0.000000123456,0.000000123456,1\n"
    found = bars_of_file("csv", write(tmp_path / "PEPE.csv", HEADER + rows))
    assert (found.symbol.price_places, found.bars.close.tolist()) == (12, [123_456])


def test_rows_without_prices_and_rows_that_contradict_themselves_are_counted(tmp_path: Path) -> None:
    rows = "2019-11-05,null,null,null,null,null\n2019-11-06,5,4,3,2,1\n2019-11-07,1,1,-1,1,1\n"
    found = bars_of_file("csv", write(tmp_path / "x.csv", HEADER + rows))
    assert len(found.bars) == 2
    assert "1 rows without prices are left out" in found.note
    assert "2 rows contradict themselves or have prices that are not positive" in found.note


def test_a_daylight_saving_change_between_the_rows(tmp_path: Path) -> None:
    rows = "2019-11-01 15:59,1,1,1,1,1\n2019-11-04 09:30,1,1,1,1,1\n2019-11-04 09:31,1,1,1,1,1\n"
    found = bars_of_file("csv", write(tmp_path / "x.csv", HEADER + rows), ImportOptions(exchange="NASDAQ"))
    assert found.bars.time.tolist() == [
        utc(2019, 11, 1, 19, 59),
        utc(2019, 11, 4, 14, 30),
        utc(2019, 11, 4, 14, 31),
    ]


def test_a_long_file_comes_in_parts_that_ascend(tmp_path: Path) -> None:
    start = 1_262_304_000
    rows = "".join(f"{start + 60 * n},1,2,1,2,{n}\n" for n in reversed(range(1_000_005)))
    parts = imported("csv", write(tmp_path / "x.csv", HEADER + rows))
    assert len(parts) == 2
    found = bars_of_file("csv", tmp_path / "x.csv")
    assert len(found.bars) == 1_000_005
    assert (found.bars.time[1:] > found.bars.time[:-1]).all()
    assert found.bars.volume[:2].tolist() == [0, 1]


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.csv", "sub/a.CSV", "notes.md", "c.csv.gz"):
        write(tmp_path / name, "x")
    found = [path.relative_to(tmp_path).as_posix() for path in FORMATS["csv"].files(tmp_path)]
    assert found == ["b.csv", "c.csv.gz", "sub/a.CSV"]
    with pytest.raises(ImportProblem, match="does not exist"):
        FORMATS["csv"].files(tmp_path / "nowhere")
    with pytest.raises(ImportProblem, match="is a folder without files that end in"):
        FORMATS["parquet"].files(tmp_path)


def test_the_recorded_daily_files(recordings: Path) -> None:
    counts = {"AAPL-20040819-20180120": 3379, "SPY-20080101-20180101": 2519, "SPY-20200901-20210113": 92}
    for name, rows in counts.items():
        found = bars_of_file("csv", recordings / "mplfinance" / f"yahoofinance-{name}.csv")
        assert (len(found.bars), found.base, found.symbol.ticker) == (rows, DAY, name.partition("-")[0])
