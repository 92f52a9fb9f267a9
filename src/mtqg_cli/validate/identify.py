"""Whose workbook it is, of which period, from which forms: by its stamp, or by what is printed on its sheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.period import Period, parse_period
from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.reference.layout import FACE_COLUMN, PERIOD_ROW, RETURNED_SHEET, STAMP_SHEET, UNIT_ROW
from mtqg_cli.reference.unit import match_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.sheet import Sheet, Workbook
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.request import Request


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says it is. `unit_text`, `unit_code` and `period_text` are its own words; unit and period None if they mean nothing here.

    `versions` and `sheets` are by form id. `face` and `period_face` are where unit and period are printed, or just the file where
    something else is printed there than the stamp says.
    """

    stamped: bool
    unit: Unit | None
    period: Period | None
    unit_text: str
    period_text: str
    face: Location
    period_face: Location
    unit_code: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)


def identify(workbook: Workbook, request: Request) -> Identity | None:
    """The identity of a workbook; None for one that is not made from our forms at all."""
    known = {name_key(form.sheet): form for form in request.forms}
    own = [sheet for sheet in workbook.sheets if name_key(sheet.name) in known]
    stamp = workbook.sheet(STAMP_SHEET)
    if stamp is None and not own:
        return None
    first = own[0] if own else next((sheet for sheet in workbook.sheets if sheet.name != RETURNED_SHEET), workbook.sheets[0])
    face = _beside(first, "đơn vị báo cáo") or first.at(UNIT_ROW, FACE_COLUMN)
    period_face = _beside(first, "kỳ báo cáo") or first.at(PERIOD_ROW, FACE_COLUMN)
    if stamp is not None:
        return _from_stamp(stamp, request, first, face, period_face)
    unit_text, period_text = (first.text(each.row or 0, each.column or 0) for each in (face, period_face))
    units = match_name(unit_text, (request.unit, *request.communes))
    period = request.period if name_key(period_text) == name_key(request.period.label) else _period(period_text)
    return Identity(
        stamped=False,
        unit=units[0] if len(units) == 1 else None,
        period=period,
        unit_text=unit_text,
        period_text=period_text,
        face=face,
        period_face=period_face,
        versions={form.id: form.version for form in request.forms},
    )


def _from_stamp(stamp: Sheet, request: Request, first: Sheet, face: Location, period_face: Location) -> Identity:
    face_text, period_text = (first.text(each.row or 0, each.column or 0) for each in (face, period_face))
    lines = [tuple(stamp.text(row, column) for column in (1, 2, 3, 4)) for row in range(1, stamp.height + 1)]
    values = {line[0]: line[1] for line in lines if line[0] != "form"}
    code = values.get("unit", "")
    unit = request.unit if code == request.unit.code else request.commune(code)
    period = _period(values.get("period", ""))
    printed_here = bool(match_name(face_text, (request.unit, *request.communes)))
    return Identity(
        stamped=True,
        unit=unit,
        period=period,
        unit_text=face_text,
        unit_code=code,
        period_text=values.get("period", ""),
        face=Location(first.file) if unit is None and printed_here else face,
        period_face=period_face if period is not None and name_key(period_text) == name_key(period.label) else Location(first.file),
        versions={line[1]: line[2] for line in lines if line[0] == "form"},
        sheets={line[1]: line[3] for line in lines if line[0] == "form"},
    )


#: How far a face may have moved.
_FACE_ROWS = 30
_FACE_COLUMNS = 20


def _beside(sheet: Sheet, words: str) -> Location | None:
    """Where the first text to the right of these words stands, wherever the face has gone."""
    for row in range(1, min(sheet.height, _FACE_ROWS) + 1):
        labels = [column for column in range(1, _FACE_COLUMNS) if name_key(sheet.text(row, column).rstrip(": ")) == name_key(words)]
        for column in range(labels[-1] + 1, _FACE_COLUMNS) if labels else ():
            if sheet.text(row, column):
                return sheet.at(row, column)
    return None


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None
