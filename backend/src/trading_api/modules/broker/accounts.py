"""Accounts: opening, resetting, what they may do and on which terms, and what they are and were worth."""

import hashlib
import secrets
from collections.abc import Sequence

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
from trading_api.models.broker.equity import EquityHistory, EquityPoint
from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.account_wire import account_info, account_metainfo, terms_of, wire_terms
from trading_api.modules.broker.engine import Event, Order, fold, worth_of
from trading_api.modules.broker.engine.commands import ChangeTerms, SetTradingState
from trading_api.modules.broker.engine.events import AccountOpened
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.errors import AccountExists
from trading_api.modules.broker.ledger import Opening, ToAnswer
from trading_api.modules.broker.safe_retries import Answer, Attempt
from trading_api.modules.broker.sweeping import Reply, Sweep
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

    async def open_account(
        self, opening: AccountOpening, key: str | None = None
    ) -> Commanded[AccountMetainfo]:
        """Open a paper account; raises AccountExists, IdempotencyKeyReused, a refusal of its terms."""
        attempt = self._attempt(key, "open-account", opening.to_wire())
        account_id = opening.id or _made_id(attempt)
        await self.market.known()
        chosen = Opening(
            opening.name or account_id,
            opening.currency,
            opening.opening_balance,
            opening.leverage,
            terms_of(opening.terms or ChosenTerms()),
        )
        with refusals():
            done = await self._commands.open(account_id, chosen, _opened_answer(account_id, 201), attempt)
        if done is None:
            raise AccountExists(f"There is an account {account_id} already.")
        return Commanded.of(AccountMetainfo, done)

    async def reset_account(
        self, account_id: str, reset: AccountReset, key: str | None = None
    ) -> Commanded[AccountMetainfo]:
        """Begin an account anew, in a new epoch of its journal.

        Raises IdempotencyKeyReused, and a refusal of its terms.
        """
        attempt = self._attempt(key, "reset-account", reset.to_wire())
        book = await self._ledger.book(account_id)
        await self.market.known()
        state = book.state
        chosen = Opening(
            state.name,
            state.currency,
            state.opening_balance if reset.opening_balance is None else reset.opening_balance,
            state.leverage if reset.leverage is None else reset.leverage,
            state.terms if reset.terms is None else terms_of(reset.terms),
        )
        with refusals():
            done = await self._commands.reset(book, chosen, _opened_answer(account_id, 200), attempt)
        return Commanded.of(AccountMetainfo, done)

    async def equity_history(self, account_id: str, since: int, until: int, limit: int) -> EquityHistory:
        """The equity curve from `since` to before `until` (ms): the last `limit` points, oldest first."""
        key = (await self._ledger.book(account_id)).key
        found = await self._repository.equity_history(key, since, until, limit)
        points = [
            EquityPoint(
                time=sample.time,
                balance=sample.balance,
                equity=sample.equity,
                unrealized_pl=sample.unrealized_pl,
                margin_used=sample.margin_used,
            )
            for sample in found
        ]
        return EquityHistory(points=points, earlier_to=points[0].time if len(points) == limit else None)

    async def set_trading_state(
        self, account_id: str, change: TradingStateChange, key: str | None = None
    ) -> Commanded[TradingStateResult]:
        """Allow everything, only closing, or nothing; on request what works is canceled."""
        attempt = self._attempt(key, "trading-state", change.to_wire())
        book = await self._ledger.book(account_id)

        def answer_with(ids: Sequence[str]) -> Answer:
            return answer(TradingStateResult(trading_state=change.trading_state, canceled_orders=list(ids)))

        await self.market.known()
        if change.cancel_orders:
            sweep = Sweep(trading_state=change.trading_state)
            done = await self._sweeps.sweep(book, sweep, Reply(_id_if_canceled, answer_with), attempt)
        else:
            command = SetTradingState(change.trading_state)
            done = await self._commands.do(book, command, lambda _: answer_with(()), attempt)
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


def _id_if_canceled(order: Order) -> str | None:
    return order.id if order.status is OrderStatus.CANCELED else None


def _made_id(attempt: Attempt | None) -> str:
    """An id that nobody has; for a caller that may repeat itself, the same each time."""
    if attempt is None:
        return f"A{secrets.token_hex(6)}"
    return f"A{hashlib.sha256(f'{attempt.key} {attempt.fingerprint}'.encode()).hexdigest()[:12]}"


def _opened_answer(account_id: str, status: int) -> ToAnswer:
    def to_answer(events: Sequence[Event]) -> Answer:
        opened = [event for event in events if isinstance(event, AccountOpened)]
        return answer(account_metainfo(fold(AccountState(account_id, ""), opened)), status)

    return to_answer
