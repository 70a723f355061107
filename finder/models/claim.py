"""Organizations that representatives say are theirs."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from finder.domain.proposal import ProposalState
from finder.models.account import LONGEST_EMAIL, Account
from finder.models.base import Base, code_column
from finder.models.organization import Organization

LONGEST_WORDS = 1000


class Claim(Base):
    """Somebody asks to be put in charge of an organization's listings, and says how we can know that they may be."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        Index("ix_claim_state", "state", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    created_at: Mapped[dt.datetime]
    state: Mapped[ProposalState] = mapped_column(code_column(ProposalState), default=ProposalState.OPEN)
    decided_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    decided_at: Mapped[dt.datetime | None]

    account: Mapped[Account] = relationship(lazy="raise")
    organization: Mapped[Organization] = relationship(lazy="raise")
