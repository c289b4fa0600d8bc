"""Files in Lean's folders that are not as they should be: a sentence, and nothing imported."""

import io
import zipfile
from pathlib import Path

import pytest

from trading_api.modules.datafeed.importing.formats import FORMATS
from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.tests.import_files import imported, problem_of, ticks_of_file, write
from trading_api.modules.datafeed.tests.small_market import write_zip

MINUTE_TRADES = "equity/usa/minute/spy/20131008_trade.zip"
MINUTE_QUOTES = "equity/usa/minute/spy/20131008_quote.zip"
TICK_TRADES = "equity/usa/tick/spy/20131008_trade.zip"
TICK_QUOTES = "equity/usa/tick/spy/20131008_quote.zip"
DAILY = "equity/usa/daily/spy.zip"
ROW = "34200000,100,110,90,100,5\n"


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (MINUTE_TRADES, ROW + "34260000,abc,2,3,4,5\n", "line 2: 'abc' is not a whole number."),
        (MINUTE_TRADES, ROW + "34260000,1,2,3\n", "line 2: has 4 columns instead of 6."),
        (MINUTE_TRADES, ROW + ROW, "line 2: is not later than the line before it."),
        (MINUTE_TRADES, ROW + "99999999,1,1,1,1,1\n", "line 2: '99999999' is not a time of day in ms."),
        (MINUTE_TRADES, ROW + "34260000,1,1,1,1,-5\n", "line 2: '-5' is not a whole number."),
        (MINUTE_TRADES, ROW + f"34260000,1,{'9' * 40},1,1,1\n", "has too many digits."),
        (
            MINUTE_TRADES,
            ROW + "34260000,5,1,9,5,1\n",
            "line 2: has open, high, low and close that contradict",
        ),
        (MINUTE_TRADES, ROW + "34260000,1,1,1,1,1\0\n", "line 2: is not plain text."),
        (MINUTE_QUOTES, "34200000,1,2,1,2,5,,,,,\n34200000,,,,,,1,1,1,1,1\n", "line 2: is not later than"),
        (MINUTE_QUOTES, "34200000,1,0,1,2,5,,,,,\n", "line 1: has open, high, low and close that contradict"),
        (DAILY, "20131332 00:00,1,1,1,1,1\n", "line 1: "),
        (TICK_TRADES, "1,100,5,P,0,0\n0,100,5,P,0,0\n", "line 2: is earlier than the line before it."),
        (TICK_TRADES, "1,0,5,P,0,0\n", "line 1: is a trade at the price 0."),
        (TICK_TRADES, "1,100,5,P,0,7\n", "line 1: has '7' where 0 or 1 tells what is suspicious."),
        (TICK_TRADES, "1,100,5,P\n", "line 1: has 4 columns instead of 3 or 6."),
        (TICK_QUOTES, "1,100,5,P\n", "line 1: has 4 columns instead of 3, 5 or 8."),
    ],
)
def test_a_row_that_is_wrong(tmp_path: Path, file: str, text: str, sentence: str) -> None:
    write_zip(tmp_path / file, text)
    assert sentence in problem_of("lean", tmp_path / file)


