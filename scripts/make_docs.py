"""Makes what is generated in the documentation: docs/reference, and the outputs of the commands shown in README.

`make_docs.py` writes; `make_docs.py --check` tells which files are stale and fails. The tests run the check.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from business_rules import business_rules_page
from fields_page import fields_page
from gallery import CODE_SCOPES, SCOPES, examples, gallery
from settings_page import settings_page

from mtqg_cli.cli.app import run
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.reference.book import Book, load_book
from mtqg_cli.reference.codes import CODES, scope_of, severity_of
from mtqg_cli.reference.document_rules import basis_of
from mtqg_cli.reference.form import Form
from mtqg_cli.reference.layout import layout_of
from mtqg_cli.reference.lines import Line, When
from mtqg_cli.reference.measures import measures
from mtqg_cli.reference.quantity import Quantity
from mtqg_cli.validate.context import column_title
from mtqg_cli.validate.registry import Rule, rules
from mtqg_cli.validate.strands import row_title, terms_in_words

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "src" / "mtqg_cli" / "reference" / "data" / "examples.json"
_BLOCK = re.compile(r"```console\n(\$ mtqg [^\n]*)\n.*?```", re.DOTALL)
_GENERATED = "<!-- Tạo bởi scripts/make_docs.py; không sửa tay. -->\n\n"


def pages() -> dict[Path, str]:
    """Every generated file with what it should hold, but README."""
    book = load_book().value
    return {
        ROOT / "docs" / "reference" / "quy-tac.md": rules_page(),
        ROOT / "docs" / "reference" / "quy-tac-nghiep-vu.md": f"{_GENERATED}{business_rules_page()}",
        ROOT / "docs" / "reference" / "bieu-mau.md": forms_page(book),
        ROOT / "docs" / "reference" / "chi-tieu.md": indicators_page(book),
        ROOT / "docs" / "reference" / "template-fields.md": f"{_GENERATED}{fields_page(book)}",
        ROOT / "docs" / "reference" / "thong-bao.md": f"{_GENERATED}{gallery()}",
        ROOT / "docs" / "huong-dan" / "mtqg-toml.md": f"{_GENERATED}{settings_page(book)}",
        EXAMPLES: examples(),
    }


def readme() -> str:
    """README with the real output behind each command, run in a copy of the sample."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample_data" / "dam-ha"
        shutil.copytree(ROOT / "sample_data" / "dam-ha", sample, ignore=shutil.ignore_patterns("out", ".mtqg"))
        return _BLOCK.sub(lambda match: f"```console\n{match[1]}\n{output(match[1], Path(folder))}```", text)


def output(line: str, folder: Path) -> str:
    """What a command prints, both streams, in a folder."""
    before = Path.cwd()
    text = io.StringIO()
    os.chdir(folder)
    try:
        with redirect_stdout(text), redirect_stderr(text):
            run(shlex.split(line)[2:])
    finally:
        os.chdir(before)
    return text.getvalue()


def rules_page() -> str:
    """The rules with their manuals and a message as users see it."""
    parts = [f"{_GENERATED}# Quy tắc kiểm tra\n\n`mtqg explain MÃ` in cùng nội dung. Ví dụ lấy từ `tests/cases`.\n"]
    for scope, title in SCOPES.items():
        parts.append(f"\n## {title}\n")
        parts += [_rule(each) for each in rules() if each.scope == scope]
    for scope, heading in CODE_SCOPES.items():
        parts.append(f"\n## {heading}\n")
        parts += [_code(code) for code in CODES if scope_of(code) == scope]
    return "".join(parts)


def _code(code: str) -> str:
    title, manual = CODES[code]
    basis = "".join(f"\n{each}\n" for each in basis_of(code))
    return f"\n### {code}. {title}\n\nMức: {severity_of(code).label}. {manual}\n{basis}"


def _rule(rule: Rule) -> str:
    case = (ROOT / "tests" / "cases" / f"{rule.name}.md").read_text(encoding="utf-8")
    shown = next(line for line in case.splitlines() if line.startswith(f"→ {rule.code} "))
    manual = rule.manual.split("\n\n", 1)
    body = " ".join(manual[1].split()) if len(manual) > 1 else ""
    return f"\n### {rule.code}. {manual[0]}\n\nMức: {rule.severity.label}. {body}\n\nVí dụ: {shown.split(': ', 1)[1]}\n"


def forms_page(book: Book) -> str:
    """The forms with their columns and rows."""
    forms = book.everything
    by_id = {form.id: form for form in forms}
    return f"{_GENERATED}# Biểu mẫu\n{_ABOUT_FORMS}" + "".join(_form(form) + _relations(form, by_id) for form in forms)


