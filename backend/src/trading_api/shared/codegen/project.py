"""Everything that generation writes from Python: which files, and what belongs in them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trading_api.shared.codegen.asyncapi import merged_asyncapi, module_asyncapi
from trading_api.shared.codegen.openapi import merged_openapi, module_openapi
from trading_api.shared.codegen.ws_declarations import route_declarations
from trading_api.shared.codegen.ws_routers import ws_routers
from trading_api.shared.module_interface import Module

Files = dict[Path, str]
"""Text by path; the same text for the same models on any machine."""


@dataclass(frozen=True)
class Layout:
    """Where generated files go."""

    modules: Path
    """Folder with a folder for each module."""
    clients: Path
    """Folder of the Python clients."""
    merged: Path
    """Folder of the merged documents."""

    def module(self, name: str) -> Path:
        """The folder of one module, by its name with hyphens."""
        return self.modules / name.replace("-", "_")


def router_files(layout: Layout) -> Files:
    """`ws_generated` of every module that declares streams; read from the sources, nothing is imported."""
    files = {}
    for path in sorted(layout.modules.glob("*/ws.py")):
        if declarations := route_declarations(path):
            files[path.parent / "ws_generated" / "__init__.py"] = ws_routers(declarations)
    return files


def specification_files(modules: Sequence[type[Module]], layout: Layout) -> Files:
    """The documents of each module, and the merged ones."""
    files: Files = {}
    for module in modules:
        folder = layout.module(module.name) / "specs_generated"
        files[folder / "openapi.json"] = _json(module_openapi(module))
        if module.ws_routes:
            files[folder / "asyncapi.json"] = _json(module_asyncapi(module))
    files[layout.merged / "openapi.json"] = _json(merged_openapi(modules))
    files[layout.merged / "asyncapi.json"] = _json(merged_asyncapi(modules))
    return files


def generated_files(modules: Sequence[type[Module]], layout: Layout) -> Files:
    """All that is generated from imported modules."""
    return specification_files(modules, layout)


def stale_files(files: Files) -> list[Path]:
    """Those of `files` whose text on disk is another."""
    return [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]


def write_files(files: Files) -> list[Path]:
    """Write those that are stale; returns them."""
    stale = stale_files(files)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], "utf-8")
    return stale


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
