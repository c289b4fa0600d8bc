"""What `trading-pro journal` does: whether accounts are what their events say, and the events as a file."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from trading_api.cli.serve import read_settings
from trading_api.modules.broker.journal_export import ExportFormat, export_events
from trading_api.modules.broker.repository.archive import JournalArchive, opened_archive
from trading_api.modules.broker.repository.check import AccountCheck, Passed
from trading_api.modules.broker.repository.tables import JOURNAL, JournalUnreadable
from trading_api.shared.db.engine import Database
from trading_api.shared.errors import StartupError

DIFFERS = 1
QUIET_SECONDS = 2.0
"""Before a progress bar appears."""


def verify_accounts(account: list[str] | None, data_dir: Path | None, market: str | None) -> None:
    """Print what differs, and exit with DIFFERS if anything does; StartupError if it cannot be read."""
    wrong = 0
    with _archive(data_dir, market) as archive:
        accounts = _chosen(archive, account)
        for fault in archive.faults_of_file():
            typer.echo(f"the database: {fault}")
            wrong += 1
        with _progress(archive) as passed:
            for each in accounts:
                for finding in AccountCheck(archive, each, passed).findings():
                    typer.echo(finding)
                    wrong += 1
        events = archive.count(JOURNAL)
    outcome = "everything agrees" if not wrong else f"{wrong} differences"
    typer.echo(f"{', '.join(accounts) or 'no account'}; the journal has {events:,} events: {outcome}.")
    if wrong:
        raise typer.Exit(DIFFERS)


def export_accounts(
    account: list[str] | None, form: str, output: Path | None, data_dir: Path | None, market: str | None
) -> None:
    """Write the events to `output`, or to standard output; raises StartupError if that is impossible."""
    with (
        _archive(data_dir, market) as archive,
        _output(output) as out,
        _progress(archive) as passed,
    ):
        export_events(archive, _chosen(archive, account), ExportFormat(form), out, passed)


@contextmanager
def _archive(data_dir: Path | None, market: str | None) -> Iterator[JournalArchive]:
    given = {"data_dir": data_dir, "market": market}
    settings = read_settings({name: value for name, value in given.items() if value is not None})
    try:
        with opened_archive(Database(settings.database_url)) as archive:
            yield archive
    except JournalUnreadable as error:
        raise StartupError(str(error)) from error


def _chosen(archive: JournalArchive, wanted: list[str] | None) -> list[str]:
    known = archive.account_ids()
    missing = sorted(set(wanted or ()) - set(known))
    if missing:
        raise StartupError(f"The journal has no account {', '.join(missing)}.")
    return wanted or known


@contextmanager
def _output(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise StartupError(f"{path} cannot be written: {error.strerror}.") from error


@contextmanager
def _progress(archive: JournalArchive) -> Iterator[Passed]:
    """A bar on standard error, if that is a terminal and it takes long."""
    console = Console(stderr=True)
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("events", total=archive.count(JOURNAL))
    appears = time.monotonic() + QUIET_SECONDS

    def passed(count: int) -> None:
        bar.advance(task, count)
        if console.is_terminal and not bar.live.is_started and time.monotonic() >= appears:
            bar.start()

    try:
        yield passed
    finally:
        if bar.live.is_started:
            bar.stop()
