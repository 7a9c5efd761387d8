"""A session has a proof beside its cookie; sessions from before had none, and end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("DELETE FROM sessions")
    op.add_column("sessions", sa.Column("proof", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("sessions", "proof")
