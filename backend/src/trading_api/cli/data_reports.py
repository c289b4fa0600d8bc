"""What `trading-pro data list` and `data check` show."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.table import Table

from trading_api.cli.data_store import (
    chosen,
    console_of_output,
    data_settings,
    hours_of,
    moment,
    opened_store,
)
from trading_api.modules.datafeed.store.checking import Fault, SeriesReport, check
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.store import Listing
from trading_api.modules.datafeed.store.tables import BUILT_DAYS
from trading_api.shared.errors import StartupError

WRONG = 1
_MINUTE_MS = 60_000


def list_series(names: Sequence[str] | None, data_dir: Path | None) -> None:
    """A line for each series; exit with WRONG if a folder cannot be read."""
    settings = data_settings(data_dir)
    table = _table("Symbol", "Type", "Series", "Rows", "From", "To", "Size", "Source", right={"Rows", "Size"})
    with opened_store(settings) as store:
        listing = store.listing()
        problems = _problems(listing, names)
        for symbol in chosen(listing.symbols, names):
            try:
                index = store.index(symbol.exchange, symbol.ticker)
            except StoreProblem as problem:
                problems.append(str(problem))
                continue
            for series in sorted(index.series.keys() - {BUILT_DAYS}):
                folder = store.folder(symbol.exchange, symbol.ticker) / series
                first, last = index.first(series) or 0, index.last(series) or 0
                table.add_row(
                    symbol.key,
                    symbol.type,
                    series,
                    f"{index.rows(series):,}",
                    moment(first),
                    moment(last),
                    _size(sum(path.stat().st_size for path in folder.glob("*.parquet"))),
                    symbol.source,
                )
    if table.row_count:
        console_of_output().print(table)
    elif not problems:
        typer.echo(
            f"There is nothing in {settings.store_dir} yet; `trading-pro data import` brings files in."
        )
    _end(problems)


def check_series(
    names: Sequence[str] | None, gap_minutes: int, ignore: Sequence[str], data_dir: Path | None
) -> None:
    """A line for each series and one for each thing to say about it; exit with WRONG if anything is wrong."""
    settings = data_settings(data_dir)
    ignored = frozenset(_fault(name) for name in ignore)
    reports: list[SeriesReport] = []
    with opened_store(settings) as store:
        listing = store.listing()
        problems = _problems(listing, names)
        hours = hours_of(store, settings)
        for symbol in chosen(listing.symbols, names):
            try:
                session = hours.of(symbol).trading_session
                reports += check(store, symbol, session, gap_minutes * _MINUTE_MS)
            except StoreProblem as problem:
                problems.append(str(problem))
    if reports:
        console_of_output().print(_checked(reports))
    for report in reports:
        _tell(report)
    problems += [report.problem for report in reports if report.problem is not None]
    wrong = sum(report.wrong(ignored) for report in reports)
    typer.echo(
        f"{len(reports)} series checked; {f'{wrong} of them need a look' if wrong else 'nothing is wrong'}."
    )
    _end(problems, failed=wrong > 0)


def _fault(name: str) -> Fault:
    try:
        return Fault(name)
    except ValueError as error:
        raise StartupError(f"'{name}' is nothing that is looked for; that is {', '.join(Fault)}.") from error


def _checked(reports: Sequence[SeriesReport]) -> Table:
    faults = [fault.capitalize() for fault in Fault]
    table = _table("Symbol", "Series", "Rows", "From", "To", *faults, right={"Rows", *faults})
    for report in reports:
        counts = [f"{report.counts[fault]:,}" for fault in Fault]
        times = (moment(report.first), moment(report.last))
        table.add_row(report.symbol.key, report.series, f"{report.rows:,}", *times, *counts)
    return table


def _tell(report: SeriesReport) -> None:
    gap = report.longest_gap
    if gap is not None:
        minutes = gap.missing_ms // _MINUTE_MS
        daily = report.series.startswith("1D")
        length = f"{minutes // 1440:,} trading days" if daily else f"{minutes:,} minutes of open market"
        typer.echo(
            f"{report.symbol.key} {report.series}: the longest gap is between {moment(gap.after)}"
            f" and {moment(gap.before)} ({length})."
        )


def _table(*columns: str, right: set[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", no_wrap=True)
    return table


def _problems(listing: Listing, names: Sequence[str] | None) -> list[str]:
    return [] if names else [str(problem) for problem in listing.problems]


def _end(problems: Sequence[str], *, failed: bool = False) -> None:
    for problem in problems:
        typer.echo(problem, err=True)
    if problems or failed:
        raise typer.Exit(WRONG)


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.0f} kB"
