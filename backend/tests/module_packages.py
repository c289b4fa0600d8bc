"""Packages of modules, written for one test."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = '''
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import Field

from trading_api.models.common import RequestModel
from trading_api.shared.module_interface import Module
from trading_api.shared.routing import ModuleRouter, answering

router = ModuleRouter()


class Note(RequestModel):
    """One line."""

    text: str = Field(examples=["four"])


@router.post("/notes", status_code=201, operation_id="add_{package}_note", responses=answering(4, 201))
async def add_note(note: Note) -> int:
    """Its length."""
    return len(note.text)


@router.get("/defect", operation_id="fail_{package}", responses=answering(1))
async def fail() -> int:
    """A defect."""
    return 1 // 0


class {class_name}(Module):
    """A module of a test."""

    name = "{name}"
    description = "A module of a test."
    router = router
    service = None

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        yield
'''


class ModulePackages:
    """Writes packages of modules below a folder from which they can be imported."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._made = 0
        monkeypatch.syspath_prepend(folder)

    def make(self, modules: dict[str, str], *, installed: bool = False) -> ModuleType:
        """A package holding a package for each key, whose value is its source.

        `installed` offers them under the entry-point group, as a package from outside does.
        """
        self._made += 1
        name = f"{self._folder.name.replace('-', '_')}_{self._made}"
        if installed:
            self._offer(name, list(modules))
        for module, source in modules.items():
            (self._folder / name / module).mkdir(parents=True)
            (self._folder / name / module / "__init__.py").write_text(source, "utf-8")
        (self._folder / name / "__init__.py").touch()
        importlib.invalidate_caches()
        return importlib.import_module(name)

    def _offer(self, package: str, modules: list[str]) -> None:
        points = [f"{module} = {package}.{module}:{module.capitalize()}Module" for module in modules]
        distribution = self._folder / f"{package}-1.dist-info"
        distribution.mkdir()
        (distribution / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n", "utf-8"
        )
        (distribution / "entry_points.txt").write_text(
            "\n".join(["[trading_api.modules]", *points, ""]), "utf-8"
        )


def module_source(package: str, name: str | None = None, class_name: str | None = None) -> str:
    """The source of a module that keeps the conventions, unless told otherwise."""
    name = name or package.replace("_", "-")
    class_name = class_name or "".join(part.capitalize() for part in package.split("_")) + "Module"
    return SOURCE.format(package=package, name=name, class_name=class_name)
