"""Which provider the settings ask for."""

from trading_api.modules.datafeed.pacing import WallPacer
from trading_api.modules.datafeed.providers.base import Provider
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.settings import Settings
from trading_api.shared.clock import Clock
from trading_api.shared.errors import StartupError


def choose_provider(settings: Settings, clock: Clock) -> Provider:
    """The provider of the market in `settings`; nothing is read yet."""
    if settings.market == "replay":
        raise StartupError("The replay provider is not built yet.")
    return SimulatedProvider(settings.simulated_seed, clock, WallPacer())
