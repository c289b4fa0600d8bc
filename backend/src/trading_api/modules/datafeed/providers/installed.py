"""Providers from other packages, by the entry-point group `trading_api.providers`: name -> factory."""

import importlib
import re
from collections.abc import Callable, Collection
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from trading_api.modules.datafeed.providers.base import Provider
from trading_api.modules.datafeed.providers.context import ProviderContext
from trading_api.shared.errors import StartupError
from trading_api.shared.source_places import import_failure

ENTRY_POINT_GROUP = "trading_api.providers"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NEEDED = sorted(name for name in vars(Provider) if not name.startswith("_"))


def installed_providers(taken: Collection[str]) -> dict[str, EntryPoint]:
    """What is installed, by name; nothing is imported.

    Raises StartupError for a name that is none, is `taken`, or stands for two packages.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: (point.name, point.value)):
        if not _NAME.fullmatch(point.name):
            raise StartupError(f"The provider name '{point.name}' ({point.value}) is not words with hyphens.")
        other = found.get(point.name)
        if point.name in taken or other is not None:
            known = "this project's own" if other is None else other.value
            raise StartupError(f"Two providers are named '{point.name}': {known} and {point.value}.")
        found[point.name] = point
    return found


def make_installed(point: EntryPoint, context: ProviderContext) -> Provider:
    """Import the factory and call it; raises StartupError for what cannot be imported or is no provider."""
    try:
        factory = getattr(importlib.import_module(point.module), point.attr, None)
    except (Exception, SystemExit) as error:
        reason = import_failure(error, point.module)
        raise StartupError(
            f"Provider '{point.name}' cannot be imported from {point.module}: {reason}."
        ) from error
    if not callable(factory):
        raise StartupError(
            f"{point.module} has no function {point.attr} that makes the provider '{point.name}'."
        )
    made = _call(factory, point, context)
    missing = [name for name in _NEEDED if not hasattr(made, name)]
    if missing:
        kind = type(made).__name__
        raise StartupError(
            f"Provider '{point.name}' is a {kind} without {missing[0]}: see docs/providers.md."
        )
    provider: Provider = made
    return provider


def _call(factory: Callable[[ProviderContext], Any], point: EntryPoint, context: ProviderContext) -> Any:
    try:
        return factory(context)
    except StartupError:
        raise
    except Exception as error:
        reason = import_failure(error, point.module)
        raise StartupError(f"Provider '{point.name}' cannot be made: {reason}.") from error
