"""Leverage: what a symbol may have, setting it, and what that would change."""

from collections.abc import Sequence
from decimal import Decimal

from trading_api.models.broker.leverage import LeverageInfo, LeveragePreview, LeverageResult, LeverageSetting
from trading_api.modules.broker.engine import Event
from trading_api.modules.broker.engine.commands import SetLeverage
from trading_api.modules.broker.engine.exact import tidy
from trading_api.modules.broker.engine.leverage import leverage_info, preview_leverage
from trading_api.modules.broker.safe_retries import Answer
from trading_api.modules.broker.use_cases import Commanded, UseCases, answer, refusals


class Leveraging(UseCases):
    """What can be asked for about leverage."""

    async def leverage(self, account_id: str, symbol: str) -> LeverageInfo:
        """The leverage of a symbol and its bounds; raises SymbolUnknown."""
        book = await self._ledger.book(account_id)
        instrument = await self.market.instrument(symbol)
        info = leverage_info(book.state, instrument)
        return LeverageInfo(
            title=f"Leverage of {instrument.symbol}",
            leverage=info.current,
            min=info.least,
            max=info.most,
            step=info.step,
        )

    async def set_leverage(
        self, account_id: str, setting: LeverageSetting, key: str | None = None
    ) -> Commanded[LeverageResult]:
        """Trade a symbol with this leverage; raises SymbolUnknown, a refusal, IdempotencyKeyReused."""
        attempt = self._attempt(key, "leverage", setting.to_wire())
        book = await self._ledger.book(account_id)
        instrument = await self.market.instrument(setting.symbol)
        await self.market.known()
        quotes = await self.market.quotes({instrument.symbol, *book.state.books})

        def to_answer(_: Sequence[Event]) -> Answer:
            return answer(LeverageResult(leverage=setting.leverage))

        with refusals():
            command = SetLeverage(instrument.symbol, setting.leverage)
            done = await self._commands.do(book, command, to_answer, attempt, quotes)
        return Commanded.of(LeverageResult, done)

    async def preview_leverage(self, account_id: str, setting: LeverageSetting) -> LeveragePreview:
        """What `set_leverage` would change; raises SymbolUnknown."""
        book = await self._ledger.book(account_id)
        instrument = await self.market.instrument(setting.symbol)
        market = await self._market_of(book, instrument.symbol)
        shown = preview_leverage(book.state, instrument, setting.leverage, market)
        before, after = shown.before.total, shown.after.total
        currency = book.state.currency
        return LeveragePreview(
            infos=[
                f"The margin of {instrument.symbol} becomes {_money(after, currency)}; "
                f"it is {_money(before, currency)}."
            ],
            warnings=list(shown.warnings),
            errors=[failure.message for failure in shown.failures],
            margin_before=tidy(before),
            margin_after=tidy(after),
        )


def _money(amount: Decimal, currency: str) -> str:
    return f"{amount:,.2f} {currency}"
