"""Finding modules by convention, and choosing the enabled ones."""

import importlib
import pkgutil
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from types import ModuleType

from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import Module
from trading_api.shared.source_places import import_failure
from trading_api.shared.versions import version_number

ENTRY_POINT_GROUP = "trading_api.modules"
ALWAYS_ENABLED = "core"
NAME_PATTERN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
PACKAGE_PATTERN = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass(frozen=True)
class ModuleLocation:
    """Where a module's class is, before anything of it is imported."""

    name: str
    package: str
    class_name: str


def module_name(package: str) -> str:
    """`market_data` -> `market-data`."""
    return package.replace("_", "-")


def class_name(name: str) -> str:
    """`market-data` -> `MarketDataModule`."""
    return "".join(part.capitalize() for part in name.split("-")) + "Module"


class ModuleRegistry:
    """The modules in `packages` and those installed under the entry-point group, by name.

    Raises StartupError for a package whose name breaks the rules and for two modules of one name.
    """

    def __init__(self, packages: Sequence[ModuleType], *, installed: bool = True) -> None:
        self._locations: dict[str, ModuleLocation] = {}
        for package in packages:
            for location in _locations_in(package):
                self._add(location)
        if installed:
            for location in _installed_locations():
                self._add(location)

    @property
    def names(self) -> list[str]:
        """Names of all modules that could be enabled."""
        return sorted(self._locations)

    def location(self, name: str) -> ModuleLocation:
        """Where the module `name` is. Raises StartupError if there is none."""
        if name not in self._locations:
            raise StartupError(f"There is no module '{name}'; there are {', '.join(self.names)}.")
        return self._locations[name]

    def enabled(self, wanted: str) -> tuple[type[Module], ...]:
        """Import the modules named in `wanted` (`all`, or names with commas), core first.

        Raises StartupError for a name that is unknown and for a module that cannot be imported.
        """
        return tuple(_load(self._locations[name]) for name in self._chosen(wanted))

    def _chosen(self, wanted: str) -> list[str]:
        if wanted.strip() == "all":
            names = set(self._locations)
        else:
            names = {part.strip() for part in wanted.split(",") if part.strip()}
        unknown = sorted(names - set(self._locations))
        if unknown:
            known = ", ".join(self.names)
            raise StartupError(f"ENABLED_MODULES names '{unknown[0]}', which is not one of: {known}.")
        return sorted({ALWAYS_ENABLED} & set(self._locations) | names, key=lambda n: (n != ALWAYS_ENABLED, n))

    def _add(self, location: ModuleLocation) -> None:
        if not NAME_PATTERN.fullmatch(location.name):
            raise StartupError(
                f"The module name '{location.name}' ({location.package}) is not words with hyphens."
            )
        other = self._locations.get(location.name)
        if other is not None:
            raise StartupError(
                f"Two modules are named '{location.name}': {other.package} and {location.package}."
            )
        self._locations[location.name] = location


def _locations_in(package: ModuleType) -> list[ModuleLocation]:
    locations = []
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        short = found.name.rpartition(".")[2]
        if not found.ispkg:
            raise StartupError(f"{found.name} is not a package, but every module is one.")
        if not PACKAGE_PATTERN.fullmatch(short):
            raise StartupError(f"The module package '{found.name}' is not lower-case words with underscores.")
        name = module_name(short)
        locations.append(ModuleLocation(name, found.name, class_name(name)))
    return locations


def _installed_locations() -> list[ModuleLocation]:
    return [
        ModuleLocation(point.name, point.module, point.attr)
        for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name)
    ]


def _load(location: ModuleLocation) -> type[Module]:
    try:
        package = importlib.import_module(location.package)
    except (Exception, SystemExit) as error:
        reason = import_failure(error, location.package)
        raise StartupError(
            f"Module '{location.name}' cannot be imported from {location.package}: {reason}."
        ) from error
    found = getattr(package, location.class_name, None)
    if not (isinstance(found, type) and issubclass(found, Module)):
        raise StartupError(f"{location.package} exports no class {location.class_name} derived from Module.")
    if found.name != location.name:
        raise StartupError(f"{location.class_name} calls itself '{found.name}' instead of '{location.name}'.")
    _check_versions(found)
    return found


def _check_versions(module: type[Module]) -> None:
    versions = [module.version, *(other.version for other in module.other_versions)]
    for version in versions:
        try:
            version_number(version)
        except ValueError as error:
            raise StartupError(f"Module '{module.name}' cannot be served: {error}.") from error
        if versions.count(version) > 1:
            raise StartupError(f"Module '{module.name}' has two versions named '{version}'.")
