"""Bringing a module's tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from trading_api.shared.db.engine import Database
from trading_api.shared.errors import StartupError

ENVIRONMENT = Path(__file__).parent / "alembic"


async def migrate(database: Database, module: str, scripts: Path) -> None:
    """Run the migrations in `scripts` that `module` has not had yet, all in one transaction.

    StartupError if the database cannot be read or written.
    """
    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT))
    config.set_main_option("version_locations", str(scripts))
    config.set_main_option("path_separator", "newline")
    config.attributes["version_table"] = f"alembic_version_{module.replace('-', '_')}"

    def upgrade(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    try:
        async with database.begin() as connection:
            await connection.run_sync(upgrade)
    except DBAPIError as error:
        raise StartupError(f"The database {database.name} cannot be used: {error.orig}.") from error
