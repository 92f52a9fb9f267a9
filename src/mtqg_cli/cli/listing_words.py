"""What `mtqg list` shows on a screen of 80 columns, in Vietnamese. What there is to list is `listing`'s matter."""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    Entry = Mapping[str, Any]

_WIDTH = 80
_SHIPPED = "mtqg"
#: What a rule of a scope looks at.
LOOKED_AT = {
    "file": "từng tệp",
    "sheet": "từng trang tính",
    "cell": "từng ô",
    "row": "từng dòng",
    "table": "từng biểu",
    "batch": "cả kỳ báo cáo",
    "findings": "các chỗ không khớp",
    "reference": "dữ liệu tham chiếu",
    "template": "mẫu Word",
    "document": "thể thức văn bản",
    "merge": "gộp số liệu",
}


def lines(family: str, entry: Entry) -> list[str]:
    """An entry of a family as lines: what it is known by comes first."""
    return _LINES[family](entry)


def unused(forms: Iterable[Entry], used: Collection[str]) -> list[str]:
    """The forms that a project could use besides its own, with a heading."""
    others = [entry for entry in forms if entry["form"] not in used and "." not in entry["form"]]  # a form of a criteria set is the set's matter
    groups = (
        ("Biểu bổ sung mà dự án chưa dùng (thêm mã vào [forms] extra của mtqg.toml):", [each for each in others if each["extra"]]),
        ("Biểu không dùng trong dự án này:", [each for each in others if not each["extra"]]),
    )
    return [line for title, found in groups if found for line in ("", title, *(line for each in found for line in _form(each)))]


def _joined(*parts: str) -> str:
    return fill(" · ".join(part for part in parts if part), _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def _below(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="  ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)


def _own(entry: Entry) -> str:
    return "" if entry["origin"] == _SHIPPED else "của dự án"


def _form(entry: Entry) -> list[str]:
    sender = ("đơn vị lập báo cáo" if entry["scope"] == "unit" else ", ".join(entry["applies_to"]) or "xã, phường, thị trấn") + " gửi"
    shown = [_joined(entry["form"], f"{entry['sheet']}: {entry['title']}", sender, "bổ sung" if entry["extra"] else "", _own(entry))]
    return [*shown, _below(f"Đơn vị gửi: {', '.join(entry['sent_by'])}")] if entry.get("sent_by") else shown


def _rule(entry: Entry) -> list[str]:
    return [_joined(entry["code"], entry["severity"], LOOKED_AT[entry["scope"]], entry["title"])]


def _indicator(entry: Entry) -> list[str]:
    return [_joined(entry["id"], entry["label"], "đơn vị cấp dưới" if entry["unit"] == "{cấp dưới}" else entry["unit"], _own(entry))]


def _table(entry: Entry) -> list[str]:
    return [_joined(entry["id"], entry["name"], f"đơn vị tính: {entry['unit']}" if entry["unit"] else "", _own(entry))]


def _template(entry: Entry) -> list[str]:
    """The folder stands on a line of its own, whole, to be copied from the screen."""
    formats = "dùng khi trả lại tệp" if entry["kind"] == "letter" else ", ".join(entry["formats"])
    return [_joined(entry["id"], entry["title"], formats, _own(entry)), f"  {entry['folder']}"]


def _criteria(entry: Entry) -> list[str]:
    size = f"{entry['criteria']} tiêu chí" + (f", {entry['indicators']} chỉ tiêu" if entry["indicators"] else "")
    return [_joined(entry["id"], entry["title"], size, _own(entry))]


def _programme(entry: Entry) -> list[str]:
    return [_joined(entry["id"], entry["title"], _own(entry)), *(_below(f"{each['code']}: {each['name']}") for each in entry["projects"])]


def _unit(entry: Entry) -> list[str]:
    return [_joined(entry["code"], entry["name"])]


def _period(entry: Entry) -> list[str]:
    start, end, closed = (format_date(date.fromisoformat(entry[key])) for key in ("start", "end", "as_of"))
    return [_joined(entry["period"], entry["label"], f"từ {start} đến {end}", f"số liệu đến {closed}")]


_LINES: dict[str, Callable[[Entry], list[str]]] = {
    "forms": _form,
    "rules": _rule,
    "indicators": _indicator,
    "tables": _table,
    "templates": _template,
    "criteria": _criteria,
    "programmes": _programme,
    "units": _unit,
    "periods": _period,
}
