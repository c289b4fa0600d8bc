"""`trading-pro new-module`: the beginnings of a module, which serves, streams and is tested."""

import importlib
import keyword
import re
import shutil
from pathlib import Path
from string import Template
from typing import Annotated

import typer

import trading_api.modules
from trading_api.app_factory import CHECKOUT
from trading_api.cli.generate import PACKAGE, generate
from trading_api.shared.codegen.output import write_files
from trading_api.shared.errors import StartupError
from trading_api.shared.module_registry import NAME_PATTERN, ModuleRegistry, class_name

TEMPLATES = Path(__file__).with_name("new_module_templates")
LONGEST_NAME = 30
RESERVED = frozenset({"docs", "test", "tests", "ws"})
"""Names whose addresses or folders mean something else."""
RESERVED_ENDING = re.compile(r".*-(ws|v[0-9]+)")


def new_module(
    name: Annotated[str, typer.Argument(help="Words with hyphens, such as market-scanner.")],
) -> None:
    """Write the sources of a new module, and generate what follows from them."""
    snake = name.replace("-", "_")
    folder, model = PACKAGE / "modules" / snake, PACKAGE / "models" / f"{snake}.py"
    if reason := _reason_to_refuse(name, [folder, model, model.with_suffix("")]):
        raise StartupError(f"A new module cannot be named '{name[:100]}': {reason}.")
    sources = _sources(name, folder, model)
    try:
        written = write_files(sources)
        importlib.invalidate_caches()
        generate()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        model.unlink(missing_ok=True)
        raise
    for path in written:
        typer.echo(f"wrote {path.relative_to(CHECKOUT)}")


def _reason_to_refuse(name: str, places: list[Path]) -> str | None:
    if not (CHECKOUT / "backend" / "pyproject.toml").is_file():
        return f"modules are made in a checkout of the project, and {CHECKOUT} is none"
    if not NAME_PATTERN.fullmatch(name):
        return "it is not words of lower-case letters and digits with hyphens, such as market-scanner"
    if len(name) > LONGEST_NAME:
        return f"it is longer than {LONGEST_NAME} characters"
    if RESERVED_ENDING.fullmatch(name):
        return "clients of streams and of versions have names with such an ending"
    if name in RESERVED or keyword.iskeyword(name):
        return "the word is taken"
    if name in ModuleRegistry([trading_api.modules]).names:
        return "there is a module of this name"
    taken = next((path for path in places if path.exists()), None)
    return f"{taken.relative_to(CHECKOUT)} exists" if taken else None


def _sources(name: str, folder: Path, model: Path) -> dict[Path, str]:
    """Text of each file of the new module."""
    names = {"name": name, "snake": folder.name, "pascal": class_name(name).removesuffix("Module")}
    elsewhere = {
        "models.py": model,
        "tests_init.py": folder / "tests" / "__init__.py",
        "test_module.py": folder / "tests" / f"test_{folder.name}.py",
    }
    sources = {}
    for template in sorted(TEMPLATES.glob("*.template")):
        text = Template(template.read_text("utf-8")).substitute(names)
        sources[elsewhere.get(template.stem, folder / template.stem)] = text
    return sources
