"""What `trading-pro data export` does."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from trading_api.cli.data_store import chosen, data_settings, hours_of, moment, opened_store
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS, parse_resolution
from trading_api.modules.datafeed.store.exporting import ExportForm, bars_between, write_export
from trading_api.shared.errors import StartupError

_BEGINNING, _END = -(2**53), 2**53


def export_bars(
    name: str,
    output: Path,
    resolution: str,
    form: str | None,
    start: datetime | None,
    stop: datetime | None,
    data_dir: Path | None,
) -> None:
    """Write the bars to `output`; StartupError for what there is not, or a file that cannot be written."""
    wanted = parse_resolution(resolution)
    if wanted is None:
        raise StartupError(f"'{resolution}' is no resolution; some are {', '.join(map(str, RESOLUTIONS))}.")
    settings = data_settings(data_dir)
    with opened_store(settings) as store:
        found = chosen(store.symbols(), [name])
        if len(found) > 1:
            raise StartupError(f"'{name}' may be {' or '.join(symbol.key for symbol in found)}.")
        symbol = found[0]
        session = hours_of(store, settings).of(symbol).trading_session
        bars = bars_between(store, symbol, session, wanted, _ms(start, _BEGINNING), _ms(stop, _END))
        if not len(bars):
            raise StartupError(f"{symbol.key} has no bars of {wanted} in this range.")
        try:
            write_export(output, _form(form, output), symbol, bars, daily=wanted.interval_ms is None)
        except OSError as error:
            raise StartupError(f"{output} cannot be written: {error.strerror}.") from error
    first, last = moment(int(bars.time[0])), moment(int(bars.time[-1]))
    typer.echo(f"{output}: {symbol.key} {wanted}, {len(bars):,} rows, {first} to {last}.")


def _form(form: str | None, output: Path) -> ExportForm:
    text = form or output.suffix.removeprefix(".").lower()
    if text not in set(ExportForm):
        raise StartupError(f"{output} does not say its format in its name; add --format csv or parquet.")
    return ExportForm(text)


def _ms(moment_given: datetime | None, default: int) -> int:
    if moment_given is None:
        return default
    aware = moment_given if moment_given.tzinfo is not None else moment_given.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
