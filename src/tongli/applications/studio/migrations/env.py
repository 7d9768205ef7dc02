"""Where Alembic runs the migrations: on the connection that it is given."""

from alembic import context

from tongli.applications.studio.tables import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
context.run_migrations()
