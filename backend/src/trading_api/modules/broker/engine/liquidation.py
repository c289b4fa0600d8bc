"""What happens when the equity of an account no longer carries its positions."""

from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderStatus, OrderType
from trading_api.modules.broker.engine.causes import Cause, Rule, because
from trading_api.modules.broker.engine.conversion import kept_rate, last_rate
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.events import LiquidationBegan, MarginRecovered, MarginWarned
from trading_api.modules.broker.engine.exact import ZERO, quotient, tidy
from trading_api.modules.broker.engine.fills import Fill, execute
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.lifecycle import accept, cancel_all
from trading_api.modules.broker.engine.margin_level import (
    Holding,
    Standing,
    Verdict,
    holdings_of,
    standing_of,
)
from trading_api.modules.broker.engine.market import Market, opposite


def watch_margin(draft: Draft, instruments: Instruments, market: Market, liquidates: bool) -> None:
    """Warn once below the maintenance level, and below the liquidation level close positions.

    First the orders that could open positions are canceled, then positions are closed whole at the market,
    the largest loss first, until the level is restored. What cannot be closed, because its session is
    over or nothing is bid or asked, is left until it can. A command only warns: `liquidates` is for ticks.
    Before every position has been quoted, as after a restart, nothing can be said.
    """
    state = draft.state
    if not state.positions and not state.margin_warned:
        return
    if any(market.quote(position.symbol) is None for position in state.positions.values()):
        return
    holdings = holdings_of(state, market)
    standing = standing_of(state, holdings)
    verdict = standing.verdict(state.terms.risk)
    if verdict is not Verdict.SOUND and not state.margin_warned:
        draft.record([MarginWarned(*_moment(draft, market), *_figures(standing))])
    if verdict is Verdict.OVERDRAWN and liquidates:
        standing = _liquidate(draft, holdings, standing, instruments, market)
        verdict = standing.verdict(state.terms.risk)
    if verdict is Verdict.SOUND and draft.state.margin_warned:
        draft.record([MarginRecovered(*_moment(draft, market), *_figures(standing))])


def _liquidate(
    draft: Draft, holdings: list[Holding], standing: Standing, instruments: Instruments, market: Market
) -> Standing:
    """Close what has to be closed; returns what that comes to."""
    losses = [item for item in holdings if _can_close(item.position, instruments, market)]
    if not losses:
        return standing
    losses.sort(key=lambda item: (item.profit, int(item.position.id[1:])))
    draft.record([LiquidationBegan(*_moment(draft, market), *_figures(standing))])
    _cancel_openers(draft, standing, instruments, market)
    for item in losses:
        if standing.verdict(draft.state.terms.risk) is not Verdict.OVERDRAWN:
            break
        before = draft.state.commissions
        _close(draft, item.position, standing, instruments[item.position.symbol], market)
        standing = standing.without(item, draft.state.commissions - before)
    return standing


def _cancel_openers(draft: Draft, standing: Standing, instruments: Instruments, market: Market) -> None:
    openers = [order for order in draft.state.open_orders if not order.only_reduces]

    def cause_of(order: Order) -> Cause:
        return _because(standing, draft, order.symbol, market)

    cancel_all(draft, openers, market.time, instruments, cause_of)


def _close(
    draft: Draft, position: Position, standing: Standing, instrument: Instrument, market: Market
) -> None:
    price = market.closing_price(position.symbol, position.side)
    if price is None:
        raise ValueError(f"{position.id} cannot be closed without a quote")
    cause = _because(standing, draft, position.symbol, market)
    order = accept(draft, _closing_order(draft, position, instrument, market), market.time, cause)
    execute(draft, Fill(order, order.qty, price, market.time, cause), instrument, market)


def _closing_order(draft: Draft, position: Position, instrument: Instrument, market: Market) -> Order:
    offset, time = draft.next_offset, draft.not_before(market.time)
    rate = last_rate(market, position.currency, draft.state.currency, position.conversion)
    return Order(
        id=f"O{offset}",
        symbol=position.symbol,
        type=OrderType.MARKET,
        side=opposite(position.side),
        qty=position.qty,
        duration=DurationType.GTC,
        status=OrderStatus.WORKING,
        filled_qty=ZERO,
        filled_value=ZERO,
        point_value=position.point_value,
        margin_rate=instrument.margin_rate,
        create_time=time,
        update_time=time,
        created_offset=offset,
        offset=offset,
        active_time=time,
        currency=position.currency,
        conversion=kept_rate(rate),
        is_close=True,
        position_id=position.id,
    )


def _can_close(position: Position, instruments: Instruments, market: Market) -> bool:
    quote = market.quote(position.symbol)
    if quote is None or market.closing_price(position.symbol, position.side) is None:
        return False
    return instruments[position.symbol].trades_throughout(quote.time, market.time)


def _because(standing: Standing, draft: Draft, symbol: str, market: Market) -> Cause:
    level = quotient(standing.equity, standing.used)
    least = draft.state.terms.risk.liquidation_level
    note = f"marginLevel={level:f} liquidationLevel={least:f}"
    return because(Rule.LIQUIDATION, market.quote(symbol), note)


def _moment(draft: Draft, market: Market) -> tuple[int, int]:
    return draft.next_offset, draft.not_before(market.time)


def _figures(standing: Standing) -> tuple[Decimal, Decimal]:
    return tidy(standing.equity), tidy(standing.used)
