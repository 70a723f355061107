"""A listing as the public would see it, for those who keep it."""

import pytest
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from tests.editing import editor_of_illinois
from tests.factories import a_provider
from tests.staff import StaffClient

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
def editor(session: Session, staff: StaffClient) -> StaffClient:
    """An editor of Illinois, signed in."""
    return editor_of_illinois(session, staff)


def test_a_draft_is_seen_as_the_public_would_see_it(editor: StaffClient, session: Session) -> None:
    draft = a_provider(session, name="Draft House", status=Status.DRAFT, review_reason="Look")
    session.commit()

    page = editor.get(f"/admin/listings/{draft.id}/preview").text

    for words in ("Preview.", "Draft House", "312-555-0123", "How to get there", "Now it is: Draft"):
        assert words in page
    assert "Look" not in page


def test_a_private_address_stays_private(editor: StaffClient, session: Session) -> None:
    hidden = a_provider(session, confidential=True, address_1="7 Secret Street")
    session.commit()

    assert "Secret Street" not in editor.get(f"/admin/listings/{hidden.id}/preview").text
