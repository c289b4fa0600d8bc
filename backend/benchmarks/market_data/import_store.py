"""How long `trading-pro data import` takes for a million one-minute bars, from a file of text to the disk."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROWS = 1_000_000
TIMES = 5
AT_MOST_SECONDS = 10.0
COMMAND = Path(sys.executable).with_name("trading-pro")
FIRST_MS = 1_609_459_200_000


def write_csv(path: Path) -> None:
    """Minutes of a walk round the clock, in cents and hundred-millionths of a coin."""
    walk = np.random.default_rng(1)
    times = np.datetime_as_string((FIRST_MS + np.arange(ROWS) * 60_000).astype("datetime64[ms]"), unit="s")
    price = 4_000_000 + np.cumsum(walk.integers(-50, 51, ROWS))
    columns = [price, price + walk.integers(0, 60, ROWS), price - walk.integers(0, 60, ROWS), price]
    volume = walk.integers(1, 10**10, ROWS)
    with path.open("w", encoding="ascii") as file:
        file.write("time,open,high,low,close,volume\n")
        for row, text in enumerate(times):
            prices = ",".join(f"{column[row] / 100:.2f}" for column in columns)
            file.write(f"{text}Z,{prices},{volume[row] / 1e8:.8f}\n")


def seconds(source: Path, folder: Path) -> float:
    """Of the whole command, with a store that does not exist yet."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRADING_")}
    started = time.perf_counter()
    done = subprocess.run(
        [COMMAND, "data", "import", "csv", source, "--symbol", "COINBASE:BTC-USD", "--data-dir", folder],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    taken = time.perf_counter() - started
    if f"{ROWS:,} of them new" not in done.stdout:
        raise SystemExit(f"not all rows came in: {done.stdout}")
    return taken


def main() -> int:
    """Print the median and all times; exit code 1 if it takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "minutes.csv")
        write_csv(source)
        taken = [seconds(source, Path(folder, str(number))) for number in range(TIMES)]
    middle = statistics.median(taken)
    each = ", ".join(f"{one:.1f}" for one in taken)
    print(
        f"{ROWS:,} minutes imported from CSV: median {middle:.1f} s of {each} (at most {AT_MOST_SECONDS:.0f})"
    )
    return int(middle > AT_MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
