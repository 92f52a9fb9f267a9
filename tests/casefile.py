"""Case files: a sheet drawn as a Markdown grid over the clean sample, and the findings that are expected, no more and no less.

A file `tests/cases/<rule>.md` begins with `# CODE`. Each `## heading` is a case, made of

    | Biểu 02 | B | K |        a grid: its first cell names the sheet, the header the columns, the first column the rows
    |---|---|---|
    | 10 | Bình Hồ | 5 |

    Tệp: quang-an.xlsx         which workbook the grids change (quang-lam.xlsx unless said otherwise)
    Bỏ tệp: tan-lap.xlsx       a file taken away; `Thêm tệp: b.xlsx = quang-lam.xlsx` one copied, `Đổi tên tệp: a.xlsx = b.xls`
    Không đọc được: x.xlsx = encrypted đặt mật khẩu
    Dấu: period = 2023         a line of the stamp changed; `Bỏ dấu` takes the whole stamp away
    Bỏ trang: Biểu 03          a sheet taken away; `Đổi tên trang: Biểu 03 = Sheet1`, `Chép trang: Biểu 03 = Biểu 03 (2)`
    Ẩn dòng: Biểu 02!11        a row hidden; `Ẩn cột: Biểu 02!3-5`, `Ẩn trang: Biểu 02`
    Gộp ô: Biểu 02!C10:C11     cells merged; `Chèn cột: Biểu 02!D = E` a column put in before D that holds what E held, heading and all
    Định dạng: xls             the format of the file; `Liên kết: nam-2023.xlsx` a linked workbook, `Đối tượng: ActiveX` something foreign
    Phông: Biểu 02!B10 = .VnTime   the font of a cell
    Miễn: 06917 lý do          a commune that need not report
    Mọi biểu.                  the sample with every extra form instead of the usual one
    Kỳ: 9m2024                 the files and the request are of this period instead of 6m2024
    Chỉ tệp: quang-lam.xlsx    the other communes need not report
    Chuẩn nghèo: tw            the project's poverty line instead of tinh
    Kỳ trước: 2021             the period before was another one
    Tệp: 3m2024/quang-lam.xlsx   the same workbook as an earlier report of the year; `2023/…` as the year before's

    → R201 lỗi quang-lam.xlsx!Biểu 02!K10: the message

Cells: (trống) blank, `#DIV/0!` an error, `=C10` a formula without a result, `=C10 ⇒ 3` one with a result, `15%` a percent,
`'1234` text, `TRUE` a boolean, `@20/6/2024` a real date; a number is a number, everything else text; ~ leaves the cell as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from mtqg_cli.core.diagnostic import Decision
from mtqg_cli.core.legacy import encoding_of_font
from mtqg_cli.core.location import cell_position
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.sheet import RawCell, Unreadable
from mtqg_cli.intake.read import read_folder
from mtqg_cli.reference.layout import FACE_COLUMN, PERIOD_ROW, STAMP_SHEET
from mtqg_cli.validate.check import check_batch, check_files

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass
class Case:
    """One heading of a case file."""

    name: str
    lines: list[str] = field(default_factory=list)

    @property
    def expected(self):
        return [line.removeprefix("→ ").rstrip() for line in self.lines if line.startswith("→ ")]

    @property
    def every_form(self):
        """Whether the case is about the sample with every extra form."""
        return "Mọi biểu." in self.lines

    def _told(self, word):
        return [line.removeprefix(word).strip() for line in self.lines if line.startswith(word)]

    def request(self, sample):
        """The request of this case: its period and poverty line, the communes that it excuses."""
        (period,) = self._told("Kỳ: ") or [str(sample.period)]
        request = sample.project.request(sample.project.period(period))
        (line,) = self._told("Chuẩn nghèo: ") or [request.poverty_line]
        lines = [line.split(" ", 1) for line in self._told("Miễn: ")]
        lines += [(_unit_of(each), "không thuộc trường hợp này") for kept in self._told("Chỉ tệp: ") for each in sample.clean if each.file not in kept.split()]
        excused = {code: Decision(why, "văn phòng", date(2024, 6, 25)) for code, why in lines}
        return replace(request, excused=excused, poverty_line=line)

    def clean(self, sample, period):
        """The files that are changed: all of the sample's, or those that the case keeps, as if sent for its period."""
        kept = " ".join(self._told("Chỉ tệp: ")).split() or [each.file for each in sample.clean]
        files = [each for each in sample.clean if each.file in kept]
        return files if str(period) == str(sample.period) else [_sent_for(each, sample.period.as_of, period) for each in files]

    def check(self, sample, *, whole=True):
        """What is found in the sample with this case's changes; not `whole`: in the changed files by themselves."""
        project, request = sample.project, self.request(sample)
        files = self.sources(self.clean(sample, request.period), sample.before)
        if not whole:
            return check_files([each for each in files.values() if not any(each is other for other in sample.clean)], request).diagnostics
        previous = sample.previous
        if any(file.startswith("2023/") for file in files):
            previous = _batch(project, {**{f"2023/{each.file}": each for each in sample.before}, **files}, "2023", request.read_from("2023"))
        for line in self.lines:
            if line.startswith("Kỳ trước: "):
                previous = replace(previous, period=parse_period(line.removeprefix("Kỳ trước: ").strip()))
        before = next((file.partition("/")[0] for file in files if file.startswith("3m")), "")
        earlier = _batch(project, files, before, request.running) if before else None
        own = [files[name] for name in sorted(files) if "/" not in name]
        return check_batch(own, request, previous, earlier).diagnostics

    def sources(self, clean, before=()):
        """The files of the sample with this case's changes; those of other periods as `2023/quang-lam.xlsx` and, made from this period's, `3m2024/…`."""
        files = {each.file: each for each in clean}
        earlier = {f"2023/{each.file}": each for each in before}
        target = "quang-lam.xlsx"
        grid: list[list[str]] = []
        for line in [*self.lines, ""]:
            if line.startswith("|"):
                grid.append([cell.strip() for cell in line.strip().strip("|").split("|")])
                continue
            if grid:
                files[target] = _draw(files[target], grid)
                grid = []
            if line.startswith("Tệp: "):
                target = line.removeprefix("Tệp: ").strip()
                if "/" in target and target not in files:
                    files[target] = earlier.get(target) or _of_period(files, target)
            elif not line.startswith("→ "):
                _direct(files, target, line.strip())
        return files


