"""The live market as the settings want it."""

from trading_api.modules.datafeed.providers.context import ProviderContext
from trading_api.modules.datafeed.providers.live.archive import Archive
from trading_api.modules.datafeed.providers.live.library import exchange_names
from trading_api.modules.datafeed.providers.live.provider import LiveProvider
from trading_api.modules.datafeed.providers.live.wanted import parse_options, parse_wanted


def live_provider(context: ProviderContext) -> LiveProvider:
    """Nothing is asked or read yet but whether ccxt is installed; raises StartupError."""
    settings = context.settings
    wanted, options = parse_wanted(settings.live), parse_options(settings.live_options)
    exchange_names()
    archive = None
    if settings.live_record_bars or settings.live_record_ticks:
        archive = Archive(
            context.store,
            context.folder / "recorded",
            bars=settings.live_record_bars,
            ticks=settings.live_record_ticks,
        )
    return LiveProvider(wanted, options, context.folder, archive, context.clock, context.pacer)
