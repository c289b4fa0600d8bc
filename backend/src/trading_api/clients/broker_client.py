"""Client of the module `broker`, generated; `make generate` writes it anew."""

from collections.abc import Callable
from enum import StrEnum

from trading_api.clients.answers import AnswerHeader
from trading_api.clients.operation import Operation
from trading_api.clients.rest import RestClient
from trading_api.models.broker.accounts import AccountInfo, AccountMetainfo
from trading_api.models.broker.executions import ExecutionsPage
from trading_api.models.broker.orders import OrdersPage, PlacedOrder, PlaceOrderResult, PreOrder
from trading_api.models.broker.positions import Position
from trading_api.models.broker.previews import OrderPreview

_PLACE_ORDER = Operation[PlaceOrderResult]("POST", "/orders", PlaceOrderResult, keyed=True)
_PREVIEW_ORDER = Operation[OrderPreview]("POST", "/orders/preview", OrderPreview)
_LIST_ORDERS = Operation[list[PlacedOrder]]("GET", "/orders", list[PlacedOrder])
_ORDERS_HISTORY = Operation[OrdersPage]("GET", "/orders/history", OrdersPage)
_GET_ORDER = Operation[PlacedOrder]("GET", "/orders/{orderId}", PlacedOrder)
_CANCEL_ORDER = Operation[PlacedOrder]("DELETE", "/orders/{orderId}", PlacedOrder, keyed=True)
_LIST_POSITIONS = Operation[list[Position]]("GET", "/positions", list[Position])
_LIST_EXECUTIONS = Operation[ExecutionsPage]("GET", "/executions", ExecutionsPage)
_LIST_ACCOUNTS = Operation[list[AccountMetainfo]]("GET", "/accounts", list[AccountMetainfo])
_GET_ACCOUNT = Operation[AccountInfo]("GET", "/account", AccountInfo)


class BrokerErrorCode(StrEnum):
    """Codes of the problems with which the module `broker` refuses."""

    ACCOUNT_UNKNOWN = "account-unknown"
    BODY_TOO_LARGE = "body-too-large"
    BRACKETS_NOT_ALLOWED = "brackets-not-allowed"
    BUYING_POWER_INSUFFICIENT = "buying-power-insufficient"
    CLIENT_ORDER_ID_DUPLICATE = "client-order-id-duplicate"
    CURRENCY_UNSUPPORTED = "currency-unsupported"
    CURSOR_INVALID = "cursor-invalid"
    HOST_NOT_ALLOWED = "host-not-allowed"
    IDEMPOTENCY_KEY_REUSED = "idempotency-key-reused"
    INTERNAL_ERROR = "internal-error"
    JSON_INVALID = "json-invalid"
    MARKET_DATA_UNAVAILABLE = "market-data-unavailable"
    ORDER_FINAL = "order-final"
    ORDER_UNKNOWN = "order-unknown"
    PRICE_MISSING = "price-missing"
    PRICE_NOT_ALLOWED = "price-not-allowed"
    PRICE_NOT_POSITIVE = "price-not-positive"
    PRICE_TICK = "price-tick"
    QUANTITY_NOT_POSITIVE = "quantity-not-positive"
    QUANTITY_STEP = "quantity-step"
    QUANTITY_TOO_LARGE = "quantity-too-large"
    QUANTITY_TOO_SMALL = "quantity-too-small"
    QUOTE_UNAVAILABLE = "quote-unavailable"
    STOP_LOSS_WRONG_SIDE = "stop-loss-wrong-side"
    STOPS_CONFLICT = "stops-conflict"
    STORAGE_UNAVAILABLE = "storage-unavailable"
    SYMBOL_NOT_TRADABLE = "symbol-not-tradable"
    SYMBOL_UNKNOWN = "symbol-unknown"
    TAKE_PROFIT_WRONG_SIDE = "take-profit-wrong-side"
    TRAILING_PIPS_NOT_POSITIVE = "trailing-pips-not-positive"
    VALIDATION_FAILED = "validation-failed"


class BrokerClient(RestClient):
    """Paper trading: orders, positions, executions and accounts."""

    error_codes = BrokerErrorCode

    async def place_order(
        self,
        pre_order: PreOrder,
        *,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> PlaceOrderResult:
        """Place an order: durable when answered. A refusal lists every failed check among its fields."""
        return await self._ask(
            _PLACE_ORDER,
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=pre_order,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def preview_order(self, pre_order: PreOrder, *, account_id: str | None = None) -> OrderPreview:
        """What an order would cost, and every reason for which it would be refused; nothing is placed."""
        return await self._ask(_PREVIEW_ORDER, query={"accountId": account_id}, body=pre_order)

    async def list_orders(self, *, account_id: str | None = None) -> list[PlacedOrder]:
        """Open orders, and those that became final in the present trading day."""
        return await self._ask(_LIST_ORDERS, query={"accountId": account_id})

    async def orders_history(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        account_id: str | None = None,
    ) -> OrdersPage:
        """Final orders, newest first."""
        return await self._ask(
            _ORDERS_HISTORY,
            query={"limit": limit, "cursor": cursor, "accountId": account_id},
        )

    async def get_order(self, *, order_id: str, account_id: str | None = None) -> PlacedOrder:
        """One order."""
        return await self._ask(_GET_ORDER, path={"orderId": order_id}, query={"accountId": account_id})

    async def cancel_order(
        self,
        *,
        order_id: str,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> PlacedOrder:
        """Cancel an open order: durable when answered."""
        return await self._ask(
            _CANCEL_ORDER,
            path={"orderId": order_id},
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def list_positions(self, *, account_id: str | None = None) -> list[Position]:
        """Open positions."""
        return await self._ask(_LIST_POSITIONS, query={"accountId": account_id})

    async def list_executions(
        self,
        *,
        symbol: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        account_id: str | None = None,
    ) -> ExecutionsPage:
        """Executions, newest first."""
        return await self._ask(
            _LIST_EXECUTIONS,
            query={"symbol": symbol, "limit": limit, "cursor": cursor, "accountId": account_id},
        )

    async def list_accounts(self) -> list[AccountMetainfo]:
        """All accounts."""
        return await self._ask(_LIST_ACCOUNTS)

    async def get_account(self, *, account_id: str | None = None) -> AccountInfo:
        """An account and what it is worth."""
        return await self._ask(_GET_ACCOUNT, query={"accountId": account_id})
