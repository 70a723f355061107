"""The record of what was changed and checked can't be altered, whatever the application tries."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from finder.models import Base, Check, Revision
from tests.factories import a_provider


@pytest.mark.parametrize("record", [Revision, Check])
def test_the_database_refuses_to_alter_or_delete_a_record(session: Session, record: type[Base]) -> None:
    a_provider(session)
    session.commit()

    for statement in (update(record).values(by="somebody else"), delete(record)):
        with pytest.raises(IntegrityError, match="only ever added to"):
            session.execute(statement)
        session.rollback()


@pytest.mark.parametrize("record", [Revision, Check])
def test_no_object_of_the_program_can_do_it_either(session: Session, record: type[Revision | Check]) -> None:
    a_provider(session)
    session.commit()

    row = session.query(record).first()
    assert row
    row.by = "somebody else"
    with pytest.raises(IntegrityError, match="only ever added to"):
        session.commit()