def test_suspicious_ticks_are_left_out(tmp_path: Path) -> None:
    write_zip(tmp_path / TICK_TRADES, "1,100,5,P,0,0\n2,900,5,P,0,1\n")
    trades = ticks_of_file("lean", tmp_path / TICK_TRADES).trades
    assert trades is not None
    assert trades.price.tolist() == [100]


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / MINUTE_TRADES
    write_zip(path, ROW * 30)
    whole = path.read_bytes()
    for length in (0, 1, 30, len(whole) // 2, len(whole) - 1):
        assert "cannot be read as a zip archive" in problem_of("lean", write(path, whole[:length]))
    spoiled = bytearray(whole)
    spoiled[60:70] = b"\0" * 10
    assert "cannot be read as a zip archive" in problem_of("lean", write(path, bytes(spoiled)))


@pytest.mark.parametrize("name", ["../evil.csv", "/evil.csv", "a\\..\\evil.csv", "C:/evil.csv", "a\x1b.csv"])
def test_names_that_lead_out_of_an_archive(tmp_path: Path, name: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, ROW)
    assert "holds a file named " in problem_of("lean", write(tmp_path / MINUTE_TRADES, content.getvalue()))
    assert list(tmp_path.rglob("evil*")) == []


def test_an_archive_that_unpacks_to_too_much_is_given_up(tmp_path: Path) -> None:
    write_zip(tmp_path / MINUTE_TRADES, ROW + "\n" * 40_000_000)
    assert "unpacks to more than 250 times its" in problem_of("lean", tmp_path / MINUTE_TRADES)


def test_archives_of_several_files_that_are_no_expiries(tmp_path: Path) -> None:
    for place in (MINUTE_TRADES, "future/cme/minute/es/20131008_trade.zip"):
        path = write(tmp_path / place, b"")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("one.csv", ROW)
            archive.writestr("two.csv", ROW)
        assert "one.csv: is one of several files and not named by an expiry." in problem_of("lean", path)
        with zipfile.ZipFile(path, "w"):
            pass
        assert "is an archive without a file" in problem_of("lean", path)


def test_files_that_lie_where_nothing_is_expected(tmp_path: Path) -> None:
    write_zip(tmp_path / "20131008_trade.zip", ROW)
    assert "is not of a folder like equity/usa/minute/spy" in problem_of(
        "lean", tmp_path / "20131008_trade.zip"
    )
    with pytest.raises(ImportProblem, match="is not of a folder like"):
        FORMATS["lean"].files(tmp_path)
    with pytest.raises(ImportProblem, match="does not exist"):
        FORMATS["lean"].files(tmp_path / "nowhere")
    folder = tmp_path / MINUTE_TRADES
    folder.mkdir(parents=True)
    assert "is a folder where a file is expected." in problem_of("lean", folder)
    write_zip(tmp_path / "equity/india/minute/yesbank/20131008_trade.zip", ROW)
    india = tmp_path / "equity/india/minute/yesbank/20131008_trade.zip"
    assert "is of the market 'india', whose time zone is not known" in problem_of("lean", india)
    write_zip(tmp_path / "equity/usa/minute/spy/20139999_trade.zip", ROW)
    odd = tmp_path / "equity/usa/minute/spy/20139999_trade.zip"
    assert "is named by '20139999', which is no day" in problem_of("lean", odd)


def test_symbols_with_names_that_cannot_be_kept(tmp_path: Path) -> None:
    write_zip(tmp_path / DAILY, "20131008 00:00,1,1,1,1,1\n")
    told = ImportOptions(symbol="../../x")
    assert "is of a symbol whose name cannot be kept" in problem_of("lean", tmp_path / DAILY, told)
    write_zip(tmp_path / "equity/usa/daily/a..b.zip", "20131008 00:00,1,1,1,1,1\n")
    path = tmp_path / "equity/usa/daily/a..b.zip"
    assert "is of a symbol whose name cannot be kept: 'A..B'" in problem_of("lean", path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "spy.csv: is empty."),
        ("20131008,spy,P\n20131008,spy,P\n", "spy.csv, line 2: is not later than the line before it."),
        ("soon,spy,P\n", "spy.csv, line 1: has 'soon' where a date belongs."),
        ("20131008\n", "spy.csv, line 1: is not a date, a ticker and a venue: '20131008'."),
    ],
)
def test_a_map_file_that_is_wrong(tmp_path: Path, text: str, sentence: str) -> None:
    write_zip(tmp_path / DAILY, "20131008 00:00,1,1,1,1,1\n")
    write(tmp_path / "equity/usa/map_files/spy.csv", text)
    with pytest.raises(ImportProblem) as caught:
        imported("lean", tmp_path / DAILY)
    assert str(caught.value).endswith(sentence)


def test_a_factor_file_that_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path / "equity/usa/factor_files/spy.csv", "20131008,1,x,1\n")
    assert "spy.csv, line 1: " in problem_of("lean", path)
