"""`trading-pro generate`: everything that is a product of the models and routes."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

import trading_api
import trading_api.modules
from trading_api.app_factory import CHECKOUT
from trading_api.shared.codegen import watch as watching
from trading_api.shared.codegen.output import (
    difference,
    leftover_files,
    remove_files,
    stale_files,
    write_files,
)
from trading_api.shared.codegen.outside_modules import outside_router_files
from trading_api.shared.codegen.pending_imports import pending_imports
from trading_api.shared.codegen.pending_sources import PendingSources
from trading_api.shared.codegen.project import Files, Layout, files_of, generated_files, router_files
from trading_api.shared.codegen.release import release_breaches, release_files
from trading_api.shared.errors import StartupError
from trading_api.shared.module_registry import ModuleRegistry

PACKAGE = Path(trading_api.__path__[0])
LAYOUT = Layout(PACKAGE / "modules", PACKAGE / "clients", CHECKOUT / "backend", CHECKOUT / "docs")


def generate(
    modules: Annotated[list[str] | None, typer.Argument(help="Only of these; default: all.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a file is stale.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on whenever a source changes.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write what belongs to all modules, installed ones too, below it.")
    ] = None,
    release: Annotated[
        bool, typer.Option("--release", help="Keep the contract as the one that later ones may not break.")
    ] = False,
) -> None:
    """Write the specifications of modules, and what is made from them."""
    if (watch or release) and (check or output or modules or (watch and release)):
        option = "--watch" if watch else "--release"
        raise StartupError(f"{option} generates everything; it goes with no other option.")
    if watch:
        # A process anew, without this code: it goes on where the code cannot be imported.
        os.execv(sys.executable, [sys.executable, "-m", watching.__name__])  # noqa: S606
    files, leftover = generation(modules or (), output)
    if check:
        raise typer.Exit(int(_report_stale(files, leftover) | _report_breaches(files)))
    if release:
        if _report_breaches(files):
            raise typer.Exit(1)
        released, ended = release_files(files, LAYOUT.merged)
        files, leftover = files | released, leftover + ended
    for path in write_files(files):
        typer.echo(f"wrote {_shown(path)}")
    remove_files(leftover)
    for path in leftover:
        typer.echo(f"removed {_shown(path)}")


def regenerate(caller: watching.Caller) -> None:
    """Bring everything of this checkout up to date and say which files changed, relative to the checkout."""
    files, leftover = generation()
    changed = write_files(files)
    remove_files(leftover)
    caller.say([_shown(path) for path in changed + leftover])


def generation(names: Sequence[str] = (), output: Path | None = None) -> tuple[Files, list[Path]]:
    """What there should be, and the files that should be there no more; writes nothing.

    Of the modules `names` or of all; in this checkout or, with the installed modules, below `output`. An
    installed module that is named without an `output` gets its routers, inside its own package.
    Raises StartupError where something cannot be generated.
    """
    registry = ModuleRegistry([trading_api.modules], installed=bool(output or names))
    locations = [registry.location(name) for name in names]
    ours = [each.name for each in locations if each.package.startswith(f"{trading_api.modules.__name__}.")]
    if output or len(ours) == len(names):
        return _generation(registry, names, output)
    files, leftover = _generation(registry, ours, None) if ours else ({}, [])
    for location in locations:
        files |= {} if location.name in ours else outside_router_files(location)
    return files, leftover


def _generation(
    registry: ModuleRegistry, names: Sequence[str], output: Path | None
) -> tuple[Files, list[Path]]:
    layout = _below(output) if output else LAYOUT
    routers = router_files(LAYOUT)
    sources = PendingSources(registry, LAYOUT, routers)
    with pending_imports(sources.find):
        try:
            found = registry.enabled(",".join(names) or "all")
        except StartupError as error:
            raise sources.fault or error from error
        files = generated_files(found, layout) | ({} if output else routers)
    leftover = leftover_files(files, layout.modules, layout.clients, layout.merged)
    if names:
        leftover = [path for path in leftover if layout.owner(path) in names]
        files = files_of(files, names, layout)
    return files, leftover


def _below(folder: Path) -> Layout:
    return Layout(folder / "modules", folder / "clients", folder, folder / "docs")


def _report_stale(files: Files, leftover: Sequence[Path]) -> bool:
    """Say on stderr what a generation would change; whether it would change anything."""
    stale = stale_files(files)
    for path in stale:
        typer.echo(difference(path, files[path], _shown(path)), err=True)
        typer.echo(f"out of date: {_shown(path)}; run `make generate`\n", err=True)
    for path in leftover:
        typer.echo(f"left over: {_shown(path)}; `make generate` removes it\n", err=True)
    return bool(stale or leftover)


def _report_breaches(files: Files) -> bool:
    """Say on stderr what the last release promised and is promised no more; whether there is anything."""
    found = release_breaches(files, LAYOUT.merged, datetime.now(UTC).date())
    for breach in found:
        typer.echo(f"breaks the last release: {breach}", err=True)
    if found:
        typer.echo("Clients rely on it: keep it, or make a new version (docs/contract.md).", err=True)
    return bool(found)


def _shown(path: Path) -> str:
    return str(path.relative_to(CHECKOUT) if path.is_relative_to(CHECKOUT) else path)
