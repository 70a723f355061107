"""Imports: those that were asked for, those that were applied, and what they could not decide."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from finder.domain.importing import ConflictState, JobState
from finder.domain.review import FieldGroup
from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base, code_column
from finder.models.provider import Provider
from finder.models.source import Source


class ImportRun(Base):
    """One import that was applied: which file, when, by whom, and what it did.

    ``counts`` are by outcome; ``report`` is all of `finder.importing.ImportReport.as_json`.
    """

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[str] = mapped_column(ForeignKey("source.key"))
    file_name: Mapped[str] = mapped_column(String(300))
    file_sha256: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[dt.datetime]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")

    source: Mapped[Source] = relationship(lazy="raise")


class ImportJob(Base):
    """An import on its way, from the file to the report; the background works on it, pages show how far it is.

    ``stored_as`` is the file's name in the folder of uploads, empty before it is fetched and once it is applied or
    discarded. ``options`` are those of this one import: ``as_of``, ``retire_gone``, ``allow_many_changes``. Who works
    on it, and how far that is, stands beside the file (`finder.importing.desk`).
    """

    __tablename__ = "import_job"
    __table_args__ = (Index("ix_import_job_state", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[str] = mapped_column(ForeignKey("source.key"), index=True)
    state: Mapped[JobState] = mapped_column(code_column(JobState))
    file_name: Mapped[str] = mapped_column(String(300), default="")
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    stored_as: Mapped[str] = mapped_column(String(100), default="")
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asked_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    asked_at: Mapped[dt.datetime]
    approved_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    finished_at: Mapped[dt.datetime | None]
    trouble: Mapped[str] = mapped_column(String(1000), default="")
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))

    source: Mapped[Source] = relationship(lazy="raise")


class ImportConflict(Base):
    """A source says something else than a person found out, and the person's fact was kept.

    ``facts`` maps each fact of the group to ``[ours, theirs]`` in the JSON form of `finder.listings.history`; ``as_of``
    is the day for which the source speaks, where it names one. A listing has one of each source and group.
    """

    __tablename__ = "import_conflict"
    __table_args__ = (
        UniqueConstraint("provider_id", "source_key", "field_group"),
        CheckConstraint("(state IN ('kept', 'taken')) = (decided_at IS NOT NULL)", name="decided"),
        Index("ix_import_conflict_state", "state", "noted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    source_key: Mapped[str] = mapped_column(ForeignKey("source.key"))
    import_run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    field_group: Mapped[FieldGroup] = mapped_column(code_column(FieldGroup))
    facts: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    as_of: Mapped[dt.date | None]
    noted_at: Mapped[dt.datetime]
    state: Mapped[ConflictState] = mapped_column(code_column(ConflictState), default=ConflictState.OPEN)
    decided_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    decided_at: Mapped[dt.datetime | None]

    provider: Mapped[Provider] = relationship(lazy="raise")
    source: Mapped[Source] = relationship(lazy="raise")
