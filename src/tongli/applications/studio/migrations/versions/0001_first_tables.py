"""The first tables, the user without a password, and the start of the audit chain."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    users = _users()
    _documents()
    _review_items()
    head = _audit()
    now = datetime.now(UTC)
    op.bulk_insert(users, [{"id": "local", "name": "local", "password": "", "role": "admin", "created": now}])
    op.bulk_insert(head, [{"id": 1, "number": 0, "digest": "0" * 64}])


def _users() -> sa.Table:
    users = op.create_table(
        "users",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )
    op.create_table(
        "preferences",
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("theme", sa.String(8), nullable=False),
        sa.Column("share_edits", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_preferences"),
        _foreign("preferences", "user_id", "users.id"),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("seen", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        _foreign("sessions", "user_id", "users.id"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    return users


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.LargeBinary, nullable=False),
        sa.Column("current", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        _foreign("documents", "owner", "users.id"),
    )
    op.create_index("ix_documents_owner", "documents", ["owner"])
    op.create_table(
        "revisions",
        sa.Column("document_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("undo_to", sa.Integer),
        sa.Column("redo_to", sa.Integer),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_revisions"),
        _foreign("revisions", "document_id", "documents.id"),
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("source", sa.String(255), nullable=False),
        sa.Column("lang", sa.String(35), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        _foreign("suggestions", "document_id", "documents.id"),
        _foreign("suggestions", "owner", "users.id"),
    )
    op.create_index("ix_suggestions_document_id", "suggestions", ["document_id"])
    op.create_index("ix_suggestions_owner", "suggestions", ["owner"])


def _review_items() -> None:
    op.create_table(
        "review_items",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("document_id", sa.String(32)),
        sa.Column("submitted_by", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String(32)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("lang", sa.String(35), nullable=False),
        sa.Column("engine", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("outcome", sa.LargeBinary),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("decided", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_review_items"),
        _foreign("review_items", "document_id", "documents.id", ondelete="SET NULL"),
        _foreign("review_items", "submitted_by", "users.id"),
        _foreign("review_items", "decided_by", "users.id", ondelete="SET NULL"),
    )
    op.create_index("ix_review_items_status_created", "review_items", ["status", "created"])
    op.create_index("ix_review_items_submitted_by", "review_items", ["submitted_by"])


def _audit() -> sa.Table:
    op.create_table(
        "audit_events",
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("time", _TIME, nullable=False),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("details", sa.String(1024), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_events"),
    )
    return op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _foreign(table: str, column: str, target: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)
