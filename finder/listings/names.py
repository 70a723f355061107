"""The names by which sources know listings: what they call them now, called them before, and other sources' names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from finder.models import Base, KnownAs, Provider

_BATCH = 500
_KNOWN_AS: Table = Base.metadata.tables[KnownAs.__tablename__]


@dataclass(frozen=True, slots=True)
class Naming:
    """A listing that a source calls ``ref`` from now on, and called ``was`` before if it knew it.

    Of a source that isn't the listing's own with what it ``adds``, and with what it ``added`` before.
    """

    provider_id: int
    ref: str
    was: str | None
    adds: Mapping[str, Any] | None = None
    added: Mapping[str, Any] | None = None

    @property
    def is_its_own(self) -> bool:
        """Whether the listing belongs to the source that calls it so."""
        return self.adds is None

    def kept(self) -> dict[str, Any]:
        """In JSON's types, without what it adds: all that is needed to take it back."""
        return {**asdict(self), "adds": None if self.is_its_own else {}}


def naming_from(kept: Mapping[str, Any]) -> Naming:
    """What `Naming.kept` was made of."""
    return Naming(**kept)


def listings_by_name(session: Session, source: str, in_file: Collection[str]) -> dict[str, int]:
    """The row ids of the listings that a file of the source tells of, by the names in it that are known; two queries.

    A listing is told of once in a file: by its present name, or else by another. Further ones are new listings'.
    """
    own = select(Provider.source_ref, Provider.id).where(Provider.source_key == source)
    found = {ref: id_ for ref, id_ in session.execute(own) if ref in in_file}
    told_of = set(found.values())
    others = select(KnownAs.source_ref, KnownAs.provider_id).where(KnownAs.source_key == source)
    for ref, id_ in session.execute(others.order_by(KnownAs.source_ref)):
        if ref in in_file and ref not in found and id_ not in told_of:
            found[ref] = id_
            told_of.add(id_)
    return found


class OthersName(NamedTuple):
    """What another source than its own calls a listing, and what it adds to it (`finder.listings.supplement`)."""

    ref: str
    adds: Mapping[str, Any]


def others_names(session: Session, provider_ids: Iterable[int]) -> Mapping[int, dict[str, OthersName]]:
    """What other sources call these listings, by row id and source; one query."""
    row = KnownAs
    query = select(row.provider_id, row.source_key, row.source_ref, row.facts).where(row.facts.is_not(None))
    found: defaultdict[int, dict[str, OthersName]] = defaultdict(dict)
    for id_, source, ref, facts in session.execute(
        query.where(row.provider_id.in_(provider_ids)).order_by(row.provider_id, row.source_key)
    ):
        found[id_][source] = OthersName(ref, facts or {})
    return found


def links_of(session: Session, source: str) -> list[Naming]:
    """What this source calls listings of others, and adds to them, each as if it were to be taken off; one query."""
    row = KnownAs
    query = select(row.provider_id, row.source_ref, row.facts).where(row.source_key == source, row.facts.is_not(None))
    return [Naming(id_, ref, ref, {}, facts) for id_, ref, facts in session.execute(query.order_by(row.source_ref))]


def told_by_others(session: Session, provider_ids: Collection[int]) -> frozenset[int]:
    """Those of the listings of which another source tells as well; a query for each 500."""
    found: set[int] = set()
    ids = sorted(provider_ids)
    for start in range(0, len(ids), _BATCH):
        batch = KnownAs.provider_id.in_(ids[start : start + _BATCH])
        found.update(session.scalars(select(KnownAs.provider_id).where(batch, KnownAs.facts.is_not(None))))
    return frozenset(found)


def rename(session: Session, source: str, namings: Collection[Naming]) -> None:
    """Let listings of this source have their new names; it keeps knowing them by the old ones."""
    if not namings:
        return
    forget(session, source, [naming.ref for naming in namings])
    _insert(session, source, [(naming.was, naming.provider_id, None) for naming in namings])
    for naming in namings:
        _call(session, naming.provider_id, naming.ref)


def link(session: Session, source: str, namings: Collection[Naming]) -> None:
    """Note what this source calls listings of other sources, and what it adds to them, in place of what was noted."""
    if not namings:
        return
    same = or_(
        KnownAs.provider_id.in_([naming.provider_id for naming in namings]),
        KnownAs.source_ref.in_([naming.ref for naming in namings]),
    )
    _delete(session, source, same)
    _insert(session, source, [(naming.ref, naming.provider_id, naming.adds) for naming in namings])


def forget(session: Session, source: str, refs: Collection[str]) -> None:
    """Let these be nobody's further names; a statement for each 500."""
    left = iter(refs)
    while batch := tuple(islice(left, _BATCH)):
        _delete(session, source, KnownAs.source_ref.in_(batch))


def take_back(session: Session, source: str, namings: Collection[Naming]) -> None:
    """Let listings have the names that they had before; what is called otherwise by now stays so."""
    for naming in namings:
        if not naming.is_its_own:
            forget(session, source, [naming.ref])
            if naming.was is not None:
                _insert(session, source, [(naming.was, naming.provider_id, naming.added)])
        elif naming.was is not None and _is_called(session, naming) and not _is_taken(session, source, naming.was):
            forget(session, source, [naming.was])
            _call(session, naming.provider_id, naming.was)


def _is_taken(session: Session, source: str, ref: str) -> bool:
    taken = select(Provider.id).where(Provider.source_key == source, Provider.source_ref == ref)
    return session.scalar(taken) is not None


def _is_called(session: Session, naming: Naming) -> bool:
    return session.scalar(select(Provider.source_ref).where(Provider.id == naming.provider_id)) == naming.ref


def _call(session: Session, provider_id: int, ref: str) -> None:
    named = update(Provider).where(Provider.id == provider_id).values(source_ref=ref)
    session.execute(named.execution_options(synchronize_session=False))


def _delete(session: Session, source: str, condition: ColumnElement[bool]) -> None:
    gone = delete(_KNOWN_AS).where(KnownAs.source_key == source, condition)
    session.execute(gone)


def _insert(session: Session, source: str, names: Collection[tuple[str | None, int, Mapping[str, Any] | None]]) -> None:
    rows = [{"source_key": source, "source_ref": ref, "provider_id": id_, "facts": facts} for ref, id_, facts in names]
    session.execute(insert(_KNOWN_AS), rows)
