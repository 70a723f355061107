"""What can be done to many listings at once."""

from enum import StrEnum

MOST_AT_ONCE = 5000
"""How many listings one change of many may touch: what one person can still answer for, in a few seconds."""


class Deed(StrEnum):
    """One thing done to many listings."""

    VERIFY = "verify"  # somebody made sure of groups of their facts
    PUBLISH = "publish"
    HIDE = "hide"
    RETIRE = "retire"
    ADD_TAG = "add_tag"
    REMOVE_TAG = "remove_tag"
    ASSIGN = "assign"  # to a person who looks after them
