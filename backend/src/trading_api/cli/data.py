"""`trading-pro data`: what is in the bars store, and bringing files in and out."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

DataDir = Annotated[Path | None, typer.Option(help="Where the store is kept, in its folder `store`.")]
Symbols = Annotated[
    list[str] | None, typer.Argument(help="TICKER or EXCHANGE:TICKER. Default: all.", metavar="[SYMBOL]...")
]

data = typer.Typer(
    name="data", no_args_is_help=True, help="Market data in files: import, look at, check, export."
)


@data.command("import")
def import_files(
    form: Annotated[str, typer.Argument(help="csv, parquet, lean, binance or recording.", metavar="FORMAT")],
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of them.", metavar="PATH...")],
    symbol: Annotated[str | None, typer.Option(help="TICKER or EXCHANGE:TICKER of the rows.")] = None,
    exchange: Annotated[str | None, typer.Option(help="Exchange of the symbols.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="stock, fund, index, forex, futures, crypto.")
    ] = None,
    currency: Annotated[str | None, typer.Option(help="Currency of the prices.")] = None,
    description: Annotated[str | None, typer.Option(help="What the symbol is, in words.")] = None,
    zone: Annotated[
        str | None, typer.Option(help="Time zone of times without one: America/New_York.")
    ] = None,
    resolution: Annotated[str | None, typer.Option(help="1S, 1 or 1D; default: what the times show.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="WHAT=NAME or WHAT=NUMBER: time=Date+Time, close=5. May be repeated."),
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help="What divides columns; default: what the file shows.")
    ] = None,
    time_format: Annotated[str | None, typer.Option(help="How times are written: '%d.%m.%Y %H:%M'.")] = None,
    price_places: Annotated[int | None, typer.Option(help="Decimals that prices are rounded to.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also files that have been imported before.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Take files into the store: each whole or not at all. Exit code 1 if one was refused."""
    # Imported when asked for: no other command may depend on a module.
    from trading_api.cli.data_import import ImportRequest, run_import  # noqa: PLC0415

    told = {
        "symbol": symbol,
        "exchange": exchange,
        "type": type_,
        "currency": currency,
        "description": description,
        "zone": zone,
        "resolution": resolution,
        "columns": column,
        "delimiter": delimiter,
        "time_format": time_format,
        "price_places": price_places,
    }
    run_import(ImportRequest(form, paths, told, again=again), data_dir)


@data.command("list")
def list_symbols(symbols: Symbols = None, data_dir: DataDir = None) -> None:
    """Show what is stored: a line for each series of bars and ticks."""
    from trading_api.cli.data_reports import list_series  # noqa: PLC0415

    list_series(symbols, data_dir)


@data.command()
def check(
    symbols: Symbols = None,
    gap_minutes: Annotated[
        int, typer.Option(min=1, help="Shortest stretch of open market without a bar that counts as a gap.")
    ] = 15,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            help="gaps, duplicates, off-session, contradictions or negative: show it, but let the exit code"
            " be 0. May be repeated."
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Look for what cannot be right: exit code 0 if nothing is, 1 if something is."""
    from trading_api.cli.data_reports import check_series  # noqa: PLC0415

    check_series(symbols, gap_minutes, ignore or [], data_dir)


@data.command()
def export(
    symbol: Annotated[str, typer.Argument(help="TICKER or EXCHANGE:TICKER.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    resolution: Annotated[str, typer.Option(help="Any: 1S, 1, 5, 60, 1D, 1W, 1M.")] = "1D",
    form: Annotated[
        Literal["csv", "parquet"] | None, typer.Option("--format", help="Default: what the file's name says.")
    ] = None,
    start: Annotated[datetime | None, typer.Option("--from", help="First moment, UTC.")] = None,
    stop: Annotated[datetime | None, typer.Option("--to", help="End, UTC, not included.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the bars of a symbol to a file, raw, with times in UTC."""
    from trading_api.cli.data_export import export_bars  # noqa: PLC0415

    export_bars(symbol, output, resolution, form, start, stop, data_dir)
