"""The versions of the API, put together from those of the modules."""

from collections.abc import Sequence
from datetime import date

from trading_api.models.versioning import ApiVersion, VersionedModule, VersionStatus
from trading_api.shared.module_interface import Module, api_versions, modules_at

COURSE = list(VersionStatus)
"""The statuses in the order of a life."""


def versions_on(day: date, modules: Sequence[type[Module]]) -> list[ApiVersion]:
    """Every version, oldest first, as it is on `day`.

    A version is only as far in its life as the least of its modules: it is stable, deprecated or ended when
    all of them are.
    """
    return [
        _version(version, [_module(day, each) for each in modules_at(modules, version)])
        for version in api_versions(modules)
    ]


def _module(day: date, module: type[Module]) -> VersionedModule:
    end = module.lifecycle.deprecation
    return VersionedModule(
        name=module.name,
        url=module.base_path(),
        status=module.lifecycle.status_on(day),
        released=module.lifecycle.released,
        deprecated=end and end.since,
        sunset=end and end.sunset,
    )


def _version(version: str, modules: list[VersionedModule]) -> ApiVersion:
    return ApiVersion(
        version=version,
        status=min((module.status for module in modules), key=COURSE.index),
        released=min(module.released for module in modules),
        deprecated=_last([module.deprecated for module in modules]),
        sunset=_last([module.sunset for module in modules]),
        modules=modules,
    )


def _last(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
