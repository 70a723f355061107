"""What the database refuses of a listing is told where somebody can mend it."""

from sqlalchemy.exc import IntegrityError

from finder.listings.own import nothing_yet
from finder.models import Provider
from finder.web.admin.listing_form.constraints import FIELDS, explain
from finder.web.admin.listing_form.form import ListingForm


def test_every_rule_of_a_listing_leads_to_a_field() -> None:
    rules = {str(constraint.name) for constraint in Provider.__table__.constraints}  # type: ignore[attr-defined] # it is a Table

    assert {rule for rule in rules if rule.startswith("ck_")} <= set(FIELDS)


def test_a_refusal_is_told_beside_its_field_and_one_that_nobody_can_mend_is_not_hidden() -> None:
    form = ListingForm(nothing_yet(), 0)

    assert explain(form, IntegrityError("", {}, Exception("CHECK constraint failed: ck_provider_ages")))
    assert [field.name for field in form.faulty] == ["minimum_age"]
    assert not explain(form, IntegrityError("", {}, Exception("FOREIGN KEY constraint failed")))
