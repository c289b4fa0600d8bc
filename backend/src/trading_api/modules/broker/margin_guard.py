"""Lets quotes pass that cannot change what is to be said of an account's margin."""

from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine import AccountState, Market
from trading_api.modules.broker.engine.margin_bands import Bands, bands_of


class MarginGuard:
    """Remembers between which prices an account's margin needs no look, so that most quotes cost nothing.

    It is armed with the newest market after each decision. From the first quote that leaves a band on,
    every quote that moves the margin counts, until it is armed again.
    """

    def __init__(self) -> None:
        self._armed: AccountState | None = None
        self._bands: Bands = {}
        self._left = False
        """Whether a quote has left a band since."""

    def concerns(self, state: AccountState, quote: Quote) -> bool:
        """Whether `quote` may change what is to be said of the margin of an account in this state."""
        if not state.positions:
            return False
        if self.is_blind(state):
            return _moves_margin(state, quote.symbol)
        band = self._bands.get(quote.symbol)
        if band is None or band.has(quote):
            return False
        self._left = True
        return True

    def is_blind(self, state: AccountState) -> bool:
        """Whether it lets nothing pass until it is armed."""
        return bool(state.positions) and (self._left or not self._knows(state))

    def arm(self, state: AccountState, market: Market) -> None:
        """Look at the account in this state, in the newest market."""
        self._bands = bands_of(state, market)
        self._armed = state
        self._left = False

    def _knows(self, state: AccountState) -> bool:
        armed = self._armed
        return armed is not None and (
            state is armed or (state.has_money_of(armed) and state.margin_warned is armed.margin_warned)
        )


def _moves_margin(state: AccountState, symbol: str) -> bool:
    """Whether something is held in the symbol, or it is a pair that may give a conversion rate."""
    if state.book(symbol).position_ids:
        return True
    return symbol.startswith(state.currency) or symbol.endswith(state.currency)
