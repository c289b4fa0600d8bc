"""What is changed behind the broker's back is found and named; what is not, agrees."""

import asyncio
import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trading_api.cli import commands
from trading_api.modules.broker.ledger import Opening
from trading_api.modules.broker.repository.archive import opened_archive
from trading_api.modules.broker.repository.check import AccountCheck
from trading_api.modules.broker.repository.tables import TABLES
from trading_api.modules.broker.safe_retries import NO_ANSWER
from trading_api.modules.broker.tests.journal_cases import database_url
from trading_api.modules.broker.tests.service_cases import pre_order, trading_floor
from trading_api.shared.db.engine import Database

Value = int | str


@pytest.fixture(scope="module")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an account with two epochs, positions, open and final orders, and kept answers."""
    folder = tmp_path_factory.mktemp("traded") / "simulated"
    folder.mkdir()
    asyncio.run(_trade(folder))
    return folder


async def _trade(folder: Path) -> None:
    async with trading_floor(folder) as floor:
        service = floor.service
        await floor.quote("10.00", "10.02")
        await service.place("DEMO", pre_order("buy", 10))
        book = await service._ledger.book("DEMO")
        await service._commands.reset(book, Opening(), lambda _: NO_ANSWER)
        await service.place("DEMO", pre_order("buy", 10), "key")
        await service.place("DEMO", pre_order("sell", 10))
        await service.place("DEMO", pre_order("sell", 3, name="short"))
        gone = await service.place("DEMO", pre_order("buy", 5, "8.00"))
        await service.cancel("DEMO", gone.value.order.id)
        await service.place("DEMO", pre_order("buy", 5, "9.00", name="open"))


def wrong(folder: Path) -> list[str]:
    """Everything that the check finds."""
    with opened_archive(Database(database_url(folder))) as archive:
        accounts = archive.account_ids()
        checks = [AccountCheck(archive, each, lambda _: None) for each in accounts]
        return [str(finding) for check in checks for finding in check.findings()]


def test_an_untouched_journal_agrees(traded: Path) -> None:
    assert wrong(traded) == []
    with closing(sqlite3.connect(traded / "trading.db")) as connection:
        for table in TABLES:
            assert connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] > 0, table.name


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_a_flipped_bit_in_any_column_is_found(traded: Path, table: str, tmp_path: Path) -> None:
    damaged = tmp_path / "trading.db"
    with closing(sqlite3.connect(traded / "trading.db")) as source, closing(sqlite3.connect(damaged)) as copy:
        source.backup(copy)
        columns = [row[1] for row in copy.execute(f"PRAGMA table_info({table})")]
        quoted = ", ".join(f'"{column}"' for column in columns)
        rows = copy.execute(f"SELECT rowid, {quoted} FROM {table}").fetchall()
        for rowid, *values in {rows[0], rows[len(rows) // 2], rows[-1]}:
            for column, value in zip(columns, values, strict=True):
                for flipped in _flips(value):
                    if _put(copy, table, column, rowid, flipped):
                        assert wrong(tmp_path), f"{table}.{column} of row {rowid} is {flipped!r}"
                        _put(copy, table, column, rowid, value)
        assert wrong(tmp_path) == []


def _put(connection: sqlite3.Connection, table: str, column: str, rowid: int, value: Value | None) -> bool:
    """Whether the database lets it be so: two rows cannot have one key."""
    done = connection.execute(f'UPDATE OR IGNORE {table} SET "{column}" = ? WHERE rowid = ?', (value, rowid))
    connection.commit()
    return done.rowcount == 1


def _flips(value: Value | None) -> Iterator[Value]:
    """The value with one bit flipped, in the middle of a text."""
    if isinstance(value, int):
        yield value ^ 1
    elif value:
        for at in {len(value) // 2, len(value) - 1}:
            yield value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (
            "UPDATE journal_events SET payload = replace(payload, '10.02', '10.03') WHERE \"offset\" = 3",
            "DEMO: event 3: it was changed after it was written",
        ),
        (
            'UPDATE journal_events SET hash = upper(hash) WHERE "offset" = 3',
            "DEMO: event 3: its hash was changed",
        ),
        ('DELETE FROM journal_events WHERE "offset" = 3', "event 4 follows 2"),
        ("UPDATE orders SET status = 'filled'", "DEMO: orders O19, column status: it is 'filled'"),
        ("DELETE FROM executions", "DEMO: executions X3: there is no such row"),
        ("UPDATE kept_answers SET status = 299", "DEMO: kept_answers key: the row is not what its digest"),
        ("UPDATE equity_history SET equity = '1'", "DEMO: equity_history"),
        ("UPDATE accounts SET epoch = 'x'", "DEMO: accounts, column epoch: it is 'x'"),
        ("UPDATE journal_events SET payload = CAST(X'7BFF' AS TEXT)", "DEMO: event 1: it cannot be read"),
        ("UPDATE orders SET payload = replace(payload, 'qty', 'qtz')", "column payload"),
    ],
)
def test_what_is_wrong_is_named_and_the_command_ends_with_1(
    traded: Path, tmp_path: Path, damage: str, sentence: str
) -> None:
    folder = tmp_path / "simulated"
    folder.mkdir()
    with (
        closing(sqlite3.connect(traded / "trading.db")) as source,
        closing(sqlite3.connect(folder / "trading.db")) as copy,
    ):
        source.backup(copy)
        copy.execute(damage)
        copy.commit()
    ran = CliRunner().invoke(commands, ["journal", "verify", "--data-dir", str(tmp_path)])
    assert (ran.exit_code, sentence in ran.output) == (1, True), ran.output


def test_the_commands_verify_and_export(traded: Path, tmp_path: Path) -> None:
    run, folder = CliRunner().invoke, ["--data-dir", str(traded.parent)]
    verified = run(commands, ["journal", "verify", *folder])
    assert (verified.exit_code, verified.output[-19:]) == (0, "everything agrees.\n")
    lines = [json.loads(line) for line in run(commands, ["journal", "export", *folder]).output.splitlines()]
    assert lines[0]["event"]["type"] == lines[0]["type"] == "AccountOpened"
    assert [line["type"] for line in lines].count("AccountClosed") == 1
    out = tmp_path / "events.csv"
    arguments = ["--account", "DEMO", "--format", "csv", "-o", str(out)]
    assert run(commands, ["journal", "export", *folder, *arguments]).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    assert [row["hash"] for row in rows] == [line["hash"] for line in lines]
    assert [json.loads(row["payload"]) for row in rows] == [line["event"] for line in lines]


@pytest.mark.parametrize("content", [None, b"no database", b""])
def test_what_is_no_journal_is_unreadable(tmp_path: Path, content: bytes | None) -> None:
    (tmp_path / "simulated").mkdir()
    if content is not None:
        (tmp_path / "simulated" / "trading.db").write_bytes(content)
    ran = CliRunner().invoke(commands, ["journal", "verify", "--data-dir", str(tmp_path)])
    assert type(ran.exception).__name__ == "StartupError"
