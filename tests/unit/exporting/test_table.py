"""Tables that are opened in a spreadsheet."""

import csv
import io

from finder.exporting.table import csv_of


def test_no_cell_is_taken_for_a_formula_and_every_sign_arrives() -> None:
    row = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-1", 'say "no", José', "two\nlines", "'quoted'"]

    made = csv_of(["Name"] * len(row), [row]).decode("utf-8-sig")

    read = list(csv.reader(io.StringIO(made, newline="")))[1]
    assert read == [f"'{cell}" for cell in row[:8]] + row[8:]
