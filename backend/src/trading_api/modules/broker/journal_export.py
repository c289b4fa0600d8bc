"""The journal as a file for other programs."""

import csv
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import IO

from trading_api.modules.broker.repository.archive import JournalArchive, Row
from trading_api.modules.broker.repository.check import Passed
from trading_api.modules.broker.repository.tables import AccountKey

COLUMNS = ("account_id", "epoch", "offset", "time", "type", "order_id", "payload", "hash")


class ExportFormat(StrEnum):
    """How the events are written: one JSON object a line, or comma-separated with a header."""

    JSONL = "jsonl"
    CSV = "csv"


def export_events(
    archive: JournalArchive, accounts: Sequence[str], form: ExportFormat, out: IO[str], passed: Passed
) -> int:
    """Write every event of the accounts, account by account in order; returns how many."""
    rows = _rows(archive, accounts, passed)
    return _write_csv(rows, out) if form is ExportFormat.CSV else _write_jsonl(rows, out)


def _rows(archive: JournalArchive, accounts: Sequence[str], passed: Passed) -> Iterator[Row]:
    for account_id in accounts:
        for epoch in archive.epochs(account_id):
            for chunk in archive.events(AccountKey(account_id, epoch)):
                yield from chunk
                passed(len(chunk))


def _write_jsonl(rows: Iterator[Row], out: IO[str]) -> int:
    count = 0
    for row in rows:
        payload = row.pop("payload")
        known = {name: row[name] for name in COLUMNS if row.get(name) is not None}
        out.write(f'{json.dumps(known)[:-1]}, "event": {payload}}}\n')
        count += 1
    return count


def _write_csv(rows: Iterator[Row], out: IO[str]) -> int:
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count
