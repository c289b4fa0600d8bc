"""The `trading-pro` command."""

import sys

import typer

from trading_api.cli.data import data
from trading_api.cli.generate import generate
from trading_api.cli.journal import journal
from trading_api.cli.new_module import new_module
from trading_api.cli.serve import serve
from trading_api.shared.errors import StartupError

commands = typer.Typer(
    name="trading-pro", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
commands.command()(serve)
commands.command()(generate)
commands.command()(new_module)
commands.add_typer(journal)
commands.add_typer(data)


def run() -> None:
    """Run the command; what a person can mend ends in one sentence and exit code 2."""
    try:
        commands()
    except StartupError as error:
        sys.stderr.write(f"trading-pro: {error}\n")
        sys.exit(2)