@dataclass(frozen=True)
class Sample:
    """The clean sample that cases change: its project and period, the workbooks, those of the year before and what they give."""

    project: object
    period: object
    clean: tuple
    before: tuple
    previous: object


def read_sample(project, name="6m2024"):
    """The sample as it lies in a project folder."""
    period, before = project.period(name), project.period("2023")
    sources = read_folder(project.data_folder(before))
    wanted = project.request(period).read_from(str(before))
    previous = check_batch(sources, project.request(before).for_reading(wanted)).value
    return Sample(project, period, read_folder(project.data_folder(period)), sources, previous)


def _of_period(files, target):
    """A copy of this period's workbook that says to be of another one."""
    period, _, name = target.partition("/")
    return _restamp(files[name], "period", period)


def _batch(project, files, name, wanted):
    sources = [each for file, each in sorted(files.items()) if file.startswith(f"{name}/")]
    request = project.request(project.period(name))
    return check_batch(sources, request.for_reading(wanted)).value


def _sent_for(workbook, day, period):
    """A workbook as if it had been sent for another period: its stamp, the faces of its sheets, the day of its figures."""

    def moved(sheet):
        rows = [[period.as_of if _is_day(value, day) else value for value in row] for row in sheet.rows]
        if len(rows) >= PERIOD_ROW and len(rows[PERIOD_ROW - 1]) >= FACE_COLUMN and sheet.name != STAMP_SHEET:
            rows[PERIOD_ROW - 1][FACE_COLUMN - 1] = period.label
        return replace(sheet, rows=rows)

    return _restamp(_sheets(workbook, [moved(sheet) for sheet in workbook.sheets]), "period", str(period))


