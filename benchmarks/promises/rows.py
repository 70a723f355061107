"""The promises."""

from benchmarks.promises.accounts import nobody_learns_who_has_an_account
from benchmarks.promises.bad_input import bad_input_is_answered_soon
from benchmarks.promises.contract import the_api_keeps_its_contract
from benchmarks.promises.crash import acknowledged_saves_survive_kills
from benchmarks.promises.disk_full import a_full_disk_loses_nothing
from benchmarks.promises.failover import a_node_may_die
from benchmarks.promises.killed_imports import imports_are_all_or_nothing
from benchmarks.promises.load import it_carries_the_load
from benchmarks.promises.power import acknowledged_saves_survive_power_cuts
from benchmarks.promises.promise import Promise
from benchmarks.promises.slow_clients import slow_clients_are_survived
from benchmarks.promises.soak import backups_restore_under_writes
from benchmarks.promises.trouble import a_database_that_hangs_hangs_nobody, a_database_that_is_down_stops_nobody

_WEB = "tests/integration/web"
_ACCOUNTS = f"{_WEB}/test_accounts.py"
_PASSWORDS = f"{_WEB}/test_passwords.py"
_TROUBLE = f"{_WEB}/test_database_trouble.py"

PROMISES = (
    Promise(
        number=1,
        words="An acknowledged save survives a crash of the server",
        measures=(acknowledged_saves_survive_kills,),
    ),
    Promise(number=2, words="... and a power cut", measures=(acknowledged_saves_survive_power_cuts,)),
    Promise(
        number=3,
        words="An import is all or nothing, and can be done again",
        measures=(imports_are_all_or_nothing,),
    ),
    Promise(number=4, words="A full disk is an error, not a loss", measures=(a_full_disk_loses_nothing,)),
    Promise(
        number=5,
        words="While the database is down people still get help",
        tests=(f"{_TROUBLE}::test_while_the_database_is_down_people_search_in_what_was_read_before",),
        measures=(a_database_that_is_down_stops_nobody,),
    ),
    Promise(
        number=6,
        words="A database that hangs hangs nobody",
        tests=(f"{_TROUBLE}::test_a_database_that_hangs_hangs_nobody",),
        measures=(a_database_that_hangs_hangs_nobody,),
    ),
    Promise(number=7, words="Slow clients can't take it down", measures=(slow_clients_are_survived,)),
    Promise(number=8, words="It carries the load, and its memory stays flat", measures=(it_carries_the_load,)),
    Promise(
        number=9,
        words="Backups restore",
        tests=("tests/integration/ops/test_backup.py",),
        measures=(backups_restore_under_writes,),
    ),
    Promise(
        number=10,
        words="No update is lost: who saves over another's change sees what is different",
        tests=(f"{_WEB}/test_admin_conflict.py",),
    ),
    Promise(
        number=11,
        words="Every migration goes up, down and up again on data, and leads to the models",
        tests=("tests/integration/test_migrations.py", "tests/integration/test_checks_of_old_listings.py"),
    ),
    Promise(
        number=12,
        words="Nobody sees or does what they may not",
        tests=(f"{_WEB}/test_authorization.py", f"{_WEB}/test_guard.py"),
    ),
    Promise(
        number=13,
        words="Guessing passwords is hopeless",
        tests=(f"{_WEB}/test_throttles.py", "tests/integration/accounts/test_throttle.py"),
    ),
    Promise(
        number=14,
        words="Nobody learns who has an account",
        tests=(
            f"{_ACCOUNTS}::test_a_wrong_password_an_unknown_address_and_a_disabled_account_get_the_same_answer",
            f"{_PASSWORDS}::test_forgotten_passwords_get_the_same_answer_for_everybody",
            f"{_WEB}/test_throttles.py::test_an_address_without_an_account_is_throttled_just_the_same",
            f"{_WEB}/test_throttles.py::test_an_unknown_address_makes_the_database_work_as_much_as_a_known_one",
        ),
        measures=(nobody_learns_who_has_an_account,),
    ),
    Promise(number=15, words="Sessions end, and their cookie is kept well", tests=(f"{_WEB}/test_sessions.py",)),
    Promise(
        number=16,
        words="No forged request is heard",
        tests=(
            f"{_WEB}/test_authorization.py::test_no_form_is_taken_without_its_token",
            f"{_WEB}/test_authorization.py::test_the_token_of_another_browser_is_not_taken",
            f"{_WEB}/test_guard.py::test_the_public_can_only_read_but_for_forms_that_we_decided_to_take",
            f"{_WEB}/test_report.py::test_a_form_that_we_did_not_give_out_is_shown_again",
            f"{_WEB}/test_confirm.py::test_the_link_works_once_and_for_30_days",
        ),
    ),
    Promise(
        number=17,
        words="Strict headers stand on every answer, errors included",
        tests=(f"{_WEB}/test_headers.py", f"{_WEB}/test_pages.py", f"{_WEB}/test_server.py"),
    ),
    Promise(
        number=18,
        words="No third party is ever told",
        tests=("tests/browser/test_crawl.py", "tests/unit/test_sockets.py"),
    ),
    Promise(
        number=19,
        words="Nothing about a visitor is kept",
        tests=(
            f"{_WEB}/test_server.py::test_nothing_of_a_visitor_is_logged",
            f"{_WEB}/test_nothing_kept.py",
            f"{_WEB}/test_report.py::test_nothing_about_the_visitor_has_a_place_to_be_kept",
            "tests/integration/api/test_privacy.py",
        ),
    ),
    Promise(
        number=20,
        words="Bad input gets a clear message",
        tests=("tests/unit/importing/test_hostile.py", f"{_WEB}/test_bad_input.py"),
        measures=(bad_input_is_answered_soon,),
    ),
    Promise(
        number=21,
        words="The API keeps its contract",
        tests=("tests/integration/api/test_conformance.py",),
        measures=(the_api_keeps_its_contract,),
    ),
    Promise(
        number=22,
        words="Uploads are bounded",
        tests=(
            "tests/unit/importing/test_bounds.py",
            "tests/unit/importing/test_hostile.py",
            "tests/unit/importing/formats/test_workbook.py",
            "tests/unit/importing/formats/test_delimited.py",
            "tests/unit/importing/formats/test_json_rows.py",
        ),
    ),
    Promise(
        number=23,
        words="Exports are safe to open",
        tests=("tests/unit/exporting/test_table.py", f"{_WEB}/test_exports.py"),
    ),
    Promise(
        number=24,
        words="Abuse is bounded",
        tests=(f"{_WEB}/test_limits.py", f"{_WEB}/test_report.py", f"{_WEB}/test_throttles.py"),
    ),
    Promise(
        number=25,
        words="No open redirect, and no request to where no stranger may send us",
        tests=(
            "tests/unit/importing/test_fetch.py",
            "tests/unit/importing/test_addresses.py",
            f"{_WEB}/test_bad_input.py",
            f"{_WEB}/test_redirects.py",
        ),
    ),
    Promise(
        number=26,
        words="Nothing is deleted, and one click brings it back",
        tests=(
            "tests/integration/listings/test_undo.py",
            "tests/integration/models/test_audit.py",
            "tests/integration/models/test_no_delete.py",
            f"{_WEB}/test_admin_history.py",
        ),
    ),
    Promise(
        number=27,
        words="Dependencies are known, each by its hash",
        tests=("tests/unit/test_requirements.py",),
    ),
    Promise(number=28, words="A node may die", measures=(a_node_may_die,)),
    Promise(
        number=29,
        words="Every administrator has a second factor",
        tests=(
            _ACCOUNTS,
            _PASSWORDS,
            f"{_WEB}/test_passkeys.py",
            "tests/integration/accounts/test_factors.py",
            "tests/unit/accounts/test_passwords.py",
        ),
    ),
)
