"""Forms that we gave out are known again, and floods are held back."""

import datetime as dt

from finder.web.public.report_guard import ReportGuard
from tests.factories import NOW

SECRET, OTHER = "s" * 16 + "t" * 16, "t" * 16 + "s" * 16
A_MINUTE = dt.timedelta(minutes=1)
ANN = "a key that tells nothing of Ann"


def test_servers_with_the_same_secret_know_each_others_forms() -> None:
    token = ReportGuard(lambda: [SECRET]).token("harbor-house", NOW)
    assert ReportGuard(lambda: [SECRET]).is_ours(token, "harbor-house", NOW + A_MINUTE)
    assert not ReportGuard(lambda: [OTHER]).is_ours(token, "harbor-house", NOW + A_MINUTE)


def test_a_form_from_before_the_secret_was_replaced_is_known_and_new_ones_are_signed_with_the_new_one() -> None:
    before, after = ReportGuard(lambda: [SECRET]), ReportGuard(lambda: [SECRET, OTHER])

    assert after.is_ours(before.token("harbor-house", NOW), "harbor-house", NOW + A_MINUTE)
    assert ReportGuard(lambda: [OTHER]).is_ours(after.token("harbor-house", NOW), "harbor-house", NOW + A_MINUTE)


def test_a_form_says_nothing_but_its_listing_and_its_time() -> None:
    token = ReportGuard(lambda: [SECRET]).token("harbor-house", NOW)
    assert token.split(".")[0] == "harbor-house"
    assert token == ReportGuard(lambda: [SECRET]).token("harbor-house", NOW)


def test_one_listing_cannot_take_all_the_room() -> None:
    guard = ReportGuard(lambda: [SECRET])
    assert [guard.admits(1, ANN, NOW) for _ in range(11)] == [True] * 10 + [False]
    assert guard.admits(2, ANN, NOW)


def test_all_listings_together_have_room_for_sixty_an_hour() -> None:
    guard = ReportGuard(lambda: [SECRET])
    assert sum(guard.admits(listing, str(listing), NOW + listing * A_MINUTE / 2) for listing in range(100)) == 60
    assert guard.admits(1000, ANN, NOW + 60 * A_MINUTE)


def test_one_visitor_leaves_room_for_the_others_and_so_do_many_whom_nobody_can_tell_apart() -> None:
    guard = ReportGuard(lambda: [SECRET])
    assert sum(guard.admits(listing, ANN, NOW) for listing in range(30)) == 20
    assert sum(guard.admits(listing, "", NOW) for listing in range(30)) == 30
