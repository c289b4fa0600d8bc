"""Parquet files of any maker, by the rules of CSV files."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, day_stamp
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.tests.import_files import bars_of_file, problem_of, write

START = day_stamp(date(2024, 8, 8))


def parquet(path: Path, rows: str) -> Path:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize(
    "time",
    [
        "TIMESTAMP '2024-08-08 00:00:00' + INTERVAL (n) MINUTE",
        "TIMESTAMPTZ '2024-08-08 00:00:00+00' + INTERVAL (n) MINUTE",
        "1723075200000 + 60000 * n",
        "1723075200 + 60 * n",
        "strftime(TIMESTAMP '2024-08-08 00:00:00' + INTERVAL (n) MINUTE, '%Y-%m-%d %H:%M')",
    ],
)
@pytest.mark.parametrize("number", ["DECIMAL(18, 2)", "DOUBLE", "VARCHAR"])
def test_types_of_times_and_numbers(tmp_path: Path, time: str, number: str) -> None:
    rows = f"""SELECT {time} AS "Date", CAST(1.1 AS {number}) AS "Open", CAST(1.3 AS {number}) AS "High",
        CAST(0.9 AS {number}) AS "Low", CAST(1.25 AS {number}) AS "Close", n AS "Volume" FROM range(3) r(n)"""
    found = bars_of_file("parquet", parquet(tmp_path / "AAPL.parquet", rows))
    assert (found.base, found.symbol.key, found.symbol.price_places) == (MINUTE, "IMPORTED:AAPL", 2)
    assert found.bars.time.tolist() == [START + 60_000 * n for n in range(3)]
    assert found.bars.close.tolist() == [125] * 3
    assert found.bars.volume.tolist() == [0, 1, 2]


def test_days_and_columns_that_are_told(tmp_path: Path) -> None:
    rows = """SELECT DATE '2024-08-09' - CAST(n AS INTEGER) AS "a b", 1 AS o, 2 AS h, 1 AS l, 2 AS "c""d"
        FROM range(2) r(n)"""
    told = ImportOptions(columns={"time": "a b", "close": 'c"d'}, symbol="NYSE:IBM")
    found = bars_of_file("parquet", parquet(tmp_path / "x.parquet", rows), told)
    assert (found.base, found.symbol.key, found.symbol.has_volume) == (DAY, "NYSE:IBM", False)
    assert found.bars.time.tolist() == [START, START + 86_400_000]
    assert "newest first" in found.note


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("SELECT 1 AS time, 2 AS open", "has no column for high and low and close (it has: time, open)."),
        (
            "SELECT DATE '2024-08-08' AS time, 1 AS open, 2 AS high, 1 AS low, 'x' AS close",
            "row 1 has 'x' for the close, which is not a number a bar can have.",
        ),
        (
            "SELECT DATE '2024-08-08' AS time, 1 AS open, 'nan'::DOUBLE AS high, 1 AS low, 1 AS close",
            "row 1 has 'nan' for the high, which is not a number a bar can have.",
        ),
        (
            "SELECT [1] AS time, 1 AS open, 2 AS high, 1 AS low, 1 AS close",
            "has INTEGER[] in 'time', the time.",
        ),
        (
            "SELECT DATE '2024-08-08' AS time, 1 AS open, 2 AS high, 1 AS low, 1 AS close WHERE false",
            "holds no bars.",
        ),
    ],
)
def test_files_that_are_wrong(tmp_path: Path, rows: str, sentence: str) -> None:
    assert problem_of("parquet", parquet(tmp_path / "x.parquet", rows)) == f"x.parquet: {sentence}"


def test_files_that_are_not_parquet(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "x.parquet", "SELECT 1 AS time, 2 AS open").read_bytes()
    for content in (b"", b"PAR1", b"time,open\n", whole[:-8], whole[: len(whole) // 2]):
        path = write(tmp_path / "y.parquet", content)
        assert "cannot be read as Parquet" in problem_of("parquet", path)
    (tmp_path / "z.parquet").mkdir()
    assert "is a folder where a file is expected" in problem_of("parquet", tmp_path / "z.parquet")
