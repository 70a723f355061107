"""Which changes the public is told of."""

import uuid
from typing import Any

from finder.exporting.hsds.history import metadata
from finder.models import Provider, Revision
from tests.factories import NOW

MOVED = {"address_1": ["1 Old Street", "2 New Street"]}


def told(*newest_first: dict[str, list[Any]], confidential: bool = False, by_import: bool = False) -> list[str]:
    """The fields of which changes are told of a published listing."""
    return [record["field_name"] for record in records(*newest_first, confidential=confidential, by_import=by_import)]


def records(
    *newest_first: dict[str, list[Any]], confidential: bool = False, by_import: bool = False
) -> list[dict[str, Any]]:
    """The records of a published listing that was changed so."""
    listing = Provider(public_id=uuid.UUID(int=1), confidential=confidential)
    count = len(newest_first)
    revisions = [
        Revision(
            version=count - place, at=NOW, by="ana@county.example", changes=changes, import_run_id=by_import or None
        )
        for place, changes in enumerate(newest_first)
    ]
    return list(metadata(listing, revisions))


def test_a_change_says_what_was_and_what_is_but_not_who() -> None:
    (record,) = records({"phones": [[["+13125550123", "main", ""]], []], "review_due_on": [None, "2027-01-01"]})

    assert record["resource_type"] == "service"
    assert (record["field_name"], record["previous_value"], record["replacement_value"]) == (
        "phones",
        "+13125550123, main, ",
        "",
    )
    assert (record["last_action_date"], record["updated_by"]) == (NOW.date(), "An administrator")
    assert records(MOVED, by_import=True)[0]["updated_by"] == "An import"


def test_what_was_changed_while_a_listing_was_not_shown_stays_inside() -> None:
    shown, hidden = {"status": ["hidden", "published"]}, {"status": ["published", "hidden"]}

    assert told({"name": ["B", "C"]}, shown, {"name": ["A", "B"]}, hidden, {"fees": ["", "$5"]}) == [
        "name",
        "fees_description",
    ]
    assert told({"status": [None, "published"], "name": [None, "A"]}) == []


def test_where_a_confidential_place_was_stays_inside_even_when_it_is_public_again() -> None:
    concealed, revealed = {"confidential": [False, True]}, {"confidential": [True, False]}

    assert told(MOVED) == ["address_1"]
    assert told(concealed, MOVED, confidential=True) == []
    assert told(MOVED, revealed, MOVED, concealed, MOVED) == ["address_1"]


def test_a_long_history_is_cut_at_its_old_end() -> None:
    changes = [{"name": [str(number), str(number + 1)]} for number in reversed(range(60))]

    assert len(told(*changes)) == 50
    assert records(*changes)[0]["replacement_value"] == "60"
