"""What can go wrong with the records. No message holds a password or anything that people asked."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError as DatabaseError  # what any use of the database may raise

__all__ = ["DatabaseError", "DatabaseUnreachableError", "NotFoundError", "RecordsError", "ShelfError", "UnusableError"]


class RecordsError(Exception):
    """The database can't be used."""


class DatabaseUnreachableError(RecordsError):
    """There is no database at the address, or it lets nobody in."""


class NotFoundError(RecordsError):
    """There is no such row."""


class ShelfError(RecordsError):
    """The texts or their index can't be changed here and now; nothing has been."""


class UnusableError(RecordsError):
    """What was given can't be kept as it is; the message says which part and why."""
