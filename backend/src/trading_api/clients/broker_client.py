"""Client of the module `broker`, generated; `make generate` writes it anew."""

from collections.abc import Callable
from enum import StrEnum

from trading_api.clients.answers import AnswerHeader
from trading_api.clients.operation import Operation
from trading_api.clients.rest import RestClient
from trading_api.models.broker.accounts import (
    AccountInfo,
    AccountMetainfo,
    AccountOpening,
    AccountReset,
    AccountTerms,
    ChosenTerms,
    TradingStateChange,
    TradingStateResult,
)
from trading_api.models.broker.equity import EquityHistory
from trading_api.models.broker.events import EventsPage
from trading_api.models.broker.executions import ExecutionsPage
from trading_api.models.broker.explanations import OrderExplanation
from trading_api.models.broker.leverage import LeverageInfo, LeveragePreview, LeverageResult, LeverageSetting
from trading_api.models.broker.orders import (
    BracketTerms,
    CancelOrdersResult,
    OrderChange,
    OrdersPage,
    OrderType,
    PlacedOrder,
    PlaceOrderResult,
    PreOrder,
    Side,
)
from trading_api.models.broker.positions import Position, PositionClosing
from trading_api.models.broker.previews import OrderPreview

_PLACE_ORDER = Operation[PlaceOrderResult]("POST", "/orders", PlaceOrderResult, keyed=True)
_PREVIEW_ORDER = Operation[OrderPreview]("POST", "/orders/preview", OrderPreview)
_LIST_ORDERS = Operation[list[PlacedOrder]]("GET", "/orders", list[PlacedOrder])
_CANCEL_ORDERS = Operation[CancelOrdersResult]("DELETE", "/orders", CancelOrdersResult, keyed=True)
_ORDERS_HISTORY = Operation[OrdersPage]("GET", "/orders/history", OrdersPage)
_GET_ORDER = Operation[PlacedOrder]("GET", "/orders/{orderId}", PlacedOrder)
_CHANGE_ORDER = Operation[PlacedOrder]("PUT", "/orders/{orderId}", PlacedOrder, keyed=True)
_CANCEL_ORDER = Operation[PlacedOrder]("DELETE", "/orders/{orderId}", PlacedOrder, keyed=True)
_EXPLAIN_ORDER = Operation[OrderExplanation]("GET", "/orders/{orderId}/explain", OrderExplanation)
_LIST_EXECUTIONS = Operation[ExecutionsPage]("GET", "/executions", ExecutionsPage)
_LIST_POSITIONS = Operation[list[Position]]("GET", "/positions", list[Position])
_CLOSE_POSITION = Operation[PlaceOrderResult](
    "POST",
    "/positions/{positionId}/close",
    PlaceOrderResult,
    keyed=True,
)
_REVERSE_POSITION = Operation[PlaceOrderResult](
    "POST",
    "/positions/{positionId}/reverse",
    PlaceOrderResult,
    keyed=True,
)
_EDIT_POSITION_BRACKETS = Operation[Position]("PUT", "/positions/{positionId}/brackets", Position, keyed=True)
_LEVERAGE_INFO = Operation[LeverageInfo]("GET", "/leverage/info", LeverageInfo)
_SET_LEVERAGE = Operation[LeverageResult]("PUT", "/leverage/set", LeverageResult, keyed=True)
_PREVIEW_LEVERAGE = Operation[LeveragePreview]("POST", "/leverage/preview", LeveragePreview)
_LIST_ACCOUNTS = Operation[list[AccountMetainfo]]("GET", "/accounts", list[AccountMetainfo])
_OPEN_ACCOUNT = Operation[AccountMetainfo]("POST", "/accounts", AccountMetainfo, keyed=True)
_GET_ACCOUNT = Operation[AccountInfo]("GET", "/account", AccountInfo)
_RESET_ACCOUNT = Operation[AccountMetainfo]("POST", "/account/reset", AccountMetainfo, keyed=True)
_ACCOUNT_HISTORY = Operation[EquityHistory]("GET", "/account/history", EquityHistory)
_SET_TRADING_STATE = Operation[TradingStateResult](
    "PUT",
    "/account/trading-state",
    TradingStateResult,
    keyed=True,
)
_CHANGE_TERMS = Operation[AccountTerms]("PUT", "/account/terms", AccountTerms, keyed=True)
_LIST_EVENTS = Operation[EventsPage]("GET", "/events", EventsPage)


