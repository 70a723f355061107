"""Whom other programs have to name: everybody who told of a listing."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from finder.domain.schedule import Schedule, ScheduleKind
from finder.models import KnownAs
from tests.factories import a_provider, a_source, tags
from tests.hsds import ApiClient


@pytest.mark.parametrize(
    "address",
    ["/hsds/services?full=true", "/meetings.json", "/main_server/client_interface/json/?switcher=GetServiceBodies"],
)
def test_every_source_that_tells_of_a_listing_is_named_as_it_wants(
    api: ApiClient, session: Session, address: str
) -> None:
    a_source(session, attribution="Made by Lakeview.")
    a_source(session, "adds", attribution="Made by volunteers.")
    a_source(session, "silent", attribution="Once the same place.")
    seven = Schedule(0, dt.time(19), None, ScheduleKind.MEETING)
    group = a_provider(session, tags=tags("fellowship:aa"), organization="Lakeview", schedules=(seven,))
    told = (("adds", "1", {"fees": "Free"}), ("adds", "2", {}), ("silent", "1", None))
    session.add_all(
        KnownAs(source_key=key, source_ref=ref, provider_id=group.id, facts=facts) for key, ref, facts in told
    )
    session.commit()

    said = api.get(address).text

    assert '"Made by Lakeview.; Made by volunteers."' in said
    assert "Once the same place" not in said
