"""One database: its connections and its transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from trading_api.shared.errors import StartupError

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)


class Database:
    """Connections to the database at `url`, opened when first needed; a commit that returns is durable."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self.engine = _create_engine(url)

    @property
    def name(self) -> str:
        """Where the database is, without the password."""
        return self._url.database or self._url.render_as_string()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that takes the write lock at its start; committed unless the block raises."""
        async with self.engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A consistent view for reading; it waits for no writer."""
        async with self.engine.connect() as connection:
            yield await connection.execution_options(read_only=True)

    def writing_engine(self) -> Engine:
        """Connections for a thread that writes; whoever asks for them disposes of them."""
        return _configured(create_engine(self._url.set(drivername=self._url.get_backend_name())))

    def prepare(self) -> None:
        """Make the folder of a database that is a file; StartupError if that is impossible."""
        if not (self._url.drivername.startswith("sqlite") and self._url.database):
            return
        folder = Path(self._url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StartupError(f"The data folder {folder} cannot be made: {error.strerror}.") from error

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _create_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url)
    _configured(engine.sync_engine)
    return engine


def _configured(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
