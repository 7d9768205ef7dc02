"""Migrations of the database, in order; see :mod:`tongli.applications.studio.migrate`."""
