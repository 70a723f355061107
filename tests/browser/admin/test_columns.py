"""An administrator explains a table on a telephone."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.factories import a_source
from tests.samples.tables import a_place, csv_text
from tests.signing_in import sign_in
from tests.staff import an_account

PHONE = {"width": 360, "height": 740}


def test_a_table_is_explained_on_a_telephone(
    open_page: Callable[..., Page], axe: Callable[[Page], None], session: Session, tmp_path: Path
) -> None:
    def is_fit() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url

    a_source(session, "county-table", name="County list", format="table")
    session.commit()
    table = tmp_path / "places.csv"
    rows = [a_place(Services="Detox; Moon walks", A_heading_without_end="x" * 300), {"Name": "y" * 90}]
    table.write_text(csv_text(rows).replace("A heading", "A" * 90), encoding="utf-8")
    page = open_page(viewport=PHONE)
    sign_in(page, an_account(session))

    page.goto("/admin/sources/county-table/columns")
    is_fit()
    page.get_by_label("File").set_input_files(table)
    page.get_by_role("button", name="Look at its columns").click()
    is_fit()
    page.get_by_label("Name", exact=True).select_option("Nothing that we need")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    is_fit()
    page.get_by_label("Name", exact=True).select_option("Name of the place")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("moon walks").select_option("Nothing")
    is_fit()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("County list")