class BrokerErrorCode(StrEnum):
    """Codes of the problems with which the module `broker` refuses."""

    ACCOUNT_EXISTS = "account-exists"
    ACCOUNT_UNKNOWN = "account-unknown"
    BODY_TOO_LARGE = "body-too-large"
    BRACKETS_NOT_ALLOWED = "brackets-not-allowed"
    BUYING_POWER_INSUFFICIENT = "buying-power-insufficient"
    CHANGE_NOT_ALLOWED = "change-not-allowed"
    CLIENT_ORDER_ID_DUPLICATE = "client-order-id-duplicate"
    CLOSE_QUANTITY_TOO_LARGE = "close-quantity-too-large"
    CONFIRM_INVALID = "confirm-invalid"
    CONFIRM_MISMATCH = "confirm-mismatch"
    CONFIRM_STALE = "confirm-stale"
    CURRENCY_UNSUPPORTED = "currency-unsupported"
    CURSOR_INVALID = "cursor-invalid"
    DURATION_END_MISSING = "duration-end-missing"
    DURATION_END_NOT_ALLOWED = "duration-end-not-allowed"
    DURATION_END_PAST = "duration-end-past"
    DURATION_NOT_ALLOWED = "duration-not-allowed"
    HOST_NOT_ALLOWED = "host-not-allowed"
    IDEMPOTENCY_KEY_REUSED = "idempotency-key-reused"
    INTERNAL_ERROR = "internal-error"
    JSON_INVALID = "json-invalid"
    LEVERAGE_OUT_OF_RANGE = "leverage-out-of-range"
    MARKET_DATA_UNAVAILABLE = "market-data-unavailable"
    NOTHING_TO_CLOSE = "nothing-to-close"
    ORDER_FINAL = "order-final"
    ORDER_NOTIONAL_EXCEEDED = "order-notional-exceeded"
    ORDER_RATE_EXCEEDED = "order-rate-exceeded"
    ORDER_UNKNOWN = "order-unknown"
    POSITION_NOTIONAL_EXCEEDED = "position-notional-exceeded"
    POSITION_UNKNOWN = "position-unknown"
    PRICE_MISSING = "price-missing"
    PRICE_NOT_ALLOWED = "price-not-allowed"
    PRICE_NOT_POSITIVE = "price-not-positive"
    PRICE_TICK = "price-tick"
    QUANTITY_BELOW_FILLED = "quantity-below-filled"
    QUANTITY_NOT_POSITIVE = "quantity-not-positive"
    QUANTITY_STEP = "quantity-step"
    QUANTITY_TOO_LARGE = "quantity-too-large"
    QUANTITY_TOO_SMALL = "quantity-too-small"
    QUOTE_STALE = "quote-stale"
    QUOTE_UNAVAILABLE = "quote-unavailable"
    SESSION_CLOSED = "session-closed"
    STOP_LOSS_WRONG_SIDE = "stop-loss-wrong-side"
    STOP_WOULD_TRIGGER = "stop-would-trigger"
    STOPS_CONFLICT = "stops-conflict"
    STORAGE_UNAVAILABLE = "storage-unavailable"
    SYMBOL_NOT_TRADABLE = "symbol-not-tradable"
    SYMBOL_UNKNOWN = "symbol-unknown"
    TAKE_PROFIT_WRONG_SIDE = "take-profit-wrong-side"
    TERMS_NOT_ALLOWED = "terms-not-allowed"
    TRADING_HALTED = "trading-halted"
    TRADING_REDUCE_ONLY = "trading-reduce-only"
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

    async def cancel_orders(
        self,
        *,
        symbol: str | None = None,
        side: Side | None = None,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> CancelOrdersResult:
        """Cancel the open orders of a symbol or a side, or all; brackets go on protecting positions."""
        return await self._ask(
            _CANCEL_ORDERS,
            query={"symbol": symbol, "side": side, "accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

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

    async def change_order(
        self,
        change: OrderChange,
        *,
        order_id: str,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> PlacedOrder:
        """Change an open order, which keeps its id: durable when answered."""
        return await self._ask(
            _CHANGE_ORDER,
            path={"orderId": order_id},
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=change,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

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

    async def explain_order(self, *, order_id: str, account_id: str | None = None) -> OrderExplanation:
        """Why an order filled or did not: each decision with the market data that caused it."""
        return await self._ask(_EXPLAIN_ORDER, path={"orderId": order_id}, query={"accountId": account_id})

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

    async def list_positions(self, *, account_id: str | None = None) -> list[Position]:
        """Open positions."""
        return await self._ask(_LIST_POSITIONS, query={"accountId": account_id})

    async def close_position(
        self,
        closing: PositionClosing | None = None,
        *,
        position_id: str,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> PlaceOrderResult:
        """Close a position, or `amount` of it, by a market order: durable when answered."""
        return await self._ask(
            _CLOSE_POSITION,
            path={"positionId": position_id},
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=closing,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def reverse_position(
        self,
        *,
        position_id: str,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> PlaceOrderResult:
        """Close a position and open as much on the other side, by a market order: durable when answered."""
        return await self._ask(
            _REVERSE_POSITION,
            path={"positionId": position_id},
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def edit_position_brackets(
        self,
        brackets: BracketTerms,
        *,
        position_id: str,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> Position:
        """Protect a position by exactly these brackets; what is left out is canceled."""
        return await self._ask(
            _EDIT_POSITION_BRACKETS,
            path={"positionId": position_id},
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=brackets,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def leverage_info(
        self,
        *,
        symbol: str,
        order_type: OrderType | None = None,
        side: Side | None = None,
        account_id: str | None = None,
    ) -> LeverageInfo:
        """The leverage of a symbol, and what it may be."""
        return await self._ask(
            _LEVERAGE_INFO,
            query={"symbol": symbol, "orderType": order_type, "side": side, "accountId": account_id},
        )

    async def set_leverage(
        self,
        setting: LeverageSetting,
        *,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> LeverageResult:
        """Trade a symbol with another leverage, which changes its margin at once."""
        return await self._ask(
            _SET_LEVERAGE,
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=setting,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def preview_leverage(
        self,
        setting: LeverageSetting,
        *,
        account_id: str | None = None,
    ) -> LeveragePreview:
        """What another leverage would change; nothing is changed."""
        return await self._ask(_PREVIEW_LEVERAGE, query={"accountId": account_id}, body=setting)

    async def list_accounts(self) -> list[AccountMetainfo]:
        """All accounts."""
        return await self._ask(_LIST_ACCOUNTS)

    async def open_account(
        self,
        opening: AccountOpening,
        *,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> AccountMetainfo:
        """Open a paper account with its own money, terms and journal."""
        return await self._ask(
            _OPEN_ACCOUNT,
            headers={"Idempotency-Key": idempotency_key},
            body=opening,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def get_account(self, *, account_id: str | None = None) -> AccountInfo:
        """An account, its terms and what it is worth."""
        return await self._ask(_GET_ACCOUNT, query={"accountId": account_id})

    async def reset_account(
        self,
        reset: AccountReset | None = None,
        *,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> AccountMetainfo:
        """Begin the account anew: a new epoch of its journal, without orders, positions or history."""
        return await self._ask(
            _RESET_ACCOUNT,
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=reset,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def account_history(
        self,
        *,
        since: int | None = None,
        until: int | None = None,
        limit: int | None = None,
        account_id: str | None = None,
    ) -> EquityHistory:
        """The equity curve: a point at every fill, and one a minute while positions are open."""
        return await self._ask(
            _ACCOUNT_HISTORY,
            query={"from": since, "to": until, "limit": limit, "accountId": account_id},
        )

    async def set_trading_state(
        self,
        change: TradingStateChange,
        *,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> TradingStateResult:
        """Allow everything, only closing, or no orders at all; on request cancel what works."""
        return await self._ask(
            _SET_TRADING_STATE,
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=change,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def change_terms(
        self,
        terms: ChosenTerms,
        *,
        account_id: str | None = None,
        idempotency_key: str | None = None,
        on_stream_offset: Callable[[int], object] | None = None,
        on_idempotent_replayed: Callable[[str], object] | None = None,
    ) -> AccountTerms:
        """Trade on these terms from now on; what is absent becomes the default."""
        return await self._ask(
            _CHANGE_TERMS,
            query={"accountId": account_id},
            headers={"Idempotency-Key": idempotency_key},
            body=terms,
            received=[
                AnswerHeader("X-Stream-Offset", int, on_stream_offset),
                AnswerHeader("Idempotent-Replayed", str, on_idempotent_replayed),
            ],
        )

    async def list_events(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        account_id: str | None = None,
        last_event_id: str | None = None,
    ) -> EventsPage:
        """The account's journal, raw and in order.

        With `Accept: text/event-stream` it goes on as Server-Sent Events. The id of an event is its epoch and
        offset; an id of another epoch begins with the first event of this one, for the account was reset.
        """
        return await self._ask(
            _LIST_EVENTS,
            query={"after": after, "limit": limit, "accountId": account_id},
            headers={"Last-Event-ID": last_event_id},
        )
