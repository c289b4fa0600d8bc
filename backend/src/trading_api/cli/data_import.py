"""What `trading-pro data import` does: each file whole or not at all, and a line about it."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TimeRemainingColumn

from trading_api.cli.data_store import data_settings, hours_of, moment, opened_store
from trading_api.modules.datafeed.bars.resolution import BASES, Resolution, parse_resolution
from trading_api.modules.datafeed.importing.formats import FORMATS
from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.intake import Intake, take_in
from trading_api.modules.datafeed.importing.options import BAR_COLUMNS, ImportOptions
from trading_api.modules.datafeed.store.built_days import build_days
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError

REFUSED = 1


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Which files, in which format, and what was told about them."""

    form: str
    paths: Sequence[Path]
    told: Mapping[str, Any]
    again: bool


def run_import(request: ImportRequest, data_dir: Path | None) -> None:
    """Import what is asked for, and exit with REFUSED if a file was; StartupError for wrong options."""
    if request.form not in FORMATS:
        raise StartupError(f"'{request.form}' is no format; there are {', '.join(FORMATS)}.")
    importer = FORMATS[request.form]
    options = _options(request.told)
    how = f"{request.form} {json.dumps(request.told, sort_keys=True, default=str)}"
    refused: list[ImportProblem] = []
    files = []
    for path in request.paths:
        try:
            files += importer.files(path)
        except ImportProblem as problem:
            refused.append(problem)
    done = known = rows = 0
    written: dict[str, None] = {}
    settings = data_settings(data_dir)
    with opened_store(settings) as store, _Report(files) as report:
        for unfound in refused:
            report.refuse(unfound)
        for path in files:
            report.begin(path)
            try:
                intake = take_in(store, importer, path, options, how, again=request.again)
            except ImportProblem as problem:
                refused.append(problem)
                report.refuse(problem)
                continue
            report.tell(f"{path}: {_told(intake)}")
            written |= dict.fromkeys(symbol for symbol, _ in intake.series)
            done += intake.written is not None
            known += intake.written is None
            rows += sum(series.rows for series in intake.series.values())
        report.end()
        _build_days(store, settings, list(written))
    typer.echo(f"{done} imported with {rows:,} rows, {known} already there, {len(refused)} refused.")
    if refused:
        raise typer.Exit(REFUSED)


def _build_days(store: BarStore, settings: Settings, names: Sequence[str]) -> None:
    hours = hours_of(store, settings)
    for name in names:
        symbol = store.symbol(*name.split(":", 1))
        if symbol is not None:
            try:
                build_days(store, symbol, hours.of(symbol))
            except StoreProblem as problem:  # its bars are there, and its days are built when somebody looks
                typer.echo(str(problem), err=True)


def _options(told: Mapping[str, Any]) -> ImportOptions:
    given = {name: value for name, value in told.items() if value is not None}
    if "zone" in given:
        given["zone"] = _zone(given["zone"])
    if "resolution" in given:
        given["resolution"] = _base(given["resolution"])
    if "columns" in given:
        given["columns"] = _columns(given["columns"])
    return ImportOptions(**given)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise StartupError(f"'{name}' is no time zone; one is America/New_York.") from error


def _base(text: str) -> Resolution:
    found = parse_resolution(text)
    if found not in BASES:
        raise StartupError(f"'{text}' is none of {', '.join(map(str, BASES))}, which is what files hold.")
    return found


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        what, _, column = pair.partition("=")
        if what not in BAR_COLUMNS or not column:
            raise StartupError(
                f"'{pair}' is not one of {', '.join(BAR_COLUMNS)}, = and the name of a column."
            )
        columns[what] = column
    return columns


def _told(intake: Intake) -> str:
    if intake.written is None:
        return "already imported."
    parts = [
        f"{symbol} {series}, {found.rows:,} rows, {moment(found.first)} to {moment(found.last)}"
        for (symbol, series), found in intake.series.items()
    ]
    parts += [f"{symbol}, {count} corporate actions" for symbol, count in intake.actions.items()]
    written = intake.written
    if intake.series:
        parts.append(f"{written.added:,} of them new, {written.changed:,} replaced")
    notes = f" ({'; '.join(intake.notes)})" if intake.notes else ""
    return f"{'; '.join(parts)}{notes}."


class _Report:
    """A line for each file, refusals on standard error, and a bar where that is a terminal."""

    def __init__(self, files: Sequence[Path]) -> None:
        console = Console() if sys.stdout.isatty() else Console(stderr=True)
        self._sizes = {path: _size(path) for path in files}
        self._bar = Progress(
            SpinnerColumn(),
            BarColumn(),
            TimeRemainingColumn(),
            "{task.description}",
            console=console,
            transient=True,
            disable=not console.is_terminal,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("", total=max(1, sum(self._sizes.values())))
        self._begun = 0
        self._current = 0

    def __enter__(self) -> "_Report":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, path: Path) -> None:
        """This file is being read."""
        self._begun += 1
        description = f"{self._begun} of {len(self._sizes)}: {path.name}"
        self._bar.update(self._task, advance=self._current, description=description)
        self._current = self._sizes.get(path, 0)

    def end(self) -> None:
        """All files have been read."""
        self._bar.update(self._task, advance=self._current, description="building days")

    def tell(self, line: str) -> None:
        """What came in."""
        self._say(line, sys.stdout, None)

    def refuse(self, problem: ImportProblem) -> None:
        """What did not."""
        self._say(str(problem), sys.stderr, "red")

    def _say(self, line: str, stream: TextIO, style: str | None) -> None:
        if stream.isatty() and self._bar.console.is_terminal:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True, style=style)
        else:
            typer.echo(line, file=stream)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
