"""The headings on a sheet, read as paths from the outermost group to the column's own; what they belong to is `match`'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtqg_cli.core.sheet import Sheet
    from mtqg_cli.reference.form import Column, Form

#: How far from its place a heading is still looked for.
SEARCH_ROWS = 40
SEARCH_COLUMNS = 60


class Headings:
    """The heading texts above each column, merged cells spread over what they cover."""

    def __init__(self, sheet: Sheet, depth: int) -> None:
        self.sheet = sheet
        self.depth = depth
        self.anchors = {
            (row, column): (top, left)
            for top, left, bottom, right in sheet.merged
            if top <= SEARCH_ROWS and right - left < SEARCH_COLUMNS
            for row in range(top, min(bottom, SEARCH_ROWS) + 1)
            for column in range(left, right + 1)
        }
        self.width = min(max((len(row) for row in sheet.rows[:SEARCH_ROWS]), default=0), SEARCH_COLUMNS)

    def path(self, row: int, column: int) -> tuple[str, ...]:
        """The keys of the headings over a column, outermost first, each once."""
        texts = [self._heading(each, column, group=each < row + self.depth - 1) for each in range(row, row + self.depth)]
        return tuple(dict.fromkeys(text for text in texts if text))

    def _heading(self, row: int, column: int, *, group: bool) -> str:
        """A heading's key; in a row of groups whose cells are no longer merged, the one to the left goes on."""
        text = name_key(self.sheet.text(*self.anchors.get((row, column), (row, column))))
        if text or not group or not self.sheet.text(row + 1, column):
            return text
        return next((name_key(self.sheet.text(row, left)) for left in range(column - 1, 0, -1) if self.sheet.text(row, left)), "")

    def columns_at(self, row: int, form: Form) -> dict[str, int]:
        """Each field's column if the headings begin in this row."""
        paths = {column: path for column in range(1, self.width + 1) if (path := self.path(row, column))}
        found: dict[str, int] = {}
        for wanted in form.columns:
            place = next((number for number, path in paths.items() if _fits(wanted, path)), None)
            if place is not None:
                found[wanted.field] = place
                del paths[place]
        return found

    def doubles(self, row: int, form: Form, columns: Mapping[str, int]) -> Iterator[tuple[Column, int]]:
        """The columns that carry a heading of the form and are not the one that is read."""
        for number in sorted(set(range(1, self.width + 1)) - set(columns.values())):
            path = self.path(row, number)
            yield from ((wanted, number) for wanted in form.columns if path and wanted.field in columns and _fits(wanted, path))


def _fits(wanted: Column, path: tuple[str, ...]) -> bool:
    return path[-1] in wanted.names and all(name_key(group) in path for group in wanted.group)
