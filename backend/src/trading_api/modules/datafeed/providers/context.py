"""What a provider is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import Provider
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.settings import Settings
from trading_api.shared.clock import Clock


@dataclass(frozen=True)
class ProviderContext:
    """The server's settings, time, and places; nothing has been read or written yet."""

    settings: Settings
    clock: Clock
    """The market's time. Of a market that is not a replay it is the wall clock's."""
    pacer: Pacer
    folder: Path
    """Where the provider may keep what must survive a restart; it need not exist."""
    store: BarStore
    """Bars and ticks on disk, shared by all markets."""


ProviderFactory: TypeAlias = Callable[[ProviderContext], Provider]
"""Makes a provider without reading anything; may raise StartupError with one sentence."""
