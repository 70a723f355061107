"""How long a check is believed, and how much an overdue one may hurt."""

import datetime as dt
from pathlib import Path

import pytest

from finder.domain.review import FACTS_OF, FieldGroup, group_of_facet, load_review_policy, review_policy
from finder.domain.vocabulary import LEVEL_OF_CARE, Facet
from finder.listings.draft import FACTS

A_DAY = dt.date(2026, 11, 2)
OF_THE_LISTING_ITSELF = {"status", "review_reason", "verified_on", "review_due_on"}


def a_policy(folder: Path, **instead: str) -> Path:
    """A policy file in which every group has the same rule, but for those given."""
    rules = {group.value: "days = 10\nimportance = 1\nessential = true" for group in FieldGroup} | instead
    path = folder / "review-policy.toml"
    path.write_text("\n".join(f"[{group}]\n{rule}" for group, rule in rules.items() if rule))
    return path


def test_the_shipped_policy_has_a_rule_for_every_group() -> None:
    assert set(review_policy().groups) == set(FieldGroup)


def test_a_wrong_phone_number_matters_most() -> None:
    policy = review_policy().groups

    assert max(policy, key=lambda group: policy[group].importance) is FieldGroup.PHONE
    assert policy[FieldGroup.PHONE].essential


def test_every_fact_that_can_be_wrong_is_checked_in_some_group() -> None:
    assert {name for names in FACTS_OF.values() for name in names} == set(FACTS) - OF_THE_LISTING_ITSELF


def test_ways_to_pay_are_checked_apart_from_services() -> None:
    assert group_of_facet(Facet("payment")) is group_of_facet(Facet("payment_help")) is FieldGroup.PAYMENT
    assert group_of_facet(LEVEL_OF_CARE) is FieldGroup.SERVICES


def test_a_check_is_believed_for_as_many_days_as_the_policy_says(tmp_path: Path) -> None:
    policy = load_review_policy(a_policy(tmp_path, phone="days = 3\nimportance = 1"))

    assert policy.due_on(FieldGroup.PHONE, A_DAY) == dt.date(2026, 11, 5)
    assert policy.due_on(FieldGroup.HOURS, A_DAY) == dt.date(2026, 11, 12)


def test_harm_grows_with_days_importance_and_reports(tmp_path: Path) -> None:
    policy = load_review_policy(a_policy(tmp_path, phone="days = 3\nimportance = 7"))

    assert policy.harm(FieldGroup.PHONE, 10, 0) == 70
    assert policy.harm(FieldGroup.PHONE, 10, 2) == 210
    assert policy.harm(FieldGroup.HOURS, 10, 2) == 30
    assert policy.harm(FieldGroup.PHONE, 0, 9) == 0


def test_only_essential_groups_decide_about_the_whole_listing(tmp_path: Path) -> None:
    policy = load_review_policy(a_policy(tmp_path, hours="days = 3\nimportance = 7"))

    assert policy.essential([FieldGroup.HOURS, FieldGroup.PHONE]) == {FieldGroup.PHONE}


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("", "no rule for phone"),
        ("days = 0\nimportance = 1", "phone.days"),
        ("days = 3651\nimportance = 1", "phone.days"),
        ("days = 10\nimportance = 11", "phone.importance"),
        ("days = 10", "phone.importance"),
        ("days = 10\nimportance = 1\nurgent = true", "phone.urgent"),
        ("days = = 10", "review-policy.toml"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_with_the_place_to_mend(
    tmp_path: Path, rule: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        load_review_policy(a_policy(tmp_path, phone=rule))


def test_a_group_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="parking"):
        load_review_policy(a_policy(tmp_path, parking="days = 10\nimportance = 1"))


def test_a_policy_without_an_essential_group_is_refused(tmp_path: Path) -> None:
    rule = "days = 10\nimportance = 1"

    with pytest.raises(ValueError, match="no group is essential"):
        load_review_policy(a_policy(tmp_path, **{group.value: rule for group in FieldGroup}))
