"""Listings from before there were checks stand as their sources told them."""

import datetime as dt
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.extensions import db
from finder.models import Check, Standing
from tests.factories import a_provider

DATES = {"verified_on": dt.date(2026, 6, 1), "review_due_on": dt.date(2027, 6, 1)}


def rows(model: type[Check | Standing], *columns: str) -> list[tuple[Any, ...]]:
    with Session(db.engine) as session:
        order = (model.provider_id, model.field_group)
        return [
            tuple(row) for row in session.execute(select(*(getattr(model, name) for name in columns)).order_by(*order))
        ]


def everything() -> list[list[tuple[Any, ...]]]:
    both = ("provider_id", "field_group", "checked_on", "method")
    return [rows(Standing, *both, "due_on", "tried_on"), rows(Check, *both, "result", "counts_until")]


def test_they_get_the_rows_that_they_would_have_had(app: Flask) -> None:
    with app.app_context():
        with Session(db.engine) as session:
            a_provider(session, **DATES)
            a_provider(session, **DATES, phones=(), schedules=(), website="", tags=frozenset(), minimum_age=18)
            a_provider(session, verified_on=None, email="desk@lakeview.example", fees="Free")
            session.commit()
        expected = everything()

        flask_migrate.downgrade(revision="0005_accounts")
        flask_migrate.upgrade()

        assert everything() == expected
