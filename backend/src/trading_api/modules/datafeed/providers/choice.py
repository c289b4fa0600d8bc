"""Which provider the settings ask for."""

from trading_api.modules.datafeed.calendars.calendars import Calendars
from trading_api.modules.datafeed.pacing import WallPacer
from trading_api.modules.datafeed.providers.base import Provider
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.providers.stored.provider import StoredProvider
from trading_api.modules.datafeed.store.hours import StoredHours
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.settings import Settings
from trading_api.shared.clock import Clock, PlaybackClock
from trading_api.shared.errors import StartupError


def choose_provider(settings: Settings, clock: Clock) -> Provider:
    """The provider of the market in `settings`; nothing is read yet."""
    if settings.market == "replay":
        return _replay(settings, clock)
    if settings.market == "stored":
        return _stored(settings, clock)
    return SimulatedProvider(settings.simulated_seed, clock, WallPacer())


def _stored(settings: Settings, clock: Clock) -> Provider:
    store = BarStore(settings.store_dir)
    calendars = Calendars(settings.calendar_dir, settings.calendar_file)
    return StoredProvider(store, StoredHours(store, calendars), clock)


def _replay(settings: Settings, clock: Clock) -> Provider:
    if settings.market_data is None:
        raise StartupError("A replay needs the folder of recordings: set TRADING_MARKET_DATA.")
    if not isinstance(clock, PlaybackClock):
        raise TypeError("a replay moves the market's clock itself")
    return ReplayProvider(
        settings.market_data,
        settings.market_dir,
        clock,
        WallPacer(),
        start=settings.replay_start,
        speed=settings.replay_speed,
        paused=settings.replay_paused,
    )
