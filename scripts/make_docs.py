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
from typing import TYPE_CHECKING

from business_rules import business_rules_page
from gallery import CODE_SCOPES, SCOPES, examples, gallery

from mtqg_cli.cli.app import run
from mtqg_cli.compose.fields import fields
from mtqg_cli.compose.letter import letter_fields
from mtqg_cli.core.report import Field
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.reference.book import Book, load_book
from mtqg_cli.reference.codes import CODES, scope_of, severity_of
from mtqg_cli.reference.document_rules import basis_of
from mtqg_cli.reference.form import Form
from mtqg_cli.reference.layout import layout_of
from mtqg_cli.reference.lines import Line, When
from mtqg_cli.reference.measures import measures
from mtqg_cli.reference.quantity import Quantity
from mtqg_cli.render.environment import FILTERS
from mtqg_cli.render.views import FIGURE_NAMES
from mtqg_cli.validate.context import column_title
from mtqg_cli.validate.registry import Rule, rules
from mtqg_cli.validate.strands import row_title, terms_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        ROOT / "docs" / "reference" / "template-fields.md": fields_page(book),
        ROOT / "docs" / "reference" / "thong-bao.md": f"{_GENERATED}{gallery()}",
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


_FIGURE = {
    "(không thêm gì)": "số đã viết theo kiểu Việt Nam: 03; 61.864; 52,5%; xã Đại Bình, Quảng An và Quảng Lâm",
    "day_du": "số kèm đơn vị: 14 hộ",
    "ty_so": "tử số/mẫu số kèm đơn vị: 32.479/61.864 triệu đồng",
    "tu_so": "tử số, là một số liệu",
    "mau_so": "mẫu số, là một số liệu",
    "co": "có số liệu hay không (dùng sau if)",
    "khac_khong": "có số liệu và khác 0",
    "duong": "lớn hơn 0 (của một hiệu: dùng `.tang`, `.giam`)",
    "am": "nhỏ hơn 0",
    "bang_khong": "bằng 0",
    "tang": "là một hiệu, và hiệu đó là tăng",
    "giam": "là một hiệu, và hiệu đó là giảm",
    "do_lon": "số không kèm dấu",
    "cac": "danh sách tên trong câu: các xã A, B và C",
    "it_ten": "có tên, và không quá 12 tên: đủ ngắn để nêu trong câu",
    "lech_lam_tron": "do làm tròn: hai số in ra trừ nhau không khớp hiệu in ra, hoặc tỷ trọng in ra được chỉnh để cộng đủ 100%",
    "nhan": "tên chỉ tiêu",
    "don_vi": "đơn vị tính",
    "ky": "kỳ của số liệu: năm 2023",
    "ngay": "ngày tính số liệu",
    "co_so": "mẫu số của tỷ lệ bằng lời",
}
_PHRASES = {
    "thay_doi": ("của một hiệu: tăng, giảm", "giảm 06 hộ; tăng 0,05%; không thay đổi; chưa đủ số liệu"),
    "tu_den": ("của một hiệu: từ số nào đến số nào", "từ 0,12% xuống còn 0,07%; giữ ở mức 0,12%; chưa đủ số liệu để so sánh"),
    "bien_dong": ("hai mục trên, kèm ghi chú làm tròn nếu cần", "giảm 1,01%, từ 1,44% xuống còn 0,44% (chênh lệch do làm tròn)"),
    "so_voi": ("của một hiệu, một tỷ lệ kế hoạch: so với gì", "so với cùng kỳ năm 2023; so với đầu năm; so với kế hoạch tỉnh giao"),
    "so_sanh": ("`.thay_doi` và `.so_voi`", "tăng 03 xã so với cùng kỳ năm 2023"),
    "gap_lan": ("của một hiệu, một tỷ lệ kế hoạch: từ 1,5 lần trở lên, nếu không thì để trống", "gấp 2,5 lần"),
    "dat_ke_hoach": ("của một tỷ lệ kế hoạch", "đạt 85,00% kế hoạch năm tỉnh giao; tỉnh không giao chỉ tiêu; chưa có số liệu"),
    "giai_ngan": (
        "của tỷ lệ giải ngân; có kế hoạch mà không có số giải ngân là chưa giải ngân",
        "đã giải ngân 32.479/61.864 triệu đồng, đạt 52,5% kế hoạch vốn được giao; chưa giải ngân; không được giao vốn",
    ),
    "do_phu": ("của tỷ lệ đơn vị đã báo cáo, kèm dấu cách phía trước; đủ thì để trống", " (124/130 xã, thị trấn đã báo cáo)"),
}
_FILTERS = {
    "den_muc": ("{{ ho_ngheo_giam|den_muc('hộ nghèo') }}", "giảm 06 hộ, còn 08 hộ; giảm 14 hộ, không còn hộ nghèo; tăng 03 hộ, lên 17 hộ"),
    "ke_hoach": (
        "{{ cap_giao|ke_hoach('ty_le_ke_hoach_ho_ngheo') }}",
        "đạt 42,86% kế hoạch năm huyện giao (kế hoạch giảm 14 hộ); các cấp giao như nhau: bằng 85,00% kế hoạch năm tỉnh, huyện giao. Thêm trong ngoặc: đơn vị tính của kế hoạch cần lấy ('hộ', 'điểm %'); chữ đứng sau “kế hoạch” (' của toàn huyện')",
    ),
    "den": ("{{ a|den(b) }}", "từ 05 đến 08 xã"),
    "doan": ("{{ a|doan(b) }}", "10-14 tiêu chí"),
    "lam_tron": ("{{ ty_le_giai_ngan|lam_tron(0) }}", "hơn 52%; gần 53%; đúng bằng thì 52%. Thêm 'trên' hoặc 'khoảng' trong ngoặc để thay chữ “hơn”"),
    "noi_sau": ("{{ x.so_sanh|noi_sau(', ') }}", "thêm dấu phẩy phía trước nếu có chữ, không có thì để trống"),
    "trong_bang": ("{{ x|trong_bang }}", "trong ô của bảng: 3; 52,5; … nếu chưa có số liệu"),
    "liet_ke": ("{{ khong_bao_cao|liet_ke }}", "xã A, B và C"),
    "join": ("{{ khong_bao_cao|join('; ') }}", "xã A; xã B; xã C"),
    "length": ("{{ khong_bao_cao|length }}", "số phần tử của danh sách"),
    "first": ("{{ khong_bao_cao|first }}", "phần tử đầu"),
    "last": ("{{ khong_bao_cao|last }}", "phần tử cuối"),
    "la_ma": ("{{ loop.index|la_ma }}", "I, II, III"),
    "cau": ("{{ muc.noi_dung|cau }}", "viết hoa chữ đầu, có dấu chấm cuối câu"),
    "hoa_dau": ("{{ don_vi.ten|hoa_dau }}", "Huyện Đầm Hà"),
    "bo_dau_cuoi": ("{{ van_ban.can_cu|bo_dau_cuoi }}", "bỏ dấu ở cuối"),
    "upper": ("{{ don_vi.ten|upper }}", "HUYỆN ĐẦM HÀ"),
    "lower": ("{{ don_vi.ten|lower }}", "huyện đầm hà"),
    "trim": ("{{ muc.noi_dung|trim }}", "bỏ dấu cách thừa hai đầu"),
}
_KINDS = {
    "figure": "số liệu",
    "text": "chữ",
    "date": "ngày",
    "flag": "có/không",
    "number": "số thường",
    "chart": "biểu đồ",
    "record": "nhóm",
    "list": "danh sách",
}
_HOW = """
Mẫu là tệp Word bình thường. Chỗ cần điền viết trong hai dấu ngoặc nhọn: `{{ ho_ngheo_dau_ky.day_du }}` in ra “14 hộ”.
Đoạn chỉ in khi có số liệu đặt giữa hai đoạn riêng `{%p if ho_ngheo_dau_ky.co %}` và `{%p endif %}`.
Lặp theo xã: đoạn `{%p for xa in cac_xa %}`, các đoạn dùng `{{ xa.ten }}`, rồi `{%p endfor %}`; trong bảng dùng `{%tr for … %}` và
`{%tr endfor %}`, mỗi thẻ ở một dòng bảng riêng. Tên viết sai được báo kèm đoạn chứa nó trước khi đọc dữ liệu.

Câu so sánh, câu về kế hoạch không cần viết {% if %} theo dấu của số: `số hộ nghèo {{ ho_ngheo_giam|den_muc('hộ nghèo') }}` in
“số hộ nghèo giảm 06 hộ, còn 08 hộ” hoặc “số hộ nghèo tăng 03 hộ, lên 17 hộ”, tùy số liệu.

Cách bắt đầu: `mtqg list templates` cho biết mẫu có sẵn nằm ở đâu; chép cả thư mục mẫu vào `templates/` của dự án rồi sửa tệp Word.
"""
_ABOUT_CHARTS = """
Tên một biểu đồ, ví dụ `{{ bieu_do.giai_ngan }}`, đứng một mình trong một đoạn, ngoài bảng: Word vẽ biểu đồ ở đoạn đó, sửa được như mọi biểu đồ
(chuột phải, Edit Data). Sau tên: `.co` là có từ hai số khác 0 trở lên để so sánh (đặt ở đoạn riêng: `{%p if bieu_do.giai_ngan.co %}`), `.nhan` là tên
biểu đồ, `.don_vi` là đơn vị tính; từ hai thứ này viết dòng chú thích dưới biểu đồ. Số có phần thập phân mà mọi số từ 100 trở lên thì in trên biểu đồ
làm tròn đến hàng đơn vị, `.don_vi` ghi thêm “làm tròn”.
"""

