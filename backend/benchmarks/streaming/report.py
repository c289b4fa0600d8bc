"""The results as a table to read and as JSON to compute with."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.streaming import machine
from benchmarks.streaming.bench import Bench, Plan, Row

HEAD = ("bench", "figure", "Trading Pro", "beside", "its figure", "ratio", "bar", "reached")
QUIET = 0.05
NOTES = """
Server on one core, load on another, everything on loopback; each figure is the median of its rounds, each
ratio the median of the ratios within a round. µs are of the server's processor time for one delivery.

- A turn of the event loop brings one update of each of the 500 topics (sparse), or 50 of the one topic
  (dense): every server may join what goes to one client. *Single* is dense with one update a turn, where
  a turn has nothing to join and what a write costs the system decides. All publish on once all clients are
  within a few turns.
- Trading Pro, when more than a few clients have something coming, writes to a part of them in each turn and
  joins what up to four turns bring to one; the others write in every turn.
- *bare transport.write* is a uvloop server that writes the same bytes, framed once and joined for each
  client, and does nothing else: the physical limit of Python on this machine for who writes in every turn.
- Latency counts from when an update was due, not from when a late server got to it. The echo beside it is the
  whole round trip of the same bytes on an idle server.
- Growth keeps the topics of a client and the clients of a topic constant.
- Resume: the journals are in memory, so that the stream and not a database is measured.
"""


def markdown(benches: Sequence[Bench[Any]], plan: Plan, missing_peers: str | None) -> str:
    """The page with the table."""
    lines = [
        "# Streams",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}, {plan.rounds} rounds of {plan.seconds:g} s.",
    ]
    lines += [f"Not compared with the peers: {missing_peers}"] if missing_peers else []
    disturbed = max((bench.disturbed for bench in benches), default=0.0)
    lines.append(f"Other processes took at most {disturbed:.0%} of a measurement from server or load.")
    if disturbed > QUIET:
        lines.append("**The machine was not quiet: trust the µs, not the rates.**")
    lines += ["", "| " + " | ".join(HEAD) + " |", "|" + " --- |" * len(HEAD)]
    lines += [_line(row, bench.disturbed) for bench in benches for row in bench.rows()]
    lines += [NOTES, "| machine | |", "| --- | --- |"]
    lines += [f"| {name} | {value} |" for name, value in machine.described().items()]
    return "\n".join(lines) + "\n"


def as_json(benches: Sequence[Bench[Any]], plan: Plan, missing_peers: str | None) -> str:
    """Rows, everything behind them, and the machine."""
    content = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d}",
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "machine": machine.described(),
        "missingPeers": missing_peers,
        "rows": [vars(row) for bench in benches for row in bench.rows()],
        "benches": {bench.name: bench.raw() for bench in benches},
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def write(folder: Path, benches: Sequence[Bench[Any]], plan: Plan, missing_peers: str | None) -> None:
    """Write both into `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / "streaming.md").write_text(markdown(benches, plan, missing_peers), "utf-8")
    (folder / "streaming.json").write_text(as_json(benches, plan, missing_peers), "utf-8")


def _line(row: Row, disturbed: float) -> str:
    """A verdict from a machine that was not quiet says so."""
    reached = {True: "yes", False: "**no**", None: ""}[row.reached]
    if reached and disturbed > QUIET:
        reached += f" ({disturbed:.0%} disturbed)"
    cells = (row.bench, row.figure, row.ours, row.beside, row.theirs, row.ratio, row.bar, reached)
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
