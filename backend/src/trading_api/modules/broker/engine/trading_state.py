"""What an account may do, and the terms on which it does it."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.modules.broker.engine.canceling import cancel_orders
from trading_api.modules.broker.engine.commands import CancelOrders, ChangeTerms, SetTradingState
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.events import TermsChanged, TradingStateChanged
from trading_api.modules.broker.engine.instruments import Instruments
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.refusals import CheckFailure, OrderRefused, RefusalCode
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.terms import AccountTerms


def set_trading_state(
    draft: Draft, command: SetTradingState, instruments: Instruments, market: Market
) -> None:
    """The account may do this from now on; on request its orders are canceled, all but brackets.

    Brackets go on protecting positions; those of a canceled order end with it.
    """
    wanted = command.trading_state
    if wanted is not draft.state.trading_state:
        time = draft.not_before(market.time)
        draft.record([TradingStateChanged(draft.next_offset, time, wanted)])
    if command.cancel_orders:
        canceling = CancelOrders(order_ids=command.order_ids, trading_state=wanted)
        cancel_orders(draft, canceling, instruments, market)


def change_terms(draft: Draft, command: ChangeTerms, market: Market) -> None:
    """The account trades on these terms from now on; raises OrderRefused for terms that make no sense."""
    if command.terms == draft.state.terms:
        return
    failures = tuple(check_terms(draft.state, command.terms))
    if failures:
        raise OrderRefused(failures)
    time = draft.not_before(market.time)
    draft.record([TermsChanged(draft.next_offset, time, command.terms)])


def check_terms(state: AccountState, terms: AccountTerms) -> Iterator[CheckFailure]:
    """Limits are positive, the margin levels in their order, and positions are counted in one way only."""
    risk = terms.risk
    for name, limit in (
        ("maxOrdersPerSecond", risk.max_orders_per_second),
        ("maxOrderNotional", risk.max_order_notional),
        ("maxPositionNotional", risk.max_position_notional),
    ):
        if limit is not None and limit <= 0:
            yield _refused(name, f"{name}={limit} must be above 0", Decimal(limit))
    if not 0 <= risk.liquidation_level <= risk.maintenance_level:
        message = (
            f"liquidationLevel={risk.liquidation_level} must be at least 0 and at most "
            f"maintenanceLevel={risk.maintenance_level}"
        )
        yield _refused("liquidationLevel", message, risk.liquidation_level)
    if terms.position_mode is not state.terms.position_mode and state.books:
        message = f"positionMode={terms.position_mode} can be chosen only while nothing is open"
        yield _refused("positionMode", message, terms.position_mode.value)


def _refused(field: str, message: str, value: Decimal | str) -> CheckFailure:
    return CheckFailure(field, RefusalCode.TERMS_NOT_ALLOWED, message, value)
