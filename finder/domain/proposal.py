"""What becomes of what people ask of us: changes of listings that they propose, organizations that they claim."""

from enum import StrEnum


class ProposalState(StrEnum):
    """What became of it. ``accepted`` may be a part of what was proposed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
