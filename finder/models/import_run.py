"""One run of an importer."""

import datetime as dt

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.base import Base


class ImportRun(Base):
    """One import that was applied: which file, when, by whom, and what it did (counts by outcome)."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[str] = mapped_column(ForeignKey("source.key"))
    file_name: Mapped[str] = mapped_column(String(300))
    file_sha256: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[dt.datetime]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
