"""An estimate as the text and numbers of a preview."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from trading_api.models.broker.orders import OrderType, PreOrder, Side
from trading_api.models.broker.previews import OrderPreview, PreviewRow, PreviewSection
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.confirming import Confirmed
from trading_api.modules.broker.engine import Estimate, PlaceOrder
from trading_api.modules.broker.order_words import number

NOT_KNOWN = "not known"


def order_preview(
    command: PlaceOrder, estimate: Estimate, currency: str, movements: Sequence[str] = ()
) -> OrderPreview:
    """What the ticket shows before an order is sent; `confirmId` only if it would be accepted."""
    return OrderPreview(
        sections=[_order_section(command), _cost_section(estimate, currency)],
        errors=[failure.message for failure in estimate.failures],
        warnings=[*_warnings(command, estimate), *movements],
        estimated_price=estimate.price,
        estimated_value=estimate.value,
        commission=estimate.commission,
        margin_required=estimate.margin,
        buying_power_after=estimate.available_after,
        confirm_id=None if estimate.failures else Confirmed.of(command, estimate).write(),
    )


def movements_since(pre_order: PreOrder, quote: Quote | None) -> list[str]:
    """Where the market has gone since the caller looked."""
    if quote is None:
        return []
    seen, name, now = pre_order.seen_price, "price", quote.ask if pre_order.side is Side.BUY else quote.bid
    if pre_order.current_quotes is not None:
        quotes = pre_order.current_quotes
        buys = pre_order.side is Side.BUY
        seen, name = (quotes.ask, "ask") if buys else (quotes.bid, "bid")
    if seen is None or seen == now:
        return []
    return [f"The {name} you saw was {number(seen)}; it is {number(now)} now."]


def _order_section(command: PlaceOrder) -> PreviewSection:
    brackets = command.brackets
    prices = {
        "Price": command.limit_price,
        "Stop price": command.stop_price,
        "Trailing amount": command.trailing_amount,
        "Take profit": brackets.take_profit,
        "Stop loss": brackets.stop_loss,
        "Guaranteed stop": brackets.guaranteed_stop,
        "Trailing stop, pips": brackets.trailing_stop_pips,
    }
    rows = {
        "Symbol": command.symbol,
        "Side": command.side.value,
        "Type": command.type.value,
        "Quantity": number(command.qty),
        "Price": "market",
        **{title: number(price) for title, price in prices.items() if price is not None},
        "Duration": command.duration.value,
    }
    return _section("Order", rows)


def _cost_section(estimate: Estimate, currency: str) -> PreviewSection:
    price = NOT_KNOWN if estimate.price is None else number(estimate.price)
    rows = {
        "Estimated price": price,
        "Estimated value": _money(estimate.value, currency),
        "Commission": _money(estimate.commission, currency),
        "Margin required": _money(estimate.margin, currency),
        "Buying power after": _money(estimate.available_after, currency),
    }
    return _section("Estimated cost", rows)


def _warnings(command: PlaceOrder, estimate: Estimate) -> list[str]:
    warnings = []
    if estimate.opens_at is not None:
        opening = datetime.fromtimestamp(estimate.opens_at / 1000, tz=UTC).strftime("%Y-%m-%d %H:%M UTC")
        warnings.append(f"The market is closed: the order waits until {opening}.")
    elif command.type is OrderType.MARKET and not estimate.fills_now and not estimate.failures:
        warnings.append("The order waits for the first quote of the session.")
    if estimate.fills_now and command.type is OrderType.LIMIT:
        warnings.append("The limit is at or beyond the market: the order fills at once.")
    if estimate.available_after is not None and estimate.available_after < 0 and not estimate.failures:
        warnings.append("Buying power stays below zero after this order.")
    return warnings


def _section(header: str, rows: dict[str, str]) -> PreviewSection:
    return PreviewSection(
        header=header, rows=[PreviewRow(title=key, value=text) for key, text in rows.items()]
    )


def _money(amount: Decimal | None, currency: str) -> str:
    return NOT_KNOWN if amount is None else f"{amount:,.2f} {currency}"
