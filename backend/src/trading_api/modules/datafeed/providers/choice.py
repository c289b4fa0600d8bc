"""Which provider the settings ask for."""

from collections.abc import Sequence

from trading_api.modules.datafeed.calendars.calendars import Calendars
from trading_api.modules.datafeed.pacing import WallPacer
from trading_api.modules.datafeed.providers.base import Provider
from trading_api.modules.datafeed.providers.context import ProviderContext, ProviderFactory
from trading_api.modules.datafeed.providers.installed import installed_providers, make_installed
from trading_api.modules.datafeed.providers.live.choice import live_provider
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.replay.recordings import read_recordings, read_store
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.providers.stored.provider import StoredProvider
from trading_api.modules.datafeed.store.hours import StoredHours
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.settings import Settings
from trading_api.shared.clock import Clock, PlaybackClock
from trading_api.shared.errors import StartupError


def choose_provider(settings: Settings, clock: Clock) -> Provider:
    """The provider of the market in `settings`; nothing is read yet. Raises StartupError."""
    store = BarStore(settings.store_dir)
    return make_provider(ProviderContext(settings, clock, WallPacer(), settings.market_dir, store))


def make_provider(context: ProviderContext) -> Provider:
    """The same, from a context; whatever is installed is checked by name, though only one is made."""
    name = context.settings.market
    installed = installed_providers(OWN)
    if name in OWN:
        return OWN[name](context)
    if name in installed:
        return make_installed(installed[name], context)
    known = ", ".join(sorted([*OWN, *installed]))
    raise StartupError(f"There is no market '{name}'; there are {known}.")


def _simulated(context: ProviderContext) -> Provider:
    return SimulatedProvider(context.settings.simulated_seed, context.clock, context.pacer)


def _replay(context: ProviderContext) -> Provider:
    settings, clock = context.settings, context.clock
    if not isinstance(clock, PlaybackClock):
        raise TypeError("a replay moves the market's clock itself")
    calendars = Calendars(settings.calendar_dir, settings.calendar_file)
    store, folder = context.store, settings.market_data

    def read() -> Sequence[RecordedSeries]:
        hours = StoredHours(store, calendars).of
        return read_store(store, hours) if folder is None else read_recordings(folder, hours)

    return ReplayProvider(
        read,
        context.folder,
        clock,
        context.pacer,
        start=settings.replay_start,
        speed=settings.replay_speed,
        paused=settings.replay_paused,
    )


def _stored(context: ProviderContext) -> Provider:
    calendars = Calendars(context.settings.calendar_dir, context.settings.calendar_file)
    return StoredProvider(context.store, StoredHours(context.store, calendars), context.clock)


OWN: dict[str, ProviderFactory] = {
    "simulated": _simulated,
    "replay": _replay,
    "stored": _stored,
    "live": live_provider,
}
"""This project's own providers."""
