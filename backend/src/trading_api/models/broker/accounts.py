"""Accounts and what they are worth."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, RequestModel, TimeMs, WireModel


class AccountMetainfo(WireModel):
    """Name of an account."""

    id: str
    name: str
    type: Annotated[Literal["paper"], Open()]
    currency: str
    currency_sign: str


class PositionProfit(WireModel):
    """Open profit or loss of one position, in the account's currency; longs at the bid, shorts at the ask."""

    id: str
    unrealized_pl: Number = Field(alias="unrealizedPL")


class EquityData(WireModel):
    """What an account is worth at the market's time `time`."""

    balance: Number
    equity: Number
    unrealized_pl: Number = Field(alias="unrealizedPL")
    realized_pl: Number = Field(alias="realizedPL")
    margin_used: Number
    margin_available: Number = Field(description="Equity less margin used and less what open orders reserve.")
    positions: list[PositionProfit]
    time: TimeMs


class AccountInfo(AccountMetainfo):
    """An account with its worth and the position of its journal."""

    trading_state: Annotated[Literal["active"], Open()]
    epoch: str
    offset: int
    equity: EquityData


class EquitySubscriptionRequest(RequestModel):
    """What an account is worth, as it changes."""

    account_id: str = Field(min_length=1, max_length=48)
