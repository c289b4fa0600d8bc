"""`trading-pro data` as a process: what goes in comes out, once, and what does not has its sentence."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.server_process import TRADING_PRO, clean_environment

pytestmark = pytest.mark.integration
HEADER = "time,open,high,low,close,volume"
OPENING = datetime(2013, 10, 7, 13, 30, tzinfo=UTC)
"""Of New York's exchange."""


def data(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command's end, with the store in `folder`."""
    command = [TRADING_PRO, "data", *map(str, arguments), "--data-dir", str(folder)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=clean_environment(), check=False
    )


def minutes(*prices: float, start: datetime = OPENING) -> str:
    """A file of minute bars, each of one price."""
    rows = [
        f"{start + timedelta(minutes=row):%Y-%m-%dT%H:%M:%SZ}," + f"{price:.2f}," * 4 + "100"
        for row, price in enumerate(prices)
    ]
    return "\n".join([HEADER, *rows, ""])


def written(path: Path, text: str) -> Path:
    """`path`, holding `text`."""
    path.write_text(text)
    return path


def test_what_is_imported_is_listed_checked_and_exported_again(tmp_path: Path) -> None:
    prices = [168.1 + row / 100 for row in range(30)]
    source = written(tmp_path / "spy.csv", minutes(*prices))
    symbol = ["--symbol", "ARCA:SPY", "--currency", "USD"]
    imported = data(tmp_path / "var", "import", "csv", source, *symbol)
    assert imported.returncode == 0, imported.stderr
    assert "ARCA:SPY 1, 30 rows, 2013-10-07 13:30 to 2013-10-07 13:59; 30 of them new" in imported.stdout
    assert imported.stdout.endswith("1 imported with 30 rows, 0 already there, 0 refused.\n")
    repeated = data(tmp_path / "var", "import", "csv", source, *symbol)
    assert repeated.stdout.endswith("0 imported with 0 rows, 1 already there, 0 refused.\n")
    again = data(tmp_path / "var", "import", "csv", source, *symbol, "--again")
    assert "0 of them new, 0 replaced" in again.stdout
    listed = data(tmp_path / "var", "list")
    assert listed.stdout.splitlines()[1].split()[:4] == ["ARCA:SPY", "stock", "1", "30"]
    checked = data(tmp_path / "var", "check")
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (0, "1 series checked; nothing is wrong.")
    for form in ("csv", "parquet"):
        copy = tmp_path / f"copy.{form}"
        assert data(tmp_path / "var", "export", "spy", "--resolution", "1", "-o", copy).returncode == 0
        assert data(tmp_path / form, "import", form, copy, *symbol).returncode == 0
        last = tmp_path / f"{form}.csv"
        assert data(tmp_path / form, "export", "SPY", "--resolution", "1", "-o", last).returncode == 0
        assert last.read_text() == minutes(*prices)
    longer = tmp_path / "longer.csv"
    assert data(tmp_path / "var", "export", "SPY", "--resolution", "30", "-o", longer).returncode == 0
    assert longer.read_text() == f"{HEADER}\n2013-10-07T13:30:00Z,168.10,168.39,168.10,168.39,3000\n"


def test_a_file_that_is_refused_has_its_sentence_and_leaves_the_others(tmp_path: Path) -> None:
    good = written(tmp_path / "good.csv", minutes(1.5, 1.6))
    bad = written(tmp_path / "bad.csv", minutes(1.5, 1.6).replace("1.60,1.60,1.60", "1.60,much,1.60"))
    done = data(tmp_path / "var", "import", "csv", bad, good, tmp_path / "gone.csv", "--symbol", "ARCA:SPY")
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        f"{tmp_path / 'gone.csv'}",
        f"{bad}, line 3",
    ]
    assert done.stdout.endswith("1 imported with 2 rows, 0 already there, 2 refused.\n")
    assert "2" in data(tmp_path / "var", "list").stdout.splitlines()[1]


def test_what_is_wrong_is_counted_and_decides_the_exit_code(tmp_path: Path) -> None:
    rows = [
        "2013-10-07T13:30:00Z,10,10,10,10,1",
        "2013-10-07T13:59:00Z,10,9,10,10,1",
        "2013-10-07T14:00:00Z,-10,10,-10,10,1",
        "2013-10-07T23:00:00Z,10,10,10,10,1",
    ]
    source = written(tmp_path / "spy.csv", "\n".join([HEADER, *rows, ""]))
    assert data(tmp_path, "import", "csv", source, "--symbol", "ARCA:SPY").returncode == 0
    checked = data(tmp_path, "check", "--gap-minutes", 20)
    assert checked.returncode == 1
    assert checked.stdout.splitlines()[1].split()[-5:] == ["2", "0", "1", "1", "1"]
    assert "is between 2013-10-07 14:00 and 2013-10-07 23:00 (359 minutes of open market)" in checked.stdout
    faults = ["gaps", "off-session", "contradictions", "negative"]
    ignoring = [part for fault in faults for part in ("--ignore", fault)]
    assert data(tmp_path, "check", "ARCA:SPY", *ignoring).returncode == 0
    assert data(tmp_path, "check", "--ignore", "everything").stderr.startswith("trading-pro: 'everything' is")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import", "xls", "a.xls"], "'xls' is no format; there are csv,"),
        (["import", "csv", "a.csv", "--zone", "Mars"], "'Mars' is no time zone"),
        (["import", "csv", "a.csv", "--column", "price"], "'price' is not one of time, open"),
        (["import", "csv", "a.csv", "--resolution", "7"], "'7' is none of 1S, 1, 1D"),
        (["export", "SPY", "-o", "a.csv"], "The store has no symbol SPY."),
        (["export", "SPY", "-o", "a.csv", "--resolution", "x"], "'x' is no resolution"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = data(tmp_path, *arguments)
    assert (done.returncode, done.stderr.startswith(f"trading-pro: {sentence}")) == (2, True), done.stderr
    assert done.stderr.count("\n") == 1


def test_a_damaged_folder_is_told_and_leaves_the_others(tmp_path: Path) -> None:
    source = written(tmp_path / "spy.csv", minutes(1.5, 1.6))
    for ticker in ("SPY", "QQQ", "IBM"):
        assert data(tmp_path, "import", "csv", source, "--symbol", f"ARCA:{ticker}").returncode == 0
    store = tmp_path / "store" / "ARCA"
    next((store / "QQQ" / "1").iterdir()).write_bytes(b"PAR1")
    (store / "IBM" / "instrument.json").write_text("{")
    listed = data(tmp_path, "list")
    assert (listed.returncode, listed.stdout.count("ARCA:"), listed.stderr.count("\n")) == (1, 2, 1)
    checked = data(tmp_path, "check")
    assert checked.returncode == 1
    assert "QQQ/1/2013-10" in checked.stderr
    assert "1 of them need a look" in checked.stdout


def test_help_needs_no_market_data(tmp_path: Path) -> None:
    code = (
        "import sys; from trading_api.cli import commands\n"
        "try: commands(['data', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(sum(name in sys.modules for name in ('duckdb', 'numpy', 'trading_api.modules.datafeed')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
