"""Executions: the fills of orders."""

from pydantic import ConfigDict, Field

from trading_api.models.broker.accounts import Liquidity
from trading_api.models.broker.orders import Side
from trading_api.models.common import JournalModel, Number, RequestModel, TimeMs, WireModel


class Execution(JournalModel):
    """One fill."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "offset": 3,
                    "id": "X3",
                    "orderId": "O2",
                    "symbol": "SPY",
                    "side": "buy",
                    "qty": 100,
                    "price": 168.12,
                    "time": 1380893400000,
                    "commission": 0,
                    "liquidity": "taker",
                    "positionId": "P6",
                }
            ]
        }
    )

    id: str
    order_id: str
    symbol: str
    side: Side
    qty: Number
    price: Number
    time: TimeMs
    commission: Number
    realized_pl: Number | None = Field(
        default=None, alias="realizedPL", description="Of the part that closed."
    )
    liquidity: Liquidity | None = None
    conversion: Number | None = Field(
        default=None, description="Units of the account's currency for one of the symbol's, if they differ."
    )
    position_id: str | None = Field(default=None, description="The position that it added to or reduced.")


class ExecutionsPage(WireModel):
    """Executions, newest first."""

    executions: list[Execution]
    next_cursor: str | None = Field(default=None, examples=["NWZiNmYxNDZmNTdlMmVlYjoz"])


class ExecutionsSubscriptionRequest(RequestModel):
    """Every execution of an account, or those of one symbol."""

    account_id: str = Field(min_length=1, max_length=48, examples=["DEMO"])
    symbol: str | None = Field(default=None, min_length=1, max_length=64)
