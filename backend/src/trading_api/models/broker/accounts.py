"""Accounts and what they are worth."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, RequestModel, TimeMs, WireEnum, WireModel

NONE, HALF, ONE, TEN, TWENTY = Decimal(0), Decimal("0.5"), Decimal(1), Decimal(10), Decimal(20)
HUNDRED_THOUSAND = Decimal(100_000)
ACCOUNT_ID = r"^[\x21-\x7e]{1,48}$"
PRINTABLE = r"^[^\x00-\x1f\x7f]+$"


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
    margin_reserved: Number | None = Field(
        default=None, description="What open orders may block at worst on top of it.", examples=[0]
    )
    margin_level: Number | None = Field(
        default=None, description="Equity divided by margin used; absent without positions.", examples=[5.95]
    )
    positions: list[PositionProfit]
    time: TimeMs


class FillTerms(WireModel):
    """How orders meet the market; everything beyond the model itself is none by default."""

    model: FillModelKind = Field(
        default=FillModelKind.TOP_OF_BOOK,
        description="While a symbol has shown neither a book nor a bar, orders fill on its quotes: by `depth`"
        " as one level with its size, by `bars` as by `top-of-book`.",
        examples=[FillModelKind.TOP_OF_BOOK],
    )
    respect_size: bool = Field(
        default=False, description="No more than the displayed size fills on one quote.", examples=[False]
    )
    slippage_ticks: Number = Field(default=NONE, ge=0, le=10_000, examples=[0])
    slippage_bps: Number = Field(default=NONE, ge=0, le=10_000, examples=[0])
    latency_ms: int = Field(
        default=0,
        ge=0,
        le=60_000,
        description="Between acceptance and being in the market.",
        examples=[0],
    )
    touch_probability: Number = Field(
        default=ONE,
        ge=0,
        le=1,
        description="Chance that a limit fills when the price only touches it.",
        examples=[1],
    )
    seed: int = Field(default=0, ge=0, lt=2**53, description="Of what is drawn by chance.", examples=[0])


class CommissionTerms(WireModel):
    """What executions cost, in the account's currency."""

    kind: CommissionKind = Field(default=CommissionKind.NONE, examples=[CommissionKind.NONE])
    rate: Number = Field(
        default=NONE,
        ge=0,
        le=1_000_000,
        description="Money per order or per share, or basis points of the notional; the taker's.",
        examples=[0],
    )
    maker_rate: Number = Field(
        default=NONE,
        ge=-10_000,
        le=10_000,
        description="The maker's, in basis points; below zero it is paid to the account.",
        examples=[0],
    )
    minimum: Number = Field(default=NONE, ge=0, le=1_000_000, description="Per order.", examples=[0])


class RiskTerms(WireModel):
    """Limits of the account; what is absent is not limited."""

    max_orders_per_second: int | None = Field(default=None, ge=1, le=1_000_000, examples=[50])
    max_order_notional: Number | None = Field(default=None, gt=0, examples=[250000])
    max_position_notional: Number | None = Field(default=None, gt=0, examples=[1000000])
    maintenance_level: Number = Field(
        default=ONE,
        ge=0,
        le=1000,
        description="Margin level below which the account is warned.",
        examples=[1],
    )
    liquidation_level: Number = Field(
        default=HALF,
        ge=0,
        le=1000,
        description="Margin level below which positions are closed.",
        examples=[0.5],
    )


class AccountTerms(WireModel):
    """Everything that is chosen per account."""

    position_mode: PositionMode = Field(default=PositionMode.NETTING, examples=[PositionMode.NETTING])
    fills: FillTerms = FillTerms()
    commission: CommissionTerms = CommissionTerms()
    risk: RiskTerms = RiskTerms()
    allow_immediate_stops: bool = Field(
        default=False, description="Whether a stop that triggers at once is accepted.", examples=[False]
    )
    allow_stale_quotes: bool = Field(
        default=False,
        description="Whether market orders may fill at the quote of a symbol that is silent (`stale`).",
        examples=[False],
    )
    guaranteed_stop_premium_bps: Number = Field(
        default=NONE,
        ge=0,
        le=10_000,
        description="Basis points of the notional that a guaranteed stop costs when it fills.",
        examples=[0],
    )
    confirm_tolerance_bps: Number = Field(
        default=TEN,
        ge=0,
        le=10_000,
        description="By how much the terms of a confirmed preview may move.",
        examples=[10],
    )


class ChosenFillTerms(FillTerms, RequestModel):
    """How orders are to meet the market."""


class ChosenCommissionTerms(CommissionTerms, RequestModel):
    """What executions are to cost."""


class ChosenRiskTerms(RiskTerms, RequestModel):
    """Limits that the account is to have."""


class ChosenTerms(AccountTerms, RequestModel):
    """The terms that an account is to have; what is absent is the default."""

    fills: ChosenFillTerms = ChosenFillTerms()
    commission: ChosenCommissionTerms = ChosenCommissionTerms()
    risk: ChosenRiskTerms = ChosenRiskTerms()


class AccountInfo(AccountMetainfo):
    """An account with its worth and the position of its journal."""

    trading_state: TradingState = Field(examples=[TradingState.ACTIVE])
    epoch: str = Field(examples=["5fb6f146f57e2eeb"])
    offset: int = Field(examples=[6])
    equity: EquityData
    opening_balance: Number | None = Field(default=None, examples=[100000])
    commissions: Number | None = Field(default=None, description="Paid since the opening.", examples=[0])
    leverage: Number | None = Field(
        default=None, description="Where none is set for the symbol.", examples=[20]
    )
    margin_warned: bool | None = Field(
        default=None, description="Whether the margin level is below the maintenance level.", examples=[False]
    )
    terms: AccountTerms | None = None


class AccountOpening(RequestModel):
    """A paper account to open."""

    id: str | None = Field(
        default=None,
        pattern=ACCOUNT_ID,
        description="Default: one is made.",
        examples=["SWING"],
    )
    name: str | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        pattern=PRINTABLE,
        description="Default: its id.",
        examples=["Swing trading"],
    )
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$", examples=["USD"])
    opening_balance: Number = Field(default=HUNDRED_THOUSAND, ge=0, le=10**12, examples=[100000])
    leverage: Number = Field(default=TWENTY, ge=1, le=1000, examples=[20])
    terms: ChosenTerms | None = Field(default=None, description="Default: all defaults.")


class AccountReset(RequestModel):
    """How the account begins anew; what is absent is as it was at its opening."""

    opening_balance: Number | None = Field(default=None, ge=0, le=10**12, examples=[100000])
    leverage: Number | None = Field(default=None, ge=1, le=1000, examples=[20])
    terms: ChosenTerms | None = Field(default=None, description="Default: the present terms.")


class TradingStateChange(RequestModel):
    """What the account may do from now on."""

    trading_state: TradingState = Field(examples=[TradingState.HALTED])
    cancel_orders: bool = Field(
        default=False, description="Cancel open orders, except brackets of positions.", examples=[True]
    )


class EquitySubscriptionRequest(RequestModel):
    """What an account is worth, as it changes."""

    account_id: str = Field(min_length=1, max_length=48, examples=["DEMO"])


class TradingStateResult(WireModel):
    """What the account may do now, and the orders that were canceled for it."""

    trading_state: TradingState = Field(examples=[TradingState.HALTED])
    canceled_orders: list[str] = Field(description="Their ids, oldest first.", examples=[["O2", "O7"]])
