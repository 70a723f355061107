"""Changes of listings that representatives propose, for somebody else to approve."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from finder.domain.proposal import ProposalState
from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base, code_column
from finder.models.provider import Provider

LONGEST_REASON = 1000
LONGEST_ANSWER = 300


class Proposal(Base):
    """What somebody wants a listing to say, and why; what was decided stays beside it.

    ``changes`` maps each fact to ``[before, after]`` in the JSON form of `finder.listings.history`, where before is
    what the listing said at ``base_version``.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        Index("ix_proposal_state", "state", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    base_version: Mapped[int]
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    created_at: Mapped[dt.datetime]
    state: Mapped[ProposalState] = mapped_column(code_column(ProposalState), default=ProposalState.OPEN)
    decided_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    decided_at: Mapped[dt.datetime | None]
    answer: Mapped[str] = mapped_column(String(LONGEST_ANSWER), default="")

    provider: Mapped[Provider] = relationship(lazy="raise")
