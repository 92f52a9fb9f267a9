"""The guide to mtqg.toml: its keys and defaults as settings.py has them, their meanings and examples from settings_texts.toml."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from fields_page import GROUPS

from mtqg_cli.core.report import MONEY_FAMILY
from mtqg_cli.settings import Section, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from mtqg_cli.reference.book import Book

TEXTS = Path(__file__).resolve().parent / "settings_texts.toml"
_ABOUT = """# Các mục của mtqg.toml

Tệp `mtqg.toml` nằm ở thư mục dự án; `mtqg init` viết ra đủ các mục, có chú thích. Chỉ `[unit] name` là bắt buộc; mục nào không ghi thì dùng giá trị
mặc định. Sửa bằng Notepad, lưu ở bảng mã UTF-8; dòng bắt đầu bằng dấu # là chú thích. Chữ đặt trong dấu nháy, danh sách đặt trong ngoặc vuông,
ngày viết năm-tháng-ngày. Tên mục viết sai thì chương trình báo ngay, không bỏ qua. Sau khi sửa, xem có đúng không:

```sh
mtqg validate --period 6m2024
```

Xem thêm: [Báo cáo đầu tiên](bao-cao-dau-tien.md) · [Kiểm tra, trả lại và chốt số liệu](kiem-tra-va-tra-lai.md) ·
[Thêm biểu, bộ tiêu chí, chỉ tiêu](them-bieu-bo-tieu-chi-chi-tieu.md)
"""


def settings_page(book: Book) -> str:
    """Every section with an example that can be used as it is, and every key with its meaning and default."""
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    parts = [_ABOUT]
    for name, field in Settings.model_fields.items():
        model, many = _section_of(field)
        told = texts.get(name, {})
        keys = {key: each for key, each in told.items() if isinstance(each, dict)}
        _same(f"the keys of [{name}]", model.model_fields, keys)
        parts += _section(name, model, keys, told, many=many)
        parts += _named_groups() if name == "reporting" else _families(book) if name == "style" else []
    _same("the sections", Settings.model_fields, texts)
    return "".join(parts)


def _same(what: str, there: Iterable[str], told: Iterable[str]) -> None:
    """Each key is told, and nothing else is."""
    differing = sorted({*there} ^ {*told})
    if differing:
        message = f"make_docs.py: settings_texts.toml and settings.py differ in {what}: {', '.join(differing)}"
        raise SystemExit(message)


def _section(name: str, model: type[Section], keys: Mapping[str, Any], told: Mapping[str, str], *, many: bool) -> Iterator[str]:
    head = f"[[{name}]]" if many else f"[{name}]"
    about = f"{told['about']}\n\n" if "about" in told else ""
    example = "".join(f"{key} = {keys[key]['example']}\n" for key in model.model_fields)
    model.model_validate(tomllib.loads(example))
    yield f"\n## {head}: {told['title']}\n\n{about}```toml\n{head}\n{example}```\n\n| khóa | nghĩa | không ghi thì |\n|---|---|---|\n"
    for key, field in model.model_fields.items():
        yield f"| `{key}` | {keys[key]['text']} | {keys[key].get('default') or _default(field)} |\n"


def _section_of(field: FieldInfo) -> tuple[type[Section], bool]:
    """The model of a section, and whether there may be several."""
    kind: Any = field.annotation
    if get_origin(kind) is tuple:
        return get_args(kind)[0], True
    return next(each for each in get_args(kind) or (kind,) if each is not NoneType), False


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "bắt buộc"
    value = field.get_default(call_default_factory=True)
    return "để trống" if value in (None, "", (), {}) else f"`{json.dumps(_plain(value), ensure_ascii=False)}`"


def _plain(value: Any) -> Any:
    """A band of one number as mtqg.toml writes it."""
    if isinstance(value, tuple):
        return value[0] if len(value) == 2 and value[0] == value[1] else [_plain(each) for each in value]  # noqa: PLR2004 - from and to
    return value


def _named_groups() -> Iterator[str]:
    yield "\nCác nhóm chỉ tiêu của `as_of`:\n\n| tên | nhóm |\n|---|---|\n"
    yield from (f"| `{name}` | {title} |\n" for name, title in GROUPS.items())


def _families(book: Book) -> Iterator[str]:
    """The families that `decimals` may name."""
    yield "\nCác họ chỉ tiêu của `decimals`:\n\n| họ | mặc định | gồm |\n|---|---|---|\n"
    families: dict[str, list[Any]] = {}
    for entry in book.indicators.values():
        if entry.family:
            families.setdefault(entry.family, []).append(entry)
    for name, entries in families.items():
        named = ", ".join(f"`{entry.id}`" for entry in entries[:3]) + (f" … ({len(entries)} chỉ tiêu)" if len(entries) > 3 else "")  # noqa: PLR2004
        yield f"| `{name}` | {' hoặc '.join(sorted({str(entry.decimals) for entry in entries}))} | {named} |\n"
    yield f"| `{MONEY_FAMILY}` | 0 | mọi số tiền không thuộc họ nào |\n"