_ABOUT_FORMS = """
`mtqg forms` lập biểu trắng; `mtqg list forms --format json` cho biết vị trí từng ô và các quan hệ phải đúng giữa các số liệu.
Biểu ghi “biểu bổ sung” chỉ dùng khi dự án nêu tên ở mục `[forms] extra` của mtqg.toml; các biểu khác dự án nào cũng dùng.

Tệp biểu trong `forms/` của dự án khai báo quan hệ bằng các mục sau; mỗi mục có thể kèm `severity = "warning"` và `hint`.

| mục | nghĩa |
|---|---|
| `computed` của cột, của dòng in sẵn | ô tự tính từ các cột, các dòng khác |
| `[[at_most]]` | một cột không vượt cột khác |
| `[[sum]]` | các phần cộng lại bằng (`equal`), không quá (`at_most`), không ít hơn (`at_least`) số tổng, hoặc từng phần không quá số tổng (`each`) |
| `[[times]]` | một số ít nhất, nhiều nhất bằng mấy lần số khác |
| `[[total]]` | số tổng bằng, hoặc không quá, số của biểu khác |
| `[[within]]` | số của các biểu khác cộng lại không quá một số của biểu này |
| `[[tie]]` | từng dòng bằng dòng cùng tên của biểu khác |
| `[[carry]]` | số đầu kỳ bằng số cuối kỳ trước |
| `[[needed]]` | ô phải điền khi dòng thuộc loại nào đó |
| `[[whole]]` | số phải nguyên khi dòng thuộc loại nào đó |
| `[[grade]]` | hạng theo số điểm |
| `[[expiry]]` | ngày hết giá trị sau bao nhiêu tháng |
| `[[ended]]` | từ ngày nào thì không còn ghi nữa |
| `[[fitting]]` | cột chọn chỉ nhận một số mục khi dòng thuộc loại nào đó |
"""


def _relations(form: Form, forms: dict[str, Form]) -> str:
    """What must hold between the figures of a form, in words."""

    def elsewhere(name: str) -> str:
        other, _, field = name.partition(".")
        return f"{forms[other].sheet}, {column_title(forms[other], field)}"

    def own(term: str) -> str:
        return row_title(form, term) if form.keyed and form.row(term) else column_title(form, term)

    said = [f"{row_title(form, row.key)} tự tính: cộng {terms_in_words(form, tuple(key for _, key in row.terms))}" for row in form.rows if row.computed]
    said += [f"{own(line.smaller)} không vượt {own(line.larger)}{_mark(line)}" for line in form.at_most]
    for line in form.sum:
        words = {"equal": "bằng", "at_most": "không quá", "at_least": "không ít hơn"}.get(line.mode)
        parts = terms_in_words(form, line.parts)
        said.append((f"cộng {parts} {words} {own(line.whole)}" if words else f"mỗi số trong {parts} không quá {own(line.whole)}") + _mark(line))
    for times in form.times:
        limits = [f"{word} {number} lần" for word, number in (("ít nhất bằng", times.minimum), ("nhiều nhất bằng", times.maximum)) if number is not None]
        years = f" (báo cáo các năm {times.years[0]}-{times.years[1]})" if times.years else ""
        where = f", {', '.join(column_title(form, each) for each in times.columns)}," if times.columns else ""
        said.append(f"{own(times.value)}{where} {', '.join(limits)} {own(times.base)}{years}{_mark(times)}")
    for total in form.total:
        mine = f"{row_title(form, total.row)}, {column_title(form, total.field)}" if total.row else f"cộng {column_title(form, total.field)}"
        without = f" trừ dòng {', '.join(total.leaving_out)}" if total.leaving_out else ""
        said.append(f"{mine}{without} {'bằng' if total.mode == 'equal' else 'không quá'} {elsewhere(total.other)}")
    said += [f"cộng {', '.join(elsewhere(part) for part in line.parts)} không quá {own(line.whole)}" for line in form.within]
    said += [f"từng dòng: {own(line.field)} bằng {elsewhere(f'{line.form}.{line.other}')}" for line in form.tie]
    said += [f"{own(line.opening)} bằng {own(line.closing)} của kỳ trước" for line in form.carry]
    said += [
        f"{', '.join(own(field) for field in line.fields)} phải có khi {_when(form, line.when)}{_since(form, line.since)}{_mark(line)}" for line in form.needed
    ]
    said += [f"{own(line.field)} là số nguyên khi {_when(form, line.when)}" for line in form.whole]
    said += [f"{own(line.grade)} theo {own(line.points)}" for line in form.grade]
    said += [f"{own(line.until)} là {line.months} tháng sau {own(line.since)}{_mark(line)}" for line in form.expiry]
    said += [f"{own(line.field)} không ghi trong kỳ bắt đầu từ ngày {format_date(line.day)} khi {_when(form, line.when)}" for line in form.ended]
    said += [f"{own(line.field)} là {_choices(form, line.field, line.values)} khi {_when(form, line.when)}{_mark(line)}" for line in form.fitting]
    return "\nPhải đúng:\n\n" + "".join(f"- {each[0].upper()}{each[1:]}.\n" for each in said) if said else ""


