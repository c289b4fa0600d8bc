"""The executions of an account, asked of the broker, wherever that runs."""

from collections.abc import Callable

import structlog

from trading_api.clients.broker_client import BrokerClient, BrokerErrorCode
from trading_api.clients.errors import ClientError
from trading_api.models.broker.executions import Execution
from trading_api.modules.datafeed.errors import AccountUnknown
from trading_api.shared.errors import StartupError, echo
from trading_api.shared.module_interface import ModuleAddress

LOG = structlog.get_logger(__name__)
PAGE, MOST_PAGES = 500, 20
PATIENCE_SECONDS = 3.0


class ExecutionLog:
    """Asks the broker; without one, or while it does not answer, there are no executions."""

    def __init__(self, endpoint: Callable[[str], ModuleAddress]) -> None:
        try:
            self._broker: BrokerClient | None = BrokerClient(endpoint("broker"), timeout=PATIENCE_SECONDS)
        except StartupError:
            self._broker = None

    async def since(self, time_ms: int, ticker: str, account_id: str | None) -> list[Execution]:
        """Executions of `ticker` at or after `time_ms`, the newest 10,000 at most; raises AccountUnknown."""
        try:
            return [one for one in await self._read(time_ms, ticker, account_id) if one.time >= time_ms]
        except ClientError as error:
            if error.code == BrokerErrorCode.ACCOUNT_UNKNOWN:
                raise AccountUnknown(f"There is no account '{echo(account_id)}'.") from error
            LOG.warning("executions-unknown", ticker=ticker, error=str(error))
            return []

    async def close(self) -> None:
        """Ask nothing any more."""
        if self._broker is not None:
            await self._broker.aclose()

    async def _read(self, time_ms: int, ticker: str, account_id: str | None) -> list[Execution]:
        if self._broker is None:
            return []
        found: list[Execution] = []
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await self._broker.list_executions(
                symbol=ticker, limit=PAGE, cursor=cursor, account_id=account_id
            )
            found += page.executions
            cursor = page.next_cursor
            if cursor is None or (found and found[-1].time < time_ms):
                break
        return found
