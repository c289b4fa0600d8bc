"""The results as a page and as JSON."""

import json
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.streaming.bench import Row
from benchmarks.streaming.machine import processor

HEAD = ("bench", "figure", "Trading Pro", "beside", "its figure", "ratio", "bar", "reached")
NOTES = """
Each figure is the median of five rounds (of nautilus_trader with 10,000 orders: one) and counts processor
time of one process, without preparing quotes and placing orders.

- A quote goes through what it goes through in the broker: whom it concerns (`AccountBook.wants`), `decide`,
  and `fold` for those whom it does. Every best bid and ask of BTCUSDT of 346 seconds, each once.
- nautilus_trader's `SimulatedExchange.process_quote_tick` is called directly, without its data engine, with
  its `BestPriceFillModel`, which is our `top-of-book`; its account is frozen, so that no margin is reckoned.
  Its risk engine is bypassed: it would deny all but 100 orders a second, and without orders it is fast.
"""


def markdown(rows: Sequence[Row], missing: str | None) -> str:
    """The page with the table."""
    lines = ["# The engine", "", f"Measured on {datetime.now(UTC):%Y-%m-%d}, {processor()},"]
    lines.append(f"{platform.python_implementation()} {platform.python_version()}.")
    lines += [f"Not compared with nautilus_trader: {missing}"] if missing else []
    lines += ["", "| " + " | ".join(HEAD) + " |", "|" + " --- |" * len(HEAD)]
    return "\n".join([*lines, *map(_line, rows), NOTES])


def write(folder: Path, rows: Sequence[Row], missing: str | None) -> None:
    """Write both into `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / "engine.md").write_text(markdown(rows, missing), "utf-8")
    content = {"measured": f"{datetime.now(UTC):%Y-%m-%d}", "rows": [vars(row) for row in rows]}
    (folder / "engine.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _line(row: Row) -> str:
    reached = {True: "yes", False: "**no**", None: ""}[row.reached]
    cells = (row.bench, row.figure, row.ours, row.beside, row.theirs, row.ratio, row.bar, reached)
    return "| " + " | ".join(cells) + " |"
