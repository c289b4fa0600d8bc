"""Klines as Binance publishes them."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, SECOND, day_stamp
from trading_api.modules.datafeed.importing.formats import FORMATS
from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.tests.import_files import bars_of_file, problem_of, write

START = day_stamp(date(2024, 8, 8))
HEADER = (
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
    "taker_buy_quote_volume,ignore\n"
)


def kline(minute: int, unit: int = 1, *, length: int = 60_000) -> str:
    """One row; `unit` is how many parts a ms has."""
    start = START + minute * length
    cells = [
        start * unit,
        "61837.63000000",
        "61838.00000000",
        "61836.01000000",
        "61837.64000000",
        "3.78826000",
    ]
    cells += [(start + length) * unit - 1, "234256.1", 120, "1.5", "92756.4", 0]
    return ",".join(str(cell) for cell in cells) + "\n"


@pytest.mark.parametrize("header", ["", HEADER])
@pytest.mark.parametrize("unit", [1, 1000])
def test_klines_with_and_without_a_header_in_ms_and_us(tmp_path: Path, header: str, unit: int) -> None:
    with zipfile.ZipFile(tmp_path / "BTCUSDT-1m-2024-08.zip", "w") as archive:
        archive.writestr("BTCUSDT-1m-2024-08.csv", header + kline(0, unit) + kline(1, unit))
    found = bars_of_file("binance", tmp_path / "BTCUSDT-1m-2024-08.zip")
    assert (found.symbol.key, found.base, found.symbol.calendar) == ("BINANCE:BTCUSDT", MINUTE, "24x7")
    assert (found.symbol.currency, found.symbol.type) == ("USDT", "crypto")
    assert found.bars.time.tolist() == [START, START + 60_000]
    assert (found.symbol.price_places, found.bars.close.tolist()) == (2, [6_183_764] * 2)
    assert (found.symbol.size_places, found.bars.volume.tolist()) == (5, [378_826] * 2)


@pytest.mark.parametrize(("interval", "base", "length"), [("1s", SECOND, 1000), ("1d", DAY, 86_400_000)])
def test_the_interval_is_that_of_the_name(tmp_path: Path, interval: str, base: object, length: int) -> None:
    rows = kline(0, length=length) + kline(1, length=length)
    found = bars_of_file("binance", write(tmp_path / f"ETHBTC-{interval}-2024-08-08.csv", rows))
    assert (found.base, found.symbol.currency) == (base, "BTC")
    assert found.bars.time.tolist() == [START, START + length]


def test_futures_are_perpetuals(tmp_path: Path) -> None:
    place = tmp_path / "data/futures/um/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-08.csv"
    found = bars_of_file("binance", write(place, HEADER + kline(0)))
    assert (found.symbol.key, found.symbol.currency) == ("BINANCE:BTCUSDT.P", "USDT")


def test_only_files_with_names_of_klines_are_found_in_a_folder(tmp_path: Path) -> None:
    for name in ("BTCUSDT-1m-2024-08.csv", "BTCUSDT-trades-2024-08.csv", "readme.csv"):
        write(tmp_path / name, kline(0))
    assert [path.name for path in FORMATS["binance"].files(tmp_path)] == ["BTCUSDT-1m-2024-08.csv"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(ImportProblem, match="is a folder without files"):
        FORMATS["binance"].files(tmp_path / "empty")


def test_klines_that_are_wrong(tmp_path: Path) -> None:
    path = write(tmp_path / "BTCUSDT-5m-2024-08.csv", kline(0))
    assert "holds klines of 5m; those of 1s, 1m, 1d are stored and give all others" in problem_of(
        "binance", path
    )
    path = write(tmp_path / "klines.csv", kline(0))
    assert "has no name like BTCUSDT-1m-2024-08.zip" in problem_of("binance", path)
    told = ImportOptions(symbol="BTCUSDT", resolution=MINUTE)
    assert bars_of_file("binance", path, told).symbol.key == "BINANCE:BTCUSDT"
    path = write(tmp_path / "BTCUSDT-1m-2024-08.csv", kline(0) + kline(1).replace("61838.00000000", "high"))
    assert problem_of("binance", path) == (
        "BTCUSDT-1m-2024-08.csv, line 2: has 'high' for the high, which is not a number a bar can have."
    )
    path = write(tmp_path / "BTCUSDT-1m-2024-08.csv", "1,2,3,4,5,6\n")
    assert "has 6 columns, and klines have 12" in problem_of("binance", path)
    path = write(tmp_path / "BTCUSDT-1m-2024-08.csv", kline(0) + kline(0))
    assert "line 2: has the time" in problem_of("binance", path)
