"""Appending to the journal: whoever waits at the same time shares one transaction and one fsync."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from trading_api.modules.broker.errors import StorageUnavailable
from trading_api.modules.broker.repository.batch import Append, Batch
from trading_api.modules.broker.repository.tables import JournalConflict
from trading_api.shared.db.engine import Database

MOST_AT_ONCE = 500
"""Appends of one transaction."""

Tell = Callable[[Exception | None], None]
"""Called in the event loop when an append is durable, or with JournalConflict or StorageUnavailable."""

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Waiting:
    append: Append
    tell: Tell


class JournalWriter:
    """A thread with a connection of its own; the event loop only hands over and is told.

    Appends are written in the order in which they were handed over.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write for as long as the block lasts; what has been handed over is written before it ends."""
        self._loop = asyncio.get_running_loop()
        thread = Thread(target=self._run, name="journal-writer", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._queue.put(None)
            await asyncio.to_thread(thread.join)

    def submit(self, append: Append, tell: Tell) -> None:
        """Hand over; `tell` is called once, in the order in which appends were handed over.

        With a failure nothing of it was written. One that `follows` another that failed fails too.
        """
        self._queue.put(_Waiting(append, tell))

    async def append(self, append: Append) -> None:
        """Hand over and wait; raises JournalConflict or StorageUnavailable."""
        written: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self.submit(append, lambda failure: None if written.done() else written.set_result(failure))
        if failure := await written:
            raise failure

    async def settled(self) -> None:
        """Wait until everything handed over so far has its answer."""
        await self.append(Append.nothing())

    def _run(self) -> None:
        engine = self._database.writing_engine()
        try:
            while batch := self._next_batch():
                self._write(engine, [each for each in batch if each is not None])
                if None in batch:
                    break
        finally:
            engine.dispose()

    def _next_batch(self) -> list[_Waiting | None]:
        """All that wait, at least one; None among them is the end."""
        batch = [self._queue.get()]
        try:
            while batch[-1] is not None and len(batch) < MOST_AT_ONCE:
                batch.append(self._queue.get_nowait())
        except Empty:
            pass
        return batch

    def _write(self, engine: sa.Engine, batch: Sequence[_Waiting]) -> None:
        """All in one transaction; if that fails, one by one, so that a conflict hurts only its own."""
        appends = [each.append for each in batch]
        if _failure_of(engine, appends) is not None:
            for append in appends:
                append.failure = None
                append.failure = _failure_of(engine, [append]) or append.failure
        for append in appends:
            append.follows = None
        assert self._loop is not None
        self._loop.call_soon_threadsafe(_tell, batch)


def _failure_of(engine: sa.Engine, appends: Sequence[Append]) -> Exception | None:
    """Write what can be written, in one transaction; why nothing was, if so."""
    try:
        with engine.begin() as connection:
            batch = Batch(connection)
            for append in appends:
                batch.take(append)
            batch.write()
    except IntegrityError:
        return JournalConflict("another writer was first")
    except SQLAlchemyError as error:
        unavailable = StorageUnavailable("The journal cannot be written right now.")
        unavailable.__cause__ = error
        return unavailable
    except Exception as error:  # noqa: BLE001  # whoever waits for the append raises it
        return error
    return None


def _tell(batch: Sequence[_Waiting]) -> None:
    for waiting in batch:
        try:
            waiting.tell(waiting.append.failure)
        except Exception:
            logger.exception("append-not-announced", account=waiting.append.key.account_id)
