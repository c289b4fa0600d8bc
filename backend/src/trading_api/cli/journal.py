"""`trading-pro journal`: whether accounts are what their events say, and the events as a file."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Account = Annotated[list[str] | None, typer.Option(help="Only this account; may be repeated. Default: all.")]
DataDir = Annotated[Path | None, typer.Option(help="Where accounts are kept.")]
Market = Annotated[str | None, typer.Option(help="simulated, replay or stored.")]

journal = typer.Typer(name="journal", no_args_is_help=True, help="Look at the journal without a server.")


@journal.command()
def verify(account: Account = None, data_dir: DataDir = None, market: Market = None) -> None:
    """Recompute accounts from their events: exit code 0 if all agree, 1 if not, 2 if unreadable."""
    # Imported when asked for: no other command may depend on a module.
    from trading_api.cli.journal_reading import verify_accounts  # noqa: PLC0415

    verify_accounts(account, data_dir, market)


@journal.command()
def export(
    account: Account = None,
    form: Annotated[
        Literal["jsonl", "csv"], typer.Option("--format", help="One JSON object a line, or comma-separated.")
    ] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; default: standard output.")
    ] = None,
    data_dir: DataDir = None,
    market: Market = None,
) -> None:
    """Write the events of accounts, oldest first."""
    from trading_api.cli.journal_reading import export_accounts  # noqa: PLC0415

    export_accounts(account, form, output, data_dir, market)
