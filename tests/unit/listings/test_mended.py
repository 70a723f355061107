"""Which groups of facts a change concerns."""

from typing import Any

import pytest

from finder.domain.review import FieldGroup
from finder.listings.mended import groups_changed
from tests.factories import a_draft, tags


@pytest.mark.parametrize(
    ("change", "groups"),
    [
        ({}, set()),
        ({"phones": ()}, {FieldGroup.PHONE}),
        ({"tags": tags("level_of_care:outpatient", "payment:medicare")}, {FieldGroup.PAYMENT}),
        ({"tags": tags("level_of_care:detox", "payment:medicaid")}, {FieldGroup.SERVICES}),
        ({"fees": "Free", "confidential": True}, {FieldGroup.PAYMENT, FieldGroup.ADDRESS}),
        ({"verified_on": None}, set()),
    ],
)
def test_a_change_concerns_the_groups_of_its_facts(change: dict[str, Any], groups: set[FieldGroup]) -> None:
    before = a_draft().facts()

    assert groups_changed(before, {**before, **change}) == groups