def _is_day(value, day):
    return isinstance(value, date) and (value.year, value.month, value.day) == (day.year, day.month, day.day)


def _unit_of(workbook):
    return next(row[1] for row in workbook.sheet(STAMP_SHEET).rows if row[0] == "unit")


def read_cases(path):
    """The code and the cases of a file."""
    code, cases = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            code = line.split()[1]
        elif line.startswith("## "):
            cases.append(Case(line[3:].strip()))
        elif cases:
            cases[-1].lines.append(line)
    return code, cases


def told(diagnostic):
    """A finding as a case file writes it: what it brought about comes after it, indented."""
    first = f"{diagnostic.code} {diagnostic.severity.label} {diagnostic.location}: {diagnostic.message}"
    return [first, *(f"   kéo theo {each.code} {each.location}" for each in diagnostic.consequences)]


def _direct(files, target, line):
    words, _, rest = line.partition(": ")
    old, _, new = (part.strip() for part in rest.partition("="))
    if words == "Bỏ tệp":
        del files[rest.strip()]
    elif words == "Thêm tệp":
        files[old] = _named(files[new], old)
    elif words == "Không đọc được":
        reason, _, detail = new.partition(" ")
        files[old] = Unreadable(old, "", reason, detail)
    elif words == "Đổi tên tệp":
        files[new] = _named(files.pop(old), new)
    elif words == "Dấu":
        files[target] = _restamp(files[target], old, new)
    elif line == "Bỏ dấu":
        files[target] = _sheets(files[target], [sheet for sheet in files[target].sheets if sheet.name != STAMP_SHEET])
    elif words == "Bỏ trang":
        files[target] = _sheets(files[target], [sheet for sheet in files[target].sheets if sheet.name != rest.strip()])
    elif words == "Chép trang":
        copy = next(replace(sheet, name=new) for sheet in files[target].sheets if sheet.name == old)
        files[target] = _sheets(files[target], [*files[target].sheets, copy])
    elif words == "Đổi tên trang":
        files[target] = _sheets(files[target], [replace(sheet, name=new) if sheet.name == old else sheet for sheet in files[target].sheets])
    elif words in ("Ẩn dòng", "Ẩn cột", "Ẩn trang"):
        name, _, numbers = rest.strip().partition("!")
        first, _, last = numbers.partition("-")
        span = frozenset(range(int(first), int(last or first) + 1)) if numbers else frozenset()
        hidden = {"Ẩn dòng": {"hidden_rows": span}, "Ẩn cột": {"hidden_columns": span}, "Ẩn trang": {"hidden": True}}[words]
        files[target] = _sheets(files[target], [replace(sheet, **hidden) if sheet.name == name else sheet for sheet in files[target].sheets])
    elif words in _MORE:
        files[target] = _MORE[words](files[target], rest.strip())
    elif line and not line.endswith((".", ":", ";")) and words not in ("Miễn", "Kỳ trước", "Kỳ", "Chỉ tệp", "Chuẩn nghèo"):
        message = f"neither a sentence nor something that a case can do: {line}"
        raise ValueError(message)


def _merge(workbook, rest):
    name, _, area = rest.partition("!")
    (top, left), (bottom, right) = (cell_position(each) for each in area.split(":"))
    return _sheets(workbook, [replace(each, merged=(*each.merged, (top, left, bottom, right))) if each.name == name else each for each in workbook.sheets])


