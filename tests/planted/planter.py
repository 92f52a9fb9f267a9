"""A clean workbook to plant a fault into: what stands where, picked at random, and the editor that changes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from mtqg_cli.core.location import cell_name, cell_position
from mtqg_cli.reference.layout import layout_of
from mtqg_cli.reference.quantity import NUMERIC
from mtqg_cli.reference.unit import workbook_names


@dataclass(frozen=True)
class Spot:
    """A cell of a clean table: its form, row, field and what is read there."""

    form: object
    row: object
    field: str
    cell: object

    @property
    def sheet(self):
        return self.cell.location.sheet

    @property
    def name(self):
        return self.cell.location.cell

    @property
    def value(self):
        return self.cell.value

    @property
    def quantity(self):
        return self.form.quantity(self.field)


@dataclass
class Planter:
    """One workbook of the clean sample. A fault changes `editor` and says in `expected` what must be found."""

    sample: object
    submission: object
    editor: object
    random: object
    expected: list = field(default_factory=list)
    file: str = ""
    extra: dict = field(default_factory=dict)
    drop: bool = False

    def __post_init__(self):
        self.file = self.submission.file
        self.forms = {form.id: form for form in self.sample.request.forms_for(self.submission.unit)}

    @property
    def unit(self):
        return self.submission.unit

    @property
    def is_commune(self):
        return self.unit.level == "xã"

    def spots(self, *, forms=None, types=None, fields=None, given=True, where=lambda _: True):
        """All filled cells of some forms, column types or fields; `given` leaves out what is worked out or printed."""
        found = []
        for form in self.forms.values():
            if (forms is not None and form.data not in forms) or form.id not in self.submission.tables:
                continue
            for row in self.submission.tables[form.id].rows:
                for name, cell in row.cells.items():
                    quantity = form.quantity(name)
                    column = form.column(name)
                    if quantity is None or cell.raw is None or name == "key":
                        continue
                    if given and column is not None and (column.computed or column.printed):
                        continue
                    spot = Spot(form, row, name, cell)
                    if (types is None or quantity.type in types) and (fields is None or name in fields) and where(spot):
                        found.append(spot)
        return found

    def pick(self, **wanted):
        """One of them; None if there is none, then the fault cannot be planted here."""
        found = self.spots(**wanted)
        return self.random.choice(found) if found else None

    def tied(self, spot):
        """Whether another rule compares this field with something else, so that a changed number is another fault as well."""
        form, name = spot.form, spot.field
        own = {line.field for line in form.tie} | {line.opening for line in form.carry} | {line.closing for line in form.carry}
        others = {line.other for each in self.sample.request.forms for line in each.tie if line.form == form.id}
        bounds = {name for line in form.at_most for name in (line.smaller, line.larger)} | {line.whole for line in form.within}
        parts = {part.split(".")[1] for each in self.sample.request.forms for line in each.within for part in line.parts if part.split(".")[0] == form.id}
        return name in own | others | bounds | parts

    def expect(self, code, spot_or_sheet=None, cell=None, file=None):
        sheet = spot_or_sheet.sheet if isinstance(spot_or_sheet, Spot) else spot_or_sheet
        name = spot_or_sheet.name if isinstance(spot_or_sheet, Spot) else cell
        self.expected.append((code, file or self.file, sheet, name))

    def move(self):
        """Moves the table of every sheet, and the places that are expected."""
        for form in self.forms.values():
            down, right = self.random.randint(0, 4), self.random.randint(0, 3)
            self.editor.move(form.sheet, down, right)
            self.expected = [
                (code, file, sheet, cell_name(*(place + by for place, by in zip(cell_position(cell), (down, right), strict=True))))
                if sheet == form.sheet and cell
                else (code, file, sheet, cell)
                for code, file, sheet, cell in self.expected
            ]

    def layout(self, form_id):
        return layout_of(self.forms[form_id])

    def form_of(self, data):
        return next((form for form in self.forms.values() if form.data == data), None)

    def table_of(self, data):
        form = self.form_of(data)
        return self.submission.tables.get(form.id) if form is not None else None

    def usual_name(self, unit):
        return workbook_names(self.sample.request.unit, self.sample.request.communes)[unit.code]


def numeric(spot):
    return spot.quantity.type in NUMERIC
