"""Versions of the API: which are served, which are refused, and whose end is announced."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trading_api.models.versioning import VersionStatus
from trading_api.shared.errors import ApiVersionSunset, ApiVersionUnknown, TradingError
from trading_api.shared.module_interface import Module, api_versions
from trading_api.shared.versions import Deprecation, version_number

API_PATH = re.compile(r"/api/(v[0-9]+)(?:/([^/]*))?(?:/|$)")


@dataclass(frozen=True)
class Served:
    """What is known about the version that a path names."""

    refusal: TradingError | None = None
    deprecation: Deprecation | None = None


NOTHING = Served()


class ServedVersions:
    """The versions of all modules, and where each is in its life."""

    def __init__(self, modules: Sequence[type[Module]], today: Callable[[], date]) -> None:
        self._modules = {
            module.name: {each.version: each for each in module.all_versions()} for module in modules
        }
        self._versions = api_versions(modules)
        self._today = today

    def living(self, version: str) -> tuple[type[Module], ...]:
        """The modules that have `version` and whose has not ended, each as that version has it."""
        having = (versions[version] for versions in self._modules.values() if version in versions)
        return tuple(module for module in having if not self._ended(module))

    def at(self, path: str) -> Served:
        """What to do with a request for `path`; nothing, if it names no version."""
        found = API_PATH.match(path)
        if found is None:
            return NOTHING
        version, name = found.groups()
        versions = self._modules.get(name)
        if versions is None:
            return Served(self._refusal_of_version(version))
        if version not in versions:
            served = ", ".join(each.version for each in versions.values() if not self._ended(each))
            return Served(
                ApiVersionUnknown(f"Module '{name}' has no {version}; it serves {served or 'none'}.")
            )
        return self._of_module(versions[version])

    def _of_module(self, module: type[Module]) -> Served:
        announced = module.lifecycle.deprecation
        if announced is None:
            return NOTHING
        announced = replace(announced, successor=announced.successor or self._successor(module))
        if not self._ended(module):
            return Served(deprecation=announced)
        instead = f"; {announced.successor} takes its place" if announced.successor else ""
        sentence = f"The {module.version} of module '{module.name}' ended on {announced.sunset}{instead}."
        return Served(ApiVersionSunset(sentence), announced)

    def _successor(self, module: type[Module]) -> str | None:
        number = version_number(module.version)
        versions = self._modules[module.name].values()
        later = (each for each in versions if version_number(each.version) > number)
        return next((each.base_path() for each in later if not self._ended(each)), None)

    def _refusal_of_version(self, version: str) -> TradingError | None:
        if self.living(version):
            return None
        served = ", ".join(each for each in self._versions if self.living(each)) or "none"
        if version in self._versions:
            return ApiVersionSunset(f"The {version} of the API has ended; served are: {served}.")
        return ApiVersionUnknown(f"There is no {version} of the API; served are: {served}.")

    def _ended(self, module: type[Module]) -> bool:
        return module.lifecycle.status_on(self._today()) is VersionStatus.SUNSET
