"""`trading-pro generate`: everything that is a product of the models and routes."""

from pathlib import Path
from typing import Annotated

import typer

import trading_api
import trading_api.modules
from trading_api.app_factory import CHECKOUT
from trading_api.shared.codegen.project import (
    Files,
    Layout,
    generated_files,
    router_files,
    stale_files,
    write_files,
)
from trading_api.shared.module_registry import ModuleRegistry

PACKAGE = Path(trading_api.__path__[0])
LAYOUT = Layout(PACKAGE / "modules", PACKAGE / "clients", CHECKOUT / "backend")


def generate(
    check: Annotated[bool, typer.Option(help="Write nothing; fail if a file is out of date.")] = False,
) -> None:
    """Write the specifications of all modules, and what is made from them."""
    # The routers come first: without them a module with a new route could not be imported.
    stale = _bring_up_to_date(router_files(LAYOUT), check)
    modules = ModuleRegistry([trading_api.modules], installed=False).enabled("all")
    stale += _bring_up_to_date(generated_files(modules, LAYOUT), check)
    raise typer.Exit(int(check and bool(stale)))


def _bring_up_to_date(files: Files, check: bool) -> list[Path]:
    stale = stale_files(files) if check else write_files(files)
    for path in stale:
        place = path.relative_to(CHECKOUT)
        typer.echo(f"out of date: {place}; run `make generate`" if check else f"wrote {place}", err=check)
    return stale
