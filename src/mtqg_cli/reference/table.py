"""A table of the reports: columns, kinds of rows, when it appears. The Word annexes and the Excel annex are both made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from mtqg_cli.reference.quantity import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What is between the margins of an A4 page, in mm.
PAGE_WIDTHS = {"landscape": 252, "portrait": 165}
_SLACK = 0.5

#: The line under an annex's title; a text as templates write it.
ATTACHED = (
    "(Kèm theo Báo cáo số {{ van_ban.so }} {{ van_ban.ngay.dai }} của "
    '{{ "Ban Chỉ đạo các Chương trình mục tiêu quốc gia " ~ don_vi.ten if "BAN CHỈ ĐẠO" in van_ban.co_quan else "Ủy ban nhân dân " ~ don_vi.ten }})'
)


class FieldCell(Model):
    """A cell that holds a field of the row's element instead of a text."""

    field: str


def _cell(value: object) -> object:
    """A text or {field = "…"}; everything else is told in words, not as two failed guesses."""
    if isinstance(value, str | FieldCell):
        return value
    if isinstance(value, dict) and value.keys() == {"field"} and isinstance(value["field"], str):
        return FieldCell(field=value["field"])
    message = 'ô phải là chữ trong dấu nháy, hoặc { field = "tên số liệu" }'
    raise ValueError(message)


class TableColumn(Model):
    """A column: headings from the outermost in, width in mm of the page, and the field that its cells show unless a row says otherwise."""

    head: Annotated[tuple[str, ...], Field(min_length=1)]
    width: Annotated[float, Field(gt=0)]
    style: Literal["number", "text", "centre"] = "number"
    field: str = ""


class TableRow(Model):
    """A row of the whole, or with `over` one for each element of a list; `row` are the rows under each element.

    `cells` are the first cells from the left: texts as templates write them (`{{ xa.ten|hoa_dau }}`, `{{ loop.index }}`), or fields;
    the other cells show their columns' fields. `called` is the element's name in texts. `has`: elements without data in all of
    these fields are left out. Fields are names of the element, or of what the table is about.
    """

    over: str = ""
    called: str = ""
    has: tuple[str, ...] = ()
    bold: bool = False
    cells: tuple[Annotated[str | FieldCell, BeforeValidator(_cell)], ...] = ()
    rows: Annotated[tuple[TableRow, ...], Field(alias="row")] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class TableSpec(Model):
    """A table file; the file's stem is `id`. `name` is what it is called in short, `title` what stands above it, `measure` its unit of measure.

    With `over` there is one such table for each element of a list. It appears where one of the fields in `has` has data; without `has`,
    where it has a row. `orientation` is that of the page in Excel; the Word annexes are all landscape.
    """

    id: str
    name: str
    title: str
    order: int
    measure: str = ""
    orientation: Literal["landscape", "portrait"] = "landscape"
    over: str = ""
    called: str = ""
    has: tuple[str, ...] = ()
    note: str = ""
    origin: str = ""
    columns: Annotated[tuple[TableColumn, ...], Field(alias="column", min_length=1)]
    rows: Annotated[tuple[TableRow, ...], Field(alias="row", min_length=1)]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        """Every cell has something to show, every element a name, and the table goes on its page."""
        named: tuple[TableSpec | TableRow, ...] = (self, *_all_rows(self.rows))
        for each in named:
            if bool(each.over) != bool(each.called):
                message = "over và called phải đi với nhau: over là danh sách, called là tên gọi một phần tử trong câu chữ"
                raise ValueError(message)
        for row in _all_rows(self.rows):
            given = len(row.cells)
            if given > len(self.columns):
                message = f"một dòng khai báo {given} ô, nhưng bảng chỉ có {len(self.columns)} cột"
                raise ValueError(message)
            bare = next((column for column in self.columns[given:] if not column.field), None)
            if bare is not None:
                message = f"cột “{bare.head[-1]}” không có field, nên dòng nào cũng phải khai báo ô của cột đó ở cells"
                raise ValueError(message)
        width, page = sum(column.width for column in self.columns), PAGE_WIDTHS[self.orientation]
        if width > page + _SLACK:
            message = f"các cột rộng tổng cộng {width:g} mm, trang chỉ có {page} mm"
            raise ValueError(message)
        return self


def _all_rows(rows: tuple[TableRow, ...]) -> Iterator[TableRow]:
    for row in rows:
        yield row
        yield from _all_rows(row.rows)
