"""Files that are not what they should be: one sentence with the file and the line."""

import gzip
import re
import zipfile
from pathlib import Path

import pytest

from trading_api.modules.datafeed.formats.reading import RecordingError, rounded, scaled, whole
from trading_api.modules.datafeed.providers.replay.recordings import read_recordings
from trading_api.modules.datafeed.tests.small_market import (
    DAILY,
    MINUTES,
    OPEN,
    Played,
    quote_row,
    trade_row,
    write_gzip,
    write_small_market,
    write_zip,
)
from trading_api.shared.errors import StartupError

TRADES = MINUTES / "20131004_trade.zip"
QUOTES = MINUTES / "20131004_quote.zip"
SPOT = Path("hftbacktest/spot/btcusdt.gz")
RECEIVED = "1700000000000000001"
TRADE_DATA = '{"s":"BTCUSDT","E":10,"T":9,"p":"5.10","q":"1"}'
TICKER_DATA = '{"s":"BTCUSDT","b":"5","B":"1","a":"6","A":"1"}'
TRADE = f'{RECEIVED} {{"stream":"btcusdt@trade","data":{TRADE_DATA}}}\n'
TICKER = f'{RECEIVED} {{"stream":"btcusdt@bookTicker","data":{TICKER_DATA}}}\n'


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        (TRADES, trade_row(OPEN, 10_000) + "34260000,abc,2,3,4,5\n", 2),
        (TRADES, "\n" + trade_row(OPEN, 10_000) + "\n" + "34260000,1,2\n", 4),
        (TRADES, trade_row(OPEN, 10_000) * 2, 2),
        (TRADES, "90000000,1,1,1,1,1\n", 1),
        (TRADES, "34200000,100,90,110,100,1\n", 1),
        (TRADES, "34200000,-1,1,-1,1,1\n", 1),
        (TRADES, "34200000,0,0,0,0,1\n", 1),
        (TRADES, "34200000,1e5,1e5,1e5,1e5,1\n", 1),
        (TRADES, "34200000,NaN,1,1,1,1\n", 1),
        (TRADES, "\u20ac\n", 1),
        (QUOTES, quote_row(OPEN, 10_000) + quote_row(OPEN + 60_000, 10_000)[:-5] + "\n", 2),
        (QUOTES, "34200000,100,90,110,100,1,100,100,100,100,1\n", 1),
        (DAILY, "20131002 00:00,1,1,1,1,1\n20131332 00:00,1,1,1,1,1\n", 2),
        (DAILY, "2013 00:00,1,1,1,1,1\n", 1),
    ],
)
def test_a_row_that_does_not_parse(tmp_path: Path, file: Path, text: str, line: int) -> None:
    write_small_market(tmp_path)
    write_zip(tmp_path / file, text)
    with pytest.raises(StartupError, match=re.escape(f"{tmp_path / file}, line {line}: ")) as caught:
        Played(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TRADE + "nonsense\n", 2),
        (TRADE + "\n" + TRADE.replace('"p":"5.10",', ""), 3),
        (TRADE.replace('"5.10"', '"1e3"'), 1),
        (TRADE.replace('"5.10"', "null"), 1),
        ("1700000000000000001 []\n", 1),
        (TICKER.replace('"b":"5"', '"b":"-5"'), 1),
    ],
)
def test_a_message_that_does_not_parse(tmp_path: Path, text: str, line: int) -> None:
    write_gzip(tmp_path / SPOT, text)
    with pytest.raises(StartupError, match=re.escape(f"{tmp_path / SPOT}, line {line}: ")):
        Played(tmp_path)


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    write_small_market(tmp_path)
    path = tmp_path / TRADES
    good = path.read_bytes()
    for spoiled in (b"", b"not a zip", good[: len(good) // 2], good[:60] + b"\x00" * 30 + good[90:]):
        path.write_bytes(spoiled)
        with pytest.raises(StartupError, match=re.escape(str(path))):
            Played(tmp_path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.csv", "")
        archive.writestr("two.csv", "")
    with pytest.raises(StartupError, match="is one of several files and not named by an expiry"):
        Played(tmp_path)


def test_a_truncated_gzip_file(tmp_path: Path) -> None:
    write_gzip(tmp_path / SPOT, TRADE * 100)
    path = tmp_path / SPOT
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StartupError, match="cannot be read as a gzip file"):
        Played(tmp_path)
    path.write_bytes(gzip.compress(b"\xff\xfe\n"))
    with pytest.raises(StartupError, match="line 1: is not plain text"):
        Played(tmp_path)


def test_folders_without_recordings(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="is not a folder of recordings"):
        Played(tmp_path / "nowhere")
    with pytest.raises(StartupError, match="holds no recordings that can be played"):
        Played(tmp_path)
    write_zip(tmp_path / MINUTES / "20139999_trade.zip", trade_row(OPEN, 10_000))
    with pytest.raises(StartupError, match="is named by '20139999', which is no day"):
        Played(tmp_path)


def test_a_quote_that_lacks_a_side_is_left_out(tmp_path: Path) -> None:
    write_small_market(tmp_path)
    write_zip(tmp_path / QUOTES, f"{OPEN},,,,,,1,1,1,1,1\n" + quote_row(OPEN + 60_000, 10_000))
    series = read_recordings(tmp_path)[0]
    first = series.quote(10**14)
    assert first is not None
    assert series.quote(int(series.times[0])) is None


def test_the_time_of_a_best_price_is_corrected_and_keeps_the_recorded_order(tmp_path: Path) -> None:
    second, start = 10**9, 1_700_000_000_000

    def trade(received_s: float, trade_ms: int) -> str:
        told = start + round(received_s * 1000) + 100
        data = f'{{"s":"BTCUSDT","E":{told},"T":{start + trade_ms},"p":"5.10","q":"1"}}'
        return f'{start * 10**6 + round(received_s * second)} {{"stream":"btcusdt@trade","data":{data}}}\n'

    def ticker(received_s: float) -> str:
        return f"{start * 10**6 + round(received_s * second)} {TICKER.partition(' ')[2]}"

    lines = [ticker(1.0), trade(1.1, 1_050), ticker(1.2), ticker(1.5), trade(1.55, 1_580), ticker(1.9)]
    write_gzip(tmp_path / SPOT, "".join(lines))
    series = read_recordings(tmp_path)[0]
    assert (series.times - start).tolist() == [1_050, 1_050, 1_300, 1_580, 1_580, 2_000]
    assert series.kinds.tolist() == [0, 1, 0, 0, 1, 0]


def test_numbers_are_read_exactly() -> None:
    assert scaled("61837.63000000", 8) == 6_183_763_000_000
    assert scaled("5", 2) == 500
    assert scaled("0.10000", 2) == 10
    assert rounded("0.139999999999999999", 8) == 14_000_000
    for text in ("", ".", "-1", "1.005", "1e3", "1_000", " 1", "inf", "1.2.3"):
        with pytest.raises(ValueError, match="is not a number"):
            scaled(text, 2)
    for text in ("1.5", "", "-1", "1_0"):
        with pytest.raises(ValueError, match="is not a whole number"):
            whole(text)
    with pytest.raises(ValueError, match="is not a"):
        rounded("-0.1234567890", 8)


def test_the_error_names_its_place() -> None:
    error = RecordingError(Path("a.zip"), 3, "is wrong")
    assert str(error) == "a.zip, line 3: is wrong."
    assert (error.line, error.reason) == (3, "is wrong")
