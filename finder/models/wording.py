"""What administrators say of the vocabulary in place of the words that the product ships."""

import datetime as dt

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from finder.domain.vocabulary import WordingPart
from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base, code_column

LONGEST_LABEL = 80
LONGEST_EXPLANATION = 300


class WordingChange(Base):
    """Other words for a facet (its ``code`` is empty) or a code, in one language; empty: the shipped ones again.

    Rows are added and never altered: the newest of its place counts, and those before tell who said what when.
    """

    __tablename__ = "wording_change"
    __table_args__ = (Index("ix_wording_change_facet", "facet", "code", "language", "part", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facet: Mapped[str] = mapped_column(String(30))
    code: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(10))
    part: Mapped[WordingPart] = mapped_column(code_column(WordingPart))
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