def _insert_column(workbook, rest):
    (name, _, letter), source = rest.partition("=")[0].strip().partition("!"), rest.partition("=")[2].strip()
    place, copied = cell_position(f"{letter}1")[1], cell_position(f"{source}1")[1]
    sheet = workbook.sheet(name)
    rows = [[*row[: place - 1], row[copied - 1] if len(row) >= copied else "", *row[place - 1 :]] for row in sheet.rows]
    merged = tuple((top, left + (left >= place), bottom, right + (right >= place)) for top, left, bottom, right in sheet.merged)
    changed = replace(sheet, rows=rows, merged=merged, formulas={})
    return _sheets(workbook, [changed if each is sheet else each for each in workbook.sheets])


def _font(workbook, rest):
    (name, _, cell), font = rest.partition("=")[0].strip().partition("!"), rest.partition("=")[2].strip()
    legacy = {cell_position(cell): encoding_of_font(font)}
    return _sheets(workbook, [replace(each, legacy=legacy) if each.name == name else each for each in workbook.sheets])


#: What a line may do to a workbook besides.
_MORE = {
    "Gộp ô": _merge,
    "Chèn cột": _insert_column,
    "Phông": _font,
    "Định dạng": lambda workbook, rest: replace(workbook, form=rest),
    "Liên kết": lambda workbook, rest: replace(workbook, links=(*workbook.links, rest)),
    "Đối tượng": lambda workbook, rest: replace(workbook, objects=(*workbook.objects, rest)),
}


def _sheets(workbook, sheets):
    return replace(workbook, sheets=tuple(sheets))


def _named(workbook, file):
    return replace(workbook, file=file, sheets=tuple(replace(sheet, file=file) for sheet in workbook.sheets))


def _restamp(workbook, key, value):
    def changed(sheet):
        rows = [list(row) for row in sheet.rows]
        for row in rows:
            if row[0] == key:
                row[1] = value
            if row[0] == "form" and row[1] == key:
                row[2] = value
        return replace(sheet, rows=rows)

    return _sheets(workbook, [changed(sheet) if sheet.name == STAMP_SHEET else sheet for sheet in workbook.sheets])


def _draw(workbook, grid):
    name, *letters = grid[0]
    columns = [cell_position(f"{letter}1")[1] for letter in letters]
    sheet = workbook.sheet(name)
    assert sheet is not None, f"no sheet {name}"
    rows = [list(row) for row in sheet.rows]
    marked, formulas, percent = dict(sheet.marked), dict(sheet.formulas), set(sheet.percent)
    for number, *texts in grid[2:]:
        for column, text in zip(columns, texts, strict=True):
            if text != "~":
                _put(rows, marked, formulas, percent, (int(number), column), text)
    drawn = replace(sheet, rows=rows, marked=marked, formulas=formulas, percent=frozenset(percent))
    return _sheets(workbook, [drawn if each.name == name else each for each in workbook.sheets])


def _put(rows, marked, formulas, percent, position, text):
    row, column = position
    while len(rows) < row:
        rows.append([])
    rows[row - 1] += [""] * (column - len(rows[row - 1]))
    marked.pop(position, None)
    formulas.pop(position, None)
    percent.discard(position)
    value = ""
    if text.startswith("#"):
        marked[position] = RawCell("error", text)
    elif text.startswith("=") and "⇒" not in text:
        formulas[position] = text
        marked[position] = RawCell("formula_without_value", None, text)
    elif text.startswith("="):
        formula, result = (part.strip() for part in text.split("⇒"))
        formulas[position] = formula
        value = float(result)
    elif text.startswith("'"):
        value = text[1:]
    elif text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        percent.add(position)
        value = float(text[:-1]) / 100
    elif _NUMBER.fullmatch(text):
        value = float(text)
    elif text in ("TRUE", "FALSE"):
        value = text == "TRUE"
    elif text.startswith("@"):
        value = date(*reversed([int(part) for part in text[1:].split("/")]))
    elif text != "(trống)":
        value = text
    rows[row - 1][column - 1] = value