#: A bar inside a cell of a table.
BAR = "\\|"
_DECIMALS = """
Số chữ số thập phân: mục `[style] decimals` của mtqg.toml, theo mã chỉ tiêu, theo họ chỉ tiêu (`ty_le_ngheo`, `ty_le_giai_ngan` …), hoặc `tien` cho
mọi số tiền: `decimals = { ty_le_ngheo = 2, tien = 1 }` in 5.989,0/11.041,0 triệu đồng. Mã chỉ tiêu được xét trước, rồi đến họ, rồi đến `tien`.
Số khác 0 không bao giờ in thành 0, tỷ lệ chưa đủ 100% không bao giờ in thành 100%: khi cần thì thêm chữ số thập phân.
"""


def fields_page(book: Book) -> str:
    """Every name that a template may use."""
    tree = fields(book)
    _all_told(FIGURE_NAMES, {*_FIGURE, *_PHRASES})
    _all_told(FILTERS, _FILTERS)
    lines = [f"{_GENERATED}# Các tên dùng trong mẫu Word\n{_HOW}\n## Sau tên một số liệu\n\n| viết thêm | in ra |\n|---|---|\n"]
    lines += [f"| `.{name}` | {text} |\n" if name.isidentifier() else f"| {name} | {text} |\n" for name, text in _FIGURE.items()]
    lines.append("\nNhững chữ đi với số liệu, chọn theo dấu, kỳ và cách làm tròn của chính số liệu đó:\n\n| viết thêm | dùng cho | in ra |\n|---|---|---|\n")
    lines += [f"| `.{name}` | {what} | {example.strip()} |\n" for name, (what, example) in _PHRASES.items()]
    lines.append("\nBộ lọc, đứng sau dấu `|`:\n\n| bộ lọc | viết | in ra |\n|---|---|---|\n")
    lines += [f"| `{name}` | `{written.replace('|', BAR)}` | {example} |\n" for name, (written, example) in _FILTERS.items()]
    lines.append(_DECIMALS)
    lines.append("\nSau tên một ngày: không thêm gì in 20/6/2024; `.dai` in “ngày 20 tháng 6 năm 2024”.\n")
    lines.append(_ABOUT_CHARTS)
    lines.append("\n## Các tên\n\n| tên | là | nội dung |\n|---|---|---|\n")
    for name, field in tree.items():
        lines.append(f"| `{name}` | {_KINDS[field.kind]} | {field.label} |\n")
    for name, field in tree.items():
        lines += _inner(name, field)
    lines.append('\n## Mẫu công văn trả lại tệp (`kind = "letter"`)\n\n`don_vi`, `ky`, `van_ban` như trên, và:\n\n| tên | là | nội dung |\n|---|---|---|\n')
    letter = {name: field for name, field in letter_fields().items() if name not in tree}
    lines += [f"| `{name}` | {_KINDS[field.kind]} | {field.label} |\n" for name, field in letter.items()]
    for name, field in letter.items():
        lines += _inner(name, field)
    return "".join(lines)


def _all_told(offered: Iterable[str], told: Iterable[str]) -> None:
    """Everything that templates may use is in the reference."""
    missing = sorted(set(offered) - set(told))
    if missing:
        message = f"make_docs.py: nothing is said of {', '.join(missing)}"
        raise SystemExit(message)


def _inner(name: str, field: Field) -> list[str]:
    """The names within a record or an element of a list."""
    if not field.fields:
        return []
    lead = f"Mỗi phần tử của `{name}`" if field.kind == "list" else f"Trong `{name}`"
    lines = [f"\n### {lead}\n\n| tên | là | nội dung |\n|---|---|---|\n"]
    lines += [f"| `{inner}` | {_KINDS[each.kind]} | {each.label} |\n" for inner, each in field.fields.items()]
    for inner, each in field.fields.items():
        lines += _inner(f"{name}.{inner}", each)
    return lines


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
