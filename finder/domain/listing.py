"""States that a listing can be in."""

from enum import StrEnum


class Status(StrEnum):
    """Only ``published`` listings are ever seen by the public."""

    DRAFT = "draft"  # waits for a person's review
    PUBLISHED = "published"
    HIDDEN = "hidden"  # taken off for a while
    RETIRED = "retired"  # closed for good; kept, never deleted
