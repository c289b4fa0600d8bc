"""What is checked before an order is accepted; every failure is reported, not only the first."""

from collections.abc import Iterator

from trading_api.modules.broker.engine.bracket_checks import check_order_brackets
from trading_api.modules.broker.engine.closing_checks import check_closing, closes_all
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.conversion import rate_of
from trading_api.modules.broker.engine.duration_checks import check_duration
from trading_api.modules.broker.engine.exact import is_multiple
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.margin import margin_of, total_margin
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.price_checks import check_prices, check_quote
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode
from trading_api.modules.broker.engine.risk_checks import check_risk
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.worth import equity_of, worth_of


def check_order(
    state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market
) -> tuple[CheckFailure, ...]:
    """Every check that needs no knowledge of what the order would do to the account."""
    return (
        *_check_symbol(state, instrument, market),
        *check_terms(state, command, instrument, market),
        *check_closing(state, command),
        *check_order_brackets(command, instrument, market),
        *_check_client_order_id(state, command),
        *check_risk(state, command, instrument, market),
    )


def check_terms(
    state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market
) -> tuple[CheckFailure, ...]:
    """Whether quantity, prices and duration are what an order of this type can have at this moment."""
    return (
        *(() if closes_all(state, command) else check_qty(command, instrument)),
        *check_prices(state, command, instrument, market),
        *check_duration(command, instrument, market),
        *check_quote(state, command, instrument, market),
    )


def check_buying_power(
    before: AccountState, after: AccountState, symbol: str, market: Market
) -> tuple[CheckFailure, ...]:
    """Whether the account can carry `after`; what adds no margin to `symbol` is always allowed."""
    margin = margin_of(after, symbol, market).total
    added = margin - margin_of(before, symbol, market).total
    if added <= 0:
        return ()
    others = total_margin(after, market, without=symbol).total
    available = equity_of(after, market) - others - margin
    if available >= 0:
        return ()
    had = worth_of(before, market).available
    message = f"there is not enough buying power: margin={added:f} available={had:f} after={available:f}"
    return (CheckFailure("qty", RefusalCode.BUYING_POWER_INSUFFICIENT, message, added),)


def _check_symbol(state: AccountState, instrument: Instrument, market: Market) -> Iterator[CheckFailure]:
    if not instrument.tradable:
        reason = (instrument.reason or "it is not offered for trading").rstrip(".")
        message = f"symbol={instrument.symbol} cannot be traded: {reason}"
        yield CheckFailure("symbol", RefusalCode.SYMBOL_NOT_TRADABLE, message, instrument.symbol)
    if rate_of(market, instrument.currency, state.currency) is None:
        message = f"no conversion from currency={instrument.currency} to account={state.currency}"
        yield CheckFailure("symbol", RefusalCode.CURRENCY_UNSUPPORTED, message, instrument.symbol)


def check_qty(command: PlaceOrder, instrument: Instrument) -> Iterator[CheckFailure]:
    """Within the instrument's bounds, in its steps."""
    qty = command.qty
    if qty <= 0:
        yield CheckFailure("qty", RefusalCode.QUANTITY_NOT_POSITIVE, f"qty={qty} must be above 0", qty)
        return
    if qty < instrument.min_qty:
        message = f"qty={qty} must be at least min={instrument.min_qty:f}"
        yield CheckFailure("qty", RefusalCode.QUANTITY_TOO_SMALL, message, qty)
    if qty > instrument.max_qty:
        message = f"qty={qty} must be at most max={instrument.max_qty:f}"
        yield CheckFailure("qty", RefusalCode.QUANTITY_TOO_LARGE, message, qty)
    if not is_multiple(qty, instrument.qty_step):
        message = f"qty={qty} must be a multiple of step={instrument.qty_step:f}"
        yield CheckFailure("qty", RefusalCode.QUANTITY_STEP, message, qty)


def _check_client_order_id(state: AccountState, command: PlaceOrder) -> Iterator[CheckFailure]:
    name = command.client_order_id
    if name is not None and name in state.client_order_ids:
        message = f"clientOrderId={name} already names order={state.client_order_ids[name]}"
        yield CheckFailure("clientOrderId", RefusalCode.CLIENT_ORDER_ID_DUPLICATE, message, name)
