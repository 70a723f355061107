"""What other sources add to a listing that one of them owns: never against its owner, only where that is silent."""

from collections.abc import Iterable, Mapping
from typing import Any

from finder.domain.geo import Precision
from finder.domain.phone import Phone
from finder.listings.concealed import concealed
from finder.listings.history import as_json, from_json
from finder.listings.standing import Facts

_SAYS_NOTHING: tuple[Any, ...] = (None, "", (), frozenset())
_FILLED = (
    *(("organization",), ("description",), ("website",), ("email",), ("fees",), ("alert",), ("schedules",)),
    ("minimum_age", "maximum_age"),
    ("accepting", "beds", "availability_as_of", "availability_expires"),
)
_FILLED_IN_ADDRESS = (("address_2",), ("county",), ("time_zone",))
_UNITED = ("phones", "tags", "confidential", "point", "precision")
_ADDED = (*(name for names in (*_FILLED, *_FILLED_IN_ADDRESS) for name in names), *_UNITED)


def additions(said: Facts) -> dict[str, Any]:
    """Of what another source says of a listing, all that may add to it, in the form in which it is kept."""
    silent = {"confidential": False, "precision": Precision.NONE}
    return {
        name: as_json(said[name])
        for name in _ADDED
        if said[name] not in _SAYS_NOTHING and not (name in silent and said[name] == silent[name])
    }


def read_additions(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What `additions` was made of, as facts; those that it lacks say nothing."""
    silent: dict[str, Any] = dict.fromkeys(_ADDED) | {"phones": (), "tags": frozenset(), "precision": Precision.NONE}
    return silent | {name: from_json(name, value) for name, value in kept.items()}


def supplemented(facts: Facts, others: Iterable[Facts]) -> dict[str, Any]:
    """The facts of a listing with what other sources add to them.

    Facts that say nothing are filled, those that make sense only together at once; phones and tags are united; a finer
    position is taken. A place is confidential as soon as one source says so, and then nobody adds to its address.
    """
    for other in others:
        facts = _with(facts, other)
    return dict(facts)


def _with(facts: Facts, other: Facts) -> dict[str, Any]:
    confidential = bool(facts["confidential"] or other["confidential"])
    added: dict[str, Any] = {"confidential": confidential, "tags": facts["tags"] | other["tags"]}
    added["phones"] = _phones(facts["phones"], other["phones"])
    for names in _FILLED if confidential else (*_FILLED, *_FILLED_IN_ADDRESS):
        if all(facts[name] in _SAYS_NOTHING for name in names):
            added |= {name: other[name] for name in names if other[name] not in _SAYS_NOTHING}
    if not confidential and other["precision"].is_finer_than(facts["precision"]):
        added |= {"point": other["point"], "precision": other["precision"]}
    return concealed({**facts, **added})


def _phones(ours: tuple[Phone, ...], theirs: tuple[Phone, ...]) -> tuple[Phone, ...]:
    known = {(phone.number, phone.extension) for phone in ours}
    return (*ours, *(phone for phone in theirs if (phone.number, phone.extension) not in known))
