"""Which page numbers to show under a list."""


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The first, the last and those beside the current page, in order; ``None`` stands for a gap."""
    shown = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
