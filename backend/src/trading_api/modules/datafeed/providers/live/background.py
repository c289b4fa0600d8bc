"""The tasks that ccxt begins by itself, and would leave behind when an exchange is closed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from trading_api.modules.datafeed.providers.live.library import Exchange

Method: TypeAlias = Callable[..., Awaitable[Any]]


class Background:
    """Knows which tasks of `exchange` run: fetches of books, and the queue of its requests."""

    def __init__(self, exchange: Exchange) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._over = False
        spawn = exchange.spawn
        exchange.spawn = lambda method, *arguments: spawn(self._known(method), *arguments)
        exchange.throttler.looper = self._known(exchange.throttler.looper)

    async def end(self) -> None:
        """Cancel what runs, wait for it, and let nothing begin any more."""
        self._over = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _known(self, method: Method) -> Method:
        async def run(*arguments: Any) -> Any:
            task = asyncio.current_task()
            if task is None or self._over:
                return None
            self._tasks.add(task)
            try:
                return await method(*arguments)
            finally:
                self._tasks.discard(task)

        return run
