"""What can become of an import, and of what a source and a person tell differently."""

from enum import StrEnum


class JobState(StrEnum):
    """How far an import is that somebody asked for, or that a source's timetable did."""

    WAITING = "waiting"  # to be looked at
    PREVIEWING = "previewing"
    READY = "ready"  # looked at; a person says whether it is applied
    APPROVED = "approved"  # to be applied
    APPLYING = "applying"
    APPLIED = "applied"
    UNCHANGED = "unchanged"  # the source has nothing new since the last time
    ASKS = "asks"  # it would change more than is believable
    FAILED = "failed"
    DISCARDED = "discarded"


class ConflictState(StrEnum):
    """What was decided where a source contradicts what a person found out."""

    OPEN = "open"
    KEPT = "kept"  # the person's fact stands
    TAKEN = "taken"  # the source was right
    GONE = "gone"  # the source says the same by now, or nothing any more
