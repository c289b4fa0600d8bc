"""Accounts and what they are worth."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, RequestModel, TimeMs, WireEnum, WireModel


class TradingState(WireEnum):
    """What an account may do: anything, only close what it holds, or place no orders at all."""

    ACTIVE = "active"
    REDUCING = "reducing"
    HALTED = "halted"


class PositionMode(WireEnum):
    """One position per symbol, or one per opening order."""

    NETTING = "netting"
    HEDGING = "hedging"


class FillModelKind(WireEnum):
    """Against what orders fill: the best bid and ask, the whole book, or bars."""

    TOP_OF_BOOK = "top-of-book"
    DEPTH = "depth"
    BARS = "bars"


class CommissionKind(WireEnum):
    """How commission is reckoned."""

    NONE = "none"
    PER_ORDER = "per-order"
    PER_SHARE = "per-share"
    BASIS_POINTS = "basis-points"
    MAKER_TAKER = "maker-taker"


class Liquidity(WireEnum):
    """Whether an execution met a resting order of others, or rested itself."""

    MAKER = "maker"
    TAKER = "taker"


class AccountMetainfo(WireModel):
    """Name of an account."""

    id: str = Field(examples=["DEMO"])
    name: str = Field(examples=["Demo account"])
    type: Annotated[Literal["paper"], Open()]
    currency: str = Field(examples=["USD"])
    currency_sign: str = Field(examples=["$"])


class PositionProfit(WireModel):
    """Open profit or loss of one position, in the account's currency; longs at the bid, shorts at the ask."""

    id: str = Field(examples=["P6"])
    unrealized_pl: Number = Field(alias="unrealizedPL", examples=[-1])


class EquityData(WireModel):
    """What an account is worth at the market's time `time`."""

    balance: Number = Field(examples=[100000])
    equity: Number = Field(examples=[99999])
    unrealized_pl: Number = Field(alias="unrealizedPL", examples=[-1])
    realized_pl: Number = Field(alias="realizedPL", examples=[0])
    margin_used: Number = Field(examples=[16811])
    margin_available: Number = Field(
        description="Equity less margin used and less what open orders reserve.", examples=[83188]
    )
    positions: list[PositionProfit]
    time: TimeMs


class AccountInfo(AccountMetainfo):
    """An account with its worth and the position of its journal."""

    trading_state: Annotated[Literal["active"], Open()]
    epoch: str = Field(examples=["5fb6f146f57e2eeb"])
    offset: int = Field(examples=[6])
    equity: EquityData


class EquitySubscriptionRequest(RequestModel):
    """What an account is worth, as it changes."""

    account_id: str = Field(min_length=1, max_length=48, examples=["DEMO"])
