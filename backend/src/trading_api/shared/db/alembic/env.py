"""Runs migrations on the connection it is given; the file name and this shape are alembic's."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    version_table=context.config.attributes["version_table"],
    transactional_ddl=False,
)
context.run_migrations()
