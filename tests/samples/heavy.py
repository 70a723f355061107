"""Large files, made to take much more memory than their size; and what reading them takes.

``python -m tests.samples.heavy FOLDER`` reads those of a folder and prints the megabytes that this took at most.
"""

import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from finder.importing import UnreadableFile, Upload
from tests.samples.feeds import a_meeting
from tests.samples.readers import READERS
from tests.samples.tables import a_place, csv_text
from tests.samples.workbooks import COLUMNS, MAX_MEGABYTES, a_facility, archive, column_name, parts, raw_sheet, sheet

_BYTES = 20_000_000
"""Of a file that is read to its end. What reading takes doesn't grow with it: of 63 MB the first table takes 201 MB."""


def _table(path: Path) -> None:
    """Rows of long texts with a letter for which Python keeps four bytes a letter."""
    head, row = csv_text([a_place(Description="x" * 3_000 + "\N{GRINNING FACE}")]).splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.write(head + "\n")
        for number in range((_BYTES - 1_000) // (len(row) + 12)):
            file.write(row.replace("Harbor", f"H{number}") + "\n")


def _narrow_table(path: Path) -> None:
    """As many rows as are read."""
    rows = [a_place(Name=f"House {number}", Services=f"Detox; q{number % 3_000}") for number in range(20_000)]
    path.write_text(csv_text(rows), encoding="utf-8")


def _feed(path: Path) -> None:
    """A feed of long rows, each of another group."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number in range(_BYTES // 20_500):
            notes = {"notes": "x" * 20_000 + "\N{GRINNING FACE}", "name": f"Group {number}"}
            file.write(("," if number else "") + json.dumps(a_meeting(**notes), ensure_ascii=False))
        file.write("]")


def _workbook(path: Path) -> None:
    """As many texts as are read, each in a cell of its own."""
    texts = "".join(f"<si><t>House {number} of many</t></si>" for number in range(490_000))
    cells = "".join(f'<row r="{row}">{_ten_cells(row)}</row>' for row in range(3, 6_000))
    first = raw_sheet("").split("<sheetData>")[0]
    row = sheet([COLUMNS, list(a_facility().values())]).split("<sheetData>")[1].removesuffix("</sheetData></worksheet>")
    path.write_bytes(archive(parts(f"{first}<sheetData>{row}{cells}</sheetData></worksheet>", texts=texts)))


def _ten_cells(row: int) -> str:
    numbers = ((column, (row * 10 + column) % 490_000) for column in range(10))
    return "".join(f'<c r="{column_name(column)}{row}" t="s"><v>{number}</v></c>' for column, number in numbers)


def _many_parts(path: Path) -> None:
    """An archive whose directory has a million entries."""
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x", "")
    content = path.read_bytes()
    begins = content.index(b"PK\x01\x02")
    entry, end = content[begins : content.index(b"PK\x05\x06")], content[content.index(b"PK\x05\x06") :]
    path.write_bytes(content[:begins] + entry * 1_000_000 + end)


def _too_large(path: Path) -> None:
    """200 MB, of which the disk holds nothing."""
    with path.open("wb") as file:
        file.truncate(200_000_000)


HEAVY: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "a table of long texts": ("table", _table),
    "a table of many rows": ("guessed table", _narrow_table),
    "a feed of long rows": ("meeting guide", _feed),
    "a workbook of many texts": ("samhsa", _workbook),
    "an archive of a million parts": ("hsds", _many_parts),
    "a file of 200 MB": ("table", _too_large),
}
"""By what the file is: who reads it, and what makes it."""


def _peak_megabytes() -> int:
    """What this program took at most. `resource.getrusage` would count the process from which it was started, too."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM"))) // 1_000


def make_all(folder: Path) -> None:
    """Make all of them in a folder."""
    for name, (_, make) in HEAVY.items():
        make(folder / name)


def _read(reader: str, path: Path) -> str:
    """How many listings a file makes, or why it isn't read."""
    with path.open("rb") as opened:
        try:
            drafts = READERS[reader](Upload(file=opened, name=path.name, max_megabytes=MAX_MEGABYTES))
        except UnreadableFile as error:
            return str(error)
    return f"{len(drafts)} listings"


if __name__ == "__main__":
    told = {name: _read(reader, Path(sys.argv[1]) / name) for name, (reader, _) in HEAVY.items()}
    sys.stdout.write(json.dumps({"megabytes": _peak_megabytes(), "told": told}))
