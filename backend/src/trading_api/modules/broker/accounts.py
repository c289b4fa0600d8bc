"""Accounts: opening, resetting, what they may do and on which terms, and what they are and were worth."""

from collections.abc import Sequence

from trading_api.models.broker.accounts import (
    AccountInfo,
    AccountMetainfo,
    AccountTerms,
    ChosenTerms,
    TradingStateChange,
    TradingStateResult,
)
from trading_api.modules.broker.account_wire import account_info, account_metainfo, terms_of, wire_terms
from trading_api.modules.broker.engine import Event, worth_of
from trading_api.modules.broker.engine.commands import ChangeTerms, SetTradingState
from trading_api.modules.broker.engine.events import OrderCanceled
from trading_api.modules.broker.safe_retries import Answer
from trading_api.modules.broker.use_cases import Commanded, UseCases, answer, refusals


class Accounts(UseCases):
    """What can be asked for about accounts."""

    async def accounts(self) -> list[AccountMetainfo]:
        """All accounts."""
        await self._ledger.ensure_account()
        return [account_metainfo(book.state) for book in self._ledger.books]

    async def account(self, account_id: str) -> AccountInfo:
        """An account and its worth now."""
        book = await self._ledger.book(account_id)
        market = await self._market_of(book)
        return account_info(book.state, worth_of(book.state, market), market.time)

    async def set_trading_state(
        self, account_id: str, change: TradingStateChange, key: str | None = None
    ) -> Commanded[TradingStateResult]:
        """Allow everything, only closing, or nothing; on request what works is canceled."""
        attempt = self._attempt(key, "trading-state", change.to_wire())
        book = await self._ledger.book(account_id)

        def to_answer(events: Sequence[Event]) -> Answer:
            ended = [event.order for event in events if isinstance(event, OrderCanceled)]
            ids = [order.id for order in sorted(ended, key=lambda order: order.created_offset)]
            return answer(TradingStateResult(trading_state=change.trading_state, canceled_orders=ids))

        await self.market.known()
        command = SetTradingState(change.trading_state, change.cancel_orders)
        done = await self._commands.do(book, command, to_answer, attempt)
        return Commanded.of(TradingStateResult, done)

    async def change_terms(
        self, account_id: str, chosen: ChosenTerms, key: str | None = None
    ) -> Commanded[AccountTerms]:
        """Trade on these terms from now on; raises a refusal for terms that make no sense."""
        attempt = self._attempt(key, "terms", chosen.to_wire())
        book = await self._ledger.book(account_id)
        terms = terms_of(chosen)
        await self.market.known()
        with refusals():
            done = await self._commands.do(
                book, ChangeTerms(terms), lambda _: answer(wire_terms(terms)), attempt
            )
        return Commanded.of(AccountTerms, done)
