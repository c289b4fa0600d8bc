"""Money of one currency in another, at the last known rate of the pair."""

from decimal import Decimal

from trading_api.modules.broker.engine.exact import quotient
from trading_api.modules.broker.engine.market import Market

PAR = Decimal(1)


def rate_of(market: Market, currency: str, account_currency: str) -> Decimal | None:
    """Units of the account's currency for one of `currency`; None if no rate is known.

    The rate is the middle of the last quote of the pair, whichever way round it is quoted: `EURUSD` for
    EUR in a USD account, or one divided by `USDEUR`.
    """
    if not currency or currency == account_currency:
        return PAR
    direct = _middle(market, currency + account_currency)
    if direct is not None:
        return direct
    inverse = _middle(market, account_currency + currency)
    return None if inverse is None else quotient(PAR, inverse)


def _middle(market: Market, pair: str) -> Decimal | None:
    quote = market.quote(pair)
    if quote is None or quote.bid <= 0 or quote.ask <= 0:
        return None
    return quotient(quote.bid + quote.ask, Decimal(2))
