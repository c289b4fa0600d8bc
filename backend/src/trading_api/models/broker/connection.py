"""Whether the broker can trade for an account right now."""

from pydantic import Field

from trading_api.models.broker.accounts import TradingState
from trading_api.models.common import RequestModel, TimeMs, WireEnum, WireModel


class ConnectionState(WireEnum):
    """Whether the broker follows the market."""

    CONNECTED = "connected"
    CONNECTING = "connecting"
    DISCONNECTED = "disconnected"
    ERROR = "error"


class BrokerConnectionStatus(WireModel):
    """State of the broker for an account, at the market's time `time`."""

    status: ConnectionState = Field(examples=[ConnectionState.CONNECTED])
    message: str | None = Field(default=None, examples=["The datafeed's ticks do not arrive."])
    trading_state: TradingState = Field(examples=[TradingState.ACTIVE])
    margin_warned: bool = Field(examples=[False])
    epoch: str = Field(description="Another one since a reset.", examples=["5fb6f146f57e2eeb"])
    time: TimeMs


class BrokerConnectionSubscriptionRequest(RequestModel):
    """State of the broker for an account, as it changes."""

    account_id: str = Field(min_length=1, max_length=48, examples=["DEMO"])
