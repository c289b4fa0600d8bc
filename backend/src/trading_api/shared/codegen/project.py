"""Everything that generation writes from Python: which files, and what belongs in them."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trading_api.shared.codegen.asyncapi import merged_asyncapi, module_asyncapi
from trading_api.shared.codegen.contract_faults import refuse_contract_faults
from trading_api.shared.codegen.document_gaps import refuse_document_gaps
from trading_api.shared.codegen.error_codes import error_codes_page
from trading_api.shared.codegen.openapi import merged_openapi, module_openapi
from trading_api.shared.codegen.python_clients import python_client
from trading_api.shared.codegen.python_ws_clients import python_ws_client
from trading_api.shared.codegen.ws_declarations import route_declarations
from trading_api.shared.codegen.ws_routers import ws_routers
from trading_api.shared.module_interface import Module, api_versions, every_version

Files = dict[Path, str]
"""Text by path; the same text for the same models on any machine."""

CLIENT_FILE = re.compile(r"(\w+?)(_v\d+)?(_ws)?_client\.py")


@dataclass(frozen=True)
class Layout:
    """Where generated files go."""

    modules: Path
    """Folder with a folder for each module."""
    clients: Path
    """Folder of the Python clients."""
    merged: Path
    """Folder of the merged documents."""
    docs: Path
    """Folder of the generated pages for people."""

    def module(self, name: str) -> Path:
        """The folder of one module, by its name with hyphens."""
        return self.modules / name.replace("-", "_")

    def specifications(self, module: type[Module]) -> Path:
        """The folder of a module's documents; those of its other versions are in folders of their own."""
        folder = self.module(module.name) / "specs_generated"
        return folder / module.version if module.is_other_version else folder

    def owner(self, path: Path) -> str | None:
        """Name of the module to which the generated file at `path` belongs; None of a merged one."""
        client = CLIENT_FILE.fullmatch(path.name)
        if path.parent == self.clients and client:
            return client[1].replace("_", "-")
        if path.is_relative_to(self.modules):
            return path.relative_to(self.modules).parts[0].replace("_", "-")
        return None


def router_files(layout: Layout) -> Files:
    """`ws_generated` of every module, and folder of a version in it, that declares streams.

    Read from the sources; nothing is imported.
    """
    files = {}
    for path in sorted([*layout.modules.glob("*/ws.py"), *layout.modules.glob("*/v[0-9]*/ws.py")]):
        if declarations := route_declarations(path):
            files[path.parent / "ws_generated" / "__init__.py"] = ws_routers(declarations)
    return files


def specification_files(modules: Sequence[type[Module]], layout: Layout) -> Files:
    """The documents of each version of each module, the merged ones of each version, and the error codes."""
    files: Files = {}
    for module in every_version(modules):
        folder = layout.specifications(module)
        files[folder / "openapi.json"] = _json(module_openapi(module))
        if module.ws_routes:
            files[folder / "asyncapi.json"] = _json(module_asyncapi(module))
    merged = {version: merged_openapi(modules, version) for version in api_versions(modules)}
    for version, document in merged.items():
        middle = "" if version == Module.version else f".{version}"
        files[layout.merged / f"openapi{middle}.json"] = _json(document)
        files[layout.merged / f"asyncapi{middle}.json"] = _json(merged_asyncapi(modules, version))
    files[layout.docs / "error-codes.md"] = error_codes_page(list(merged.values()))
    return files


def rest_client_files(modules: Sequence[type[Module]], layout: Layout) -> Files:
    """The Python client of each module's operations, at each version that has any."""
    clients = {
        layout.clients / f"{module.label().replace('-', '_')}_client.py": python_client(module)
        for module in every_version(modules)
    }
    return {path: text for path, text in clients.items() if text}


def stream_client_files(modules: Sequence[type[Module]], layout: Layout) -> Files:
    """The Python client of each module's streams, at each version that has any."""
    clients = {
        layout.clients / f"{module.label().replace('-', '_')}_ws_client.py": python_ws_client(module)
        for named in modules
        for module in named.all_versions()
    }
    return {path: text for path, text in clients.items() if text}


def generated_files(modules: Sequence[type[Module]], layout: Layout) -> Files:
    """All that is generated from imported modules. Raises StartupError for a fault of their contract."""
    refuse_contract_faults(modules)
    refuse_document_gaps(modules)
    return (
        specification_files(modules, layout)
        | rest_client_files(modules, layout)
        | stream_client_files(modules, layout)
    )


def files_of(files: Files, names: Collection[str], layout: Layout) -> Files:
    """Those of `files` that belong to the named modules alone: without the merged ones."""
    return {path: text for path, text in files.items() if layout.owner(path) in names}


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
