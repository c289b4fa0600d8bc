"""The generated sources that modules import, as they will be once everything is generated."""

import sys
from pathlib import Path

from trading_api.shared.codegen.pending_imports import PendingSource
from trading_api.shared.codegen.project import Files, Layout, rest_client_files, stream_client_files
from trading_api.shared.errors import StartupError
from trading_api.shared.module_registry import ModuleRegistry


class PendingSources:
    """Finds the routers of a module in `routers`, and makes the client of one that is imported by another.

    So neither a renamed model nor a new route stops the import of the module that generation needs for
    bringing the stale files up to date.
    """

    def __init__(self, registry: ModuleRegistry, layout: Layout, routers: Files) -> None:
        self._registry = registry
        self._layout = layout
        self._package = layout.clients.parent
        self._sources = {self._full_name(path): (path, text) for path, text in routers.items()}
        self.fault: StartupError | None = None
        """Why a module whose client is wanted cannot be imported; what wanted it then fails too."""

    def find(self, fullname: str) -> PendingSource | None:
        """Place and text of the source of the module `fullname`; None if it is as it is on disk."""
        client = self._layout.clients / f"{fullname.rpartition('.')[2]}.py"
        if self._full_name(client) == fullname and fullname not in self._sources:
            self._add_clients_beside(client)
        return self._sources.get(fullname)

    def _add_clients_beside(self, client: Path) -> None:
        owner = self._layout.owner(client)
        if owner not in self._registry.names or self._is_being_imported(owner):
            return
        try:
            modules = [each for each in self._registry.enabled(owner) if each.name == owner]
        except StartupError as error:
            self.fault = error
            return
        made = rest_client_files(modules, self._layout) | stream_client_files(modules, self._layout)
        self._sources |= {self._full_name(path): (path, text) for path, text in made.items()}

    def _is_being_imported(self, name: str) -> bool:
        location = self._registry.location(name)
        package = sys.modules.get(location.package)
        return package is not None and not hasattr(package, location.class_name)

    def _full_name(self, path: Path) -> str:
        parts = path.relative_to(self._package.parent).with_suffix("").parts
        return ".".join(parts).removesuffix(".__init__")
