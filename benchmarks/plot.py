"""The growth curve as SVG: mean time of a full answer over the size of the directory, both logarithmic."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[int, float]]
"""(listings, seconds), ascending."""

_WIDTH, _HEIGHT = 900, 540
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 230, 40, 60
_COLORS = (
    "#0f5c5c",
    "#8a8a8a",
    "#b5541c",
    "#e0893a",
    "#1f3f8f",
    "#4f7bd0",
    "#8fb3ee",
    "#7a2f7a",
    "#b02a37",
    "#2e7d32",
    "#7a5c00",
)
_LABEL_HEIGHT = 15


def growth_curve(lines: Mapping[str, Points]) -> str:
    """The picture, one line a design, its name at its end."""
    sizes = [size for points in lines.values() for size, _ in points]
    times = [1000 * seconds for points in lines.values() for _, seconds in points]
    across = _Scale(min(sizes), max(sizes), _LEFT, _WIDTH - _RIGHT)
    up = _Scale(
        10 ** math.floor(math.log10(min(times))), 10 ** math.ceil(math.log10(max(times))), _HEIGHT - _BOTTOM, _TOP
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"',
        ' font-size="12">',
        "<title>Mean time of a full answer by size of the directory</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="15">Full answer, mean over six kinds of search (milliseconds)</text>',
        f'<text x="{_LEFT}" y="{_HEIGHT - 14}">listings in the directory</text>',
        *(_row(up(value), value) for value in up.decades()),
        *(_column(across(size), size) for size in sorted(set(sizes))),
    ]
    ends = {name: up(1000 * points[-1][1]) for name, points in lines.items()}
    places = _apart(ends)
    for number, (name, points) in enumerate(lines.items()):
        spots = [(across(size), up(1000 * seconds)) for size, seconds in points]
        parts += _line(name, spots, places[name], _COLORS[number % len(_COLORS)])
    return "\n".join([*parts, "</svg>", ""])


class _Scale:
    """Logarithmic, from values to pixels."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low, self._high, self._start, self._end = low, high, start, end

    def __call__(self, value: float) -> float:
        span = math.log(self._high / self._low) or 1.0
        return round(self._start + (self._end - self._start) * math.log(value / self._low) / span, 1)

    def decades(self) -> list[float]:
        """The powers of ten within."""
        first, last = round(math.log10(self._low)), round(math.log10(self._high))
        return [10.0**power for power in range(first, last + 1)]


def _row(y: float, value: float) -> str:
    line = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>'
    return f'{line}<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{value:,g}</text>'


def _column(x: float, size: int) -> str:
    line = f'<line x1="{x}" x2="{x}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}" stroke="#ddd"/>'
    return f'{line}<text x="{x}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{size:,}</text>'


def _line(name: str, spots: list[tuple[float, float]], label_y: float, color: str) -> list[str]:
    path = " ".join(f"{x},{y}" for x, y in spots)
    x, y = spots[-1]
    wide = 3 if name == "finder" else 1.5
    return [
        f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{wide}"/>',
        *(f'<circle cx="{x}" cy="{y}" r="3" fill="{color}"/>' for x, y in spots),
        f'<line x1="{x}" y1="{y}" x2="{_WIDTH - _RIGHT + 12}" y2="{label_y}" stroke="{color}" stroke-dasharray="2 2"/>',
        f'<text x="{_WIDTH - _RIGHT + 16}" y="{label_y + 4}" fill="{color}">{escape(name)}</text>',
    ]


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Heights for the names, at least a line apart, from the top downwards."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        last = max(height, last + _LABEL_HEIGHT)
        placed[name] = last
    return placed
