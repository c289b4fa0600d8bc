"""An estimate as the text and numbers of a preview."""

from datetime import UTC, datetime
from decimal import Decimal

from trading_api.models.broker.orders import OrderType
from trading_api.models.broker.previews import OrderPreview, PreviewRow, PreviewSection
from trading_api.modules.broker.engine import Estimate, PlaceOrder
from trading_api.modules.broker.engine.exact import tidy

NOT_KNOWN = "not known"


def order_preview(command: PlaceOrder, estimate: Estimate, currency: str) -> OrderPreview:
    """What the ticket shows before an order is sent."""
    return OrderPreview(
        sections=[_order_section(command), _cost_section(estimate, currency)],
        errors=[failure.message for failure in estimate.failures],
        warnings=_warnings(command, estimate),
        estimated_price=estimate.price,
        estimated_value=estimate.value,
        commission=estimate.commission,
        margin_required=estimate.margin,
        buying_power_after=estimate.available_after,
    )


def _order_section(command: PlaceOrder) -> PreviewSection:
    price = "market" if command.limit_price is None else f"{tidy(command.limit_price):f}"
    rows = {
        "Symbol": command.symbol,
        "Side": command.side.value,
        "Type": command.type.value,
        "Quantity": f"{tidy(command.qty):f}",
        "Price": price,
        "Duration": command.duration.value,
    }
    return _section("Order", rows)


def _cost_section(estimate: Estimate, currency: str) -> PreviewSection:
    price = NOT_KNOWN if estimate.price is None else f"{tidy(estimate.price):f}"
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
