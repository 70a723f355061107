"""Where listings come from."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.base import Base


class Source(Base):
    """A feed or file that listings come from, and what must be said of it on pages that show them.

    ``fictional`` marks demonstration data: every page then says so, and the first real listing takes it off.
    """

    __tablename__ = "source"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    attribution: Mapped[str] = mapped_column(String(500), default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    fictional: Mapped[bool] = mapped_column(default=False)
