"""Plots as figures for inline SVG, which `admin/plots.html` draws: no script, and no style inside of the page.

Each has a title and a sentence that tells what it shows, and its figures stand in a table below it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WIDTH = 360  # units of the drawing, about the pixels of a telephone
_LONGEST_BAR = 290  # leaves room for a number
_BAR_STEP = 40
_TALLEST = 150
_COLUMNS_LEFT = 32


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a plot: what stands above the columns, and the rows, each with its label first."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, what stands at its end, and where it is drawn."""

    label: str
    shown: str
    top: int
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPlot:
    """Lying bars below each other. ``name`` is for ids."""

    name: str
    title: str
    told: str
    bars: Sequence[Bar]
    table: Table

    width = WIDTH

    @property
    def height(self) -> int:
        """How tall the drawing is."""
        return len(self.bars) * _BAR_STEP


@dataclass(frozen=True, slots=True)
class Column:
    """Two columns beside each other, from the bottom up."""

    label: str
    left: float
    first: float
    second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlot:
    """Pairs of standing columns, the second of each hatched, and the number at the top of the scale."""

    name: str
    title: str
    told: str
    legend: tuple[str, str]
    columns: Sequence[Column]
    wide: float
    most: int
    table: Table

    width = WIDTH
    left = _COLUMNS_LEFT
    tallest = _TALLEST
    height = _TALLEST + 44


def bars(
    figures: Iterable[tuple[str, float]], *, shown: Callable[[float], str], most: float | None = None
) -> list[Bar]:
    """Bars for labels and their numbers; the longest stands for ``most``, or for the largest number."""
    every = list(figures)
    largest = most or max((number for _, number in every), default=0) or 1
    return [
        Bar(label, shown(number), place * _BAR_STEP, round(number / largest * _LONGEST_BAR, 1))
        for place, (label, number) in enumerate(every)
    ]


def columns(figures: Sequence[tuple[str, int, int]]) -> tuple[list[Column], float, int]:
    """Pairs of columns for labels and two numbers, how wide each column is, and what the tallest may stand for."""
    most = max((max(first, second) for _, first, second in figures), default=0) or 1
    step = (WIDTH - _COLUMNS_LEFT) / max(len(figures), 1)
    heights = _TALLEST / most
    drawn = [
        Column(label, round(_COLUMNS_LEFT + place * step, 1), round(first * heights, 1), round(second * heights, 1))
        for place, (label, first, second) in enumerate(figures)
    ]
    return drawn, round(step * 0.4, 1), most


def whole(number: float) -> str:
    """A count: "12,042"."""
    return f"{number:,.0f}"


def percent(share: float) -> str:
    """A share of one: "37 %"."""
    return f"{share:.0%}"
