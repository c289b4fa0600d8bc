"""Positions: what an account holds."""

from pydantic import ConfigDict, Field

from trading_api.models.broker.orders import Side
from trading_api.models.common import JournalModel, Number, RequestModel, TimeMs


class Position(JournalModel):
    """Holding of one symbol; sent once with `qty` 0 when it is closed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "offset": 6,
                    "id": "P6",
                    "symbol": "SPY",
                    "qty": 100,
                    "side": "buy",
                    "avgPrice": 168.12,
                    "realizedPL": 0,
                    "takeProfit": 171.5,
                    "stopLoss": 166.2,
                    "updateTime": 1380893400000,
                }
            ]
        }
    )

    id: str
    symbol: str
    qty: Number = Field(description="Never negative; 0 is closed.")
    side: Side
    avg_price: Number
    realized_pl: Number = Field(alias="realizedPL")
    take_profit: Number | None = None
    stop_loss: Number | None = None
    guaranteed_stop: Number | None = None
    trailing_stop_pips: Number | None = None
    update_time: TimeMs


class PositionClosing(RequestModel):
    """How much of a position to close."""

    amount: Number | None = Field(default=None, description="Default: all of it.", examples=[40])


class PositionsSubscriptionRequest(RequestModel):
    """Every change of an account's positions."""

    account_id: str = Field(min_length=1, max_length=48, examples=["DEMO"])
