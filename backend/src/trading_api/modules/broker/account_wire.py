"""Accounts, their terms and their worth as the contract's models, and back."""

from dataclasses import asdict

from trading_api.models.broker.accounts import (
    AccountInfo,
    AccountMetainfo,
    AccountTerms,
    CommissionTerms,
    EquityData,
    FillTerms,
    PositionProfit,
    RiskTerms,
)
from trading_api.modules.broker.engine import AccountState, Worth, terms

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def equity_data(worth: Worth, time: int) -> EquityData:
    """What an account is worth."""
    return EquityData(
        balance=worth.balance,
        equity=worth.equity,
        unrealized_pl=worth.unrealized_pl,
        realized_pl=worth.realized_pl,
        margin_used=worth.margin.used,
        margin_available=worth.available,
        margin_reserved=worth.margin.reserved,
        margin_level=worth.margin_level,
        positions=[PositionProfit(id=key, unrealized_pl=profit) for key, profit in worth.profits.items()],
        time=time,
    )


def account_metainfo(state: AccountState) -> AccountMetainfo:
    """Name and currency of an account."""
    return AccountMetainfo(
        id=state.account_id,
        name=state.name,
        type="paper",
        currency=state.currency,
        currency_sign=CURRENCY_SIGNS.get(state.currency, state.currency),
    )


def account_info(state: AccountState, worth: Worth, time: int) -> AccountInfo:
    """An account in full."""
    return AccountInfo(
        **account_metainfo(state).model_dump(),
        trading_state=state.trading_state,
        epoch=state.epoch,
        offset=state.offset,
        equity=equity_data(worth, time),
        opening_balance=state.opening_balance,
        commissions=state.commissions,
        leverage=state.leverage,
        margin_warned=state.margin_warned,
        terms=wire_terms(state.terms),
    )


def wire_terms(chosen: terms.AccountTerms) -> AccountTerms:
    """The terms of an account."""
    return AccountTerms(
        position_mode=chosen.position_mode,
        fills=FillTerms(**asdict(chosen.fills)),
        commission=CommissionTerms(**asdict(chosen.commission)),
        risk=RiskTerms(**asdict(chosen.risk)),
        allow_immediate_stops=chosen.allow_immediate_stops,
        allow_stale_quotes=chosen.allow_stale_quotes,
        guaranteed_stop_premium_bps=chosen.guaranteed_stop_premium_bps,
        confirm_tolerance_bps=chosen.confirm_tolerance_bps,
    )


def terms_of(chosen: AccountTerms) -> terms.AccountTerms:
    """The terms in a request."""
    return terms.AccountTerms(
        position_mode=chosen.position_mode,
        fills=terms.FillTerms(**dict(chosen.fills)),
        commission=terms.CommissionTerms(**dict(chosen.commission)),
        risk=terms.RiskTerms(**dict(chosen.risk)),
        allow_immediate_stops=chosen.allow_immediate_stops,
        allow_stale_quotes=chosen.allow_stale_quotes,
        guaranteed_stop_premium_bps=chosen.guaranteed_stop_premium_bps,
        confirm_tolerance_bps=chosen.confirm_tolerance_bps,
    )