def _mark(line: Line) -> str:
    return " (cảnh báo)" if line.severity == "warning" else ""


def _since(form: Form, field: str) -> str:
    return f" và {column_title(form, field)} là năm báo cáo, hoặc khi đã ghi một phần" if field else ""


def _choices(form: Form, field: str, values: tuple[str, ...]) -> str:
    column = form.column(field)
    labels = {choice.id: choice.label for choice in column.choices} if column is not None else {}
    return " hoặc ".join(f"“{labels.get(each, each)}”" for each in values)


def _when(form: Form, when: When) -> str:
    """The rows that a line is about, in words."""
    words = []
    for field, wanted in when.items():
        column = form.column(field)
        labels = {choice.id: choice.label for choice in column.choices} if column is not None else {}
        named = [row_title(form, each) if column is None else f"“{labels.get(each, each)}”" for each in wanted]
        words.append(" hoặc ".join(named) if column is None else f"{column_title(form, field)} là {' hoặc '.join(named)}")
    return ", ".join(words)


def _form(form: Form) -> str:
    layout = layout_of(form)
    sender = "huyện" if form.scope == "unit" else ", ".join(form.applies_to) or "mọi xã, phường, thị trấn"
    extra = " (biểu bổ sung)" if form.extra else ""
    lines = [f"\n## {form.sheet}. {form.title}\n", f"Mã: `{form.id}`{extra}, phiên bản {form.version}. Đơn vị gửi: {sender}. {form.basis}.\n"]
    lines.append("\n| cột | tên trong dữ liệu | tiêu đề | kiểu | bắt buộc | ghi chú |\n|---|---|---|---|---|---|\n")
    for column in form.columns:
        kind = "in sẵn" if column.printed else _kind(column)
        lines.append(
            f"| {layout.letter(column.field)} | `{column.field}` | {': '.join(column.path)} ({layout.numbers[column.field]}) | {kind} | {_REQUIRED[column.required]} | {column.note} |\n"
        )
    if form.one_value_a_row:
        lines.append("\n| TT | tên trong dữ liệu | nội dung | kiểu | bắt buộc |\n|---|---|---|---|---|\n")
        lines += [f"| {row.key} | `{row.field}` | {row.label} | {_kind(row)} | {_REQUIRED[row.required]} |\n" for row in form.rows]
    elif form.rows and not form.criteria_set:
        lines.append("\n| TT | nội dung |\n|---|---|\n")
        lines += [f"| {row.key} | {row.label} |\n" for row in form.rows]
    return "".join(lines)


_REQUIRED = {True: "có", False: "", "năm": "báo cáo năm"}
_TYPES = {
    "text": "chữ",
    "code": "mã",
    "count": "số nguyên",
    "money": "số tiền",
    "decimal": "số",
    "percent": "phần trăm",
    "date": "ngày",
    "choice": "chọn trong danh sách",
    "result": "số hoặc chữ",
    "own": "theo từng dòng",
}


def _kind(quantity: Quantity) -> str:
    return f"{_TYPES[quantity.type]} ({quantity.unit})" if quantity.unit else _TYPES[quantity.type]


def indicators_page(book: Book) -> str:
    """The indicators: names for templates, and how each is made."""
    lines = [f"{_GENERATED}# Chỉ tiêu\n\nMã chỉ tiêu cũng là tên dùng trong mẫu Word. `mtqg explain MÃ` giải thích từng chỉ tiêu.\n"]
    lines.append("\n| mã | chỉ tiêu | đơn vị tính | cách tính |\n|---|---|---|---|\n")
    for entry in book.indicators.values():
        how = entry.description or measures()[entry.measure].manual
        lines.append(f"| `{entry.id}` | {entry.label} | {entry.unit.strip('{}')} | {how} |\n")
    lines.append("\n## Phép tính\n\n| phép tính | mục phải khai báo | nghĩa |\n|---|---|---|\n")
    lines += [f"| `{name}` | {', '.join(f'`{each}`' for each in about.needs)} | {about.manual} |\n" for name, about in measures().items()]
    lines.append("\n## Danh sách\n\n| mã | nội dung | các mục |\n|---|---|---|\n")
    lines += [f"| `{each.id}` | {each.label} | {', '.join(f'`{name}`' for name in each.fields)} |\n" for each in book.listings.values()]
    return "".join(lines)


def main(arguments: list[str]) -> int:
    """Writes the pages, or with --check tells which are stale. README is last: the commands in it show generated data."""
    check = "--check" in arguments
    stale = [path for path, text in pages().items() if _brought_up(path, text, check=check)]
    stale += [path for path in (ROOT / "README.md",) if _brought_up(path, readme(), check=check)]
    for path in stale:
        print(path.relative_to(ROOT))
    return 1 if stale and check else 0


def _brought_up(path: Path, text: str, *, check: bool) -> bool:
    """Whether a file held something else; it then holds this, unless it is only checked."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
