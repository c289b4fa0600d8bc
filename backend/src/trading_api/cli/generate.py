"""`trading-pro generate`: everything that is a product of the models and routes."""

from pathlib import Path
from typing import Annotated

import typer

import trading_api.modules
from trading_api.app_factory import CHECKOUT
from trading_api.shared.codegen.specs import specification_files, stale_files, write_files
from trading_api.shared.module_registry import ModuleRegistry


def generate(
    check: Annotated[bool, typer.Option(help="Write nothing; fail if a file is out of date.")] = False,
) -> None:
    """Write the specifications of all modules, and the merged one."""
    modules = ModuleRegistry([trading_api.modules], installed=False).enabled("all")
    modules_dir = Path(trading_api.modules.__path__[0])
    files = specification_files(modules, modules_dir, CHECKOUT / "backend" / "openapi.json")
    if check:
        for path in stale_files(files):
            typer.echo(f"out of date: {path.relative_to(CHECKOUT)}; run `make generate`", err=True)
        raise typer.Exit(1 if stale_files(files) else 0)
    for path in write_files(files):
        typer.echo(f"wrote {path.relative_to(CHECKOUT)}")
