"""The version of the whole directory."""

import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.base import Base


class DirectoryVersion(Base):
    """A single row whose number grows in the same transaction as any change of a listing; readers see if they lag.

    ``uid`` is drawn when the directory is born: what was derived from one database is never taken for another's.
    """

    __tablename__ = "directory_version"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    uid: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
