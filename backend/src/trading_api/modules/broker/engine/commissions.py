"""What an execution costs."""

from decimal import Decimal

from trading_api.models.broker.accounts import CommissionKind, Liquidity
from trading_api.models.broker.orders import StopType
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms

BASIS_POINT = Decimal("0.0001")


def cost_of(terms: AccountTerms, order: Order, qty: Decimal, value: Decimal, liquidity: Liquidity) -> Decimal:
    """Commission on a fill, and of a guaranteed stop the premium of its price; `commission_of` explains."""
    commission = commission_of(terms.commission, order, qty, value, liquidity)
    if order.stop_type is not StopType.GUARANTEED_STOP:
        return commission
    return commission + value * terms.guaranteed_stop_premium_bps * BASIS_POINT


def commission_of(
    terms: CommissionTerms, order: Order, qty: Decimal, value: Decimal, liquidity: Liquidity
) -> Decimal:
    """Commission on a fill of `qty` of `order` worth `value`, both money in the account's currency.

    What is charged per order is charged with its first execution; a minimum is what all executions of an
    order cost together at least, so the first carries it and later ones what exceeds it.
    """
    match terms.kind:
        case CommissionKind.PER_ORDER:
            return ZERO if order.filled_qty else terms.rate
        case CommissionKind.PER_SHARE:
            return _beyond_minimum(terms, order.filled_qty * terms.rate, qty * terms.rate, order)
        case CommissionKind.BASIS_POINTS:
            return value * terms.rate * BASIS_POINT
        case CommissionKind.MAKER_TAKER:
            rate = terms.maker_rate if liquidity is Liquidity.MAKER else terms.rate
            return value * rate * BASIS_POINT
    return ZERO


def _beyond_minimum(terms: CommissionTerms, before: Decimal, added: Decimal, order: Order) -> Decimal:
    paid = max(before, terms.minimum) if order.filled_qty else ZERO
    return max(before + added, terms.minimum) - paid
