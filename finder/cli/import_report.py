"""What an import tells of itself."""

from rich.console import Console
from rich.table import Table

from finder.importing import ImportReport
from finder.importing.report import sample

_MOST_CODES = 20
_MOST_ROWS = 5
_MOST_LOST = 5


def print_report(report: ImportReport, *, dry_run: bool = False) -> None:
    """Every row accounted for, the reasons, and what an administrator should know besides; samples of a dry run."""
    # Reasons and codes come from a file; square brackets in them are no markup.
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(_rows_table(report))
    for reason, rows in sorted(report.rejected.items()):
        first = ", ".join(map(str, rows[:_MOST_ROWS])) + (" ..." if len(rows) > _MOST_ROWS else "")
        console.print(f"Left out, {len(rows):,}: {reason} (rows {first})")
    for reason, count in report.in_review.most_common():
        console.print(f"Waiting for review, {count:,}: {reason}")
    for line in (*_notes(report), *_lost(report)):
        console.print(line)
    if dry_run:
        for draft in report.samples:
            console.print(f"For example: {'; '.join(filter(None, sample(draft).values()))}")
        console.print("This was a dry run: nothing was changed.")


def _rows_table(report: ImportReport) -> Table:
    table = Table("rows of the file", "")
    table.columns[1].justify = "right"
    counts = report.counts()
    for name, key in (
        ("created", "created"),
        ("updated", "updated"),
        ("unchanged", "unchanged"),
        ("merged with an earlier row of the same place", "merged"),
        ("left out", "rejected"),
    ):
        table.add_row(name, f"{counts[key]:,}")
    table.add_section()
    table.add_row("all", f"{report.rows:,}")
    return table


def _lost(report: ImportReport) -> list[str]:
    """Names of the first listings that the file lacks, a line each."""
    lost = [f"Not in the file: {each.name}" for each in report.differences if each.outcome == "gone"][:_MOST_LOST]
    return [*lost, "Not in the file: ..."] if report.not_in_file > len(lost) else lost


def _notes(report: ImportReport) -> list[str]:
    """What an administrator should know besides, each only where there is something to say."""
    codes = ", ".join(f"{code} ({count:,})" for code, count in report.unknown_codes.most_common(_MOST_CODES))
    coded = "Types of meetings" if report.meetings else "Service codes"
    left = report.not_in_file - report.retired_gone
    notes = {
        f"Weekly meetings: {report.meetings:,}": report.meetings,
        f"Weekly meetings that the file has more than once: {report.repeated:,}": report.repeated,
        f"Positions that the file lacks, from the gazetteer: {report.recovered:,}": report.recovered,
        f"Listings without a position, their ZIP Code is unknown: {report.without_point:,}": report.without_point,
        f"Listings without a phone number: {report.without_phone:,}": report.without_phone,
        f"Phone numbers left out, nobody could dial them: {report.impossible_phones:,}": report.impossible_phones,
        f"{coded} that we don't know, ignored: {codes}": report.unknown_codes,
        f"Listings that the source calls otherwise than before: {report.renamed:,}": report.renamed,
        f"Listings that moved to another address: {report.moved:,}": report.moved,
        f"Listings that another source has too, now told by both: {report.linked:,}": report.linked,
        f"Facts that a person found out and the source tells differently, kept: {report.conflicts:,}": report.conflicts,
        f"Pairs of listings that may be one place, to compare: {report.suspects:,}": report.suspects,
        f"Listings of this source that the file lacks, retired: {report.retired_gone:,}": report.retired_gone,
        f"Listings of this source that the file lacks, left as they are: {left:,}": left,
        f"Listings that were retired as gone and are in the file again: {report.brought_back:,}": report.brought_back,
        f"Demonstration listings taken off: {report.retired_fictional:,}": report.retired_fictional,
        f"Facts as of {report.verified_on}, as the source tells them.": report.verified_on,
        "The file doesn't say of which day its facts are; --as-of can.": report.verified_on is None,
    }
    return [note for note, applies in notes.items() if applies]
