"""Money of one currency in another, at the last known rate of the pair."""

from decimal import Decimal

from trading_api.models.market.ticks import Quote
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


def last_rate(market: Market, currency: str, account_currency: str, known: Decimal | None) -> Decimal:
    """The rate by which what is open counts: the market's, or else the one `known` since its last change.

    What is open was accepted at a rate, so money never becomes unknown because a pair is quoted no more;
    new orders are refused then.
    """
    rate = rate_of(market, currency, account_currency)
    return rate if rate is not None else known if known is not None else PAR


def kept_rate(rate: Decimal | None) -> Decimal | None:
    """The rate as entities keep it: None where money needs no conversion."""
    return None if rate == PAR else rate


def pairs_of(currency: str, account_currency: str) -> tuple[str, ...]:
    """Symbols whose quotes give the rate; the first that is quoted counts. None for the same currency."""
    if not currency or currency == account_currency:
        return ()
    return (currency + account_currency, account_currency + currency)


def middle(quote: Quote) -> Decimal | None:
    """Half way between bid and ask; None where a side is empty."""
    if quote.bid <= 0 or quote.ask <= 0:
        return None
    return quotient(quote.bid + quote.ask, Decimal(2))


def _middle(market: Market, pair: str) -> Decimal | None:
    quote = market.quote(pair)
    return None if quote is None else middle(quote)
