"""What is wrong in a TOML file that a person wrote, in that person's words: the libraries say it in English."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.system import answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import ValidationError

_KNOWN = {
    "missing": "thiếu mục bắt buộc",
    "extra_forbidden": "không có mục nào tên như vậy",
    "string_type": "phải là chữ trong dấu nháy",
    "no_truth": "phải là chữ, số hoặc ngày; true và false không phải là nội dung ô",
    "string_too_short": "không được để trống",
    "too_short": "không được để trống",
    "bool": "phải là true hoặc false",
    "date": "phải là ngày, ví dụ 2024-06-30",
    "tuple": "phải là danh sách trong dấu [ ]",
    "list": "phải là danh sách trong dấu [ ]",
    "dict": "phải là các cặp trong dấu { }",
    "int": "phải là số nguyên",
    "decimal": "phải là số",
    "literal": "không phải là giá trị được phép",
    "repeated": "có tên ghi hai lần",
    "bands": "các nhóm phải nối tiếp nhau, không hở và không chồng lên nhau",
    "greater": "ngoài khoảng cho phép",
    "less": "ngoài khoảng cho phép",
    "model": "phải là một mục riêng, ví dụ [issue]",
}


def where_in_file(error: Exception) -> str:
    """The place of a slip in the syntax: “ ở dòng 3, cột 7”; empty where it is not known."""
    place = re.search(r"at line (\d+), column (\d+)", str(error))
    if "at end of document" in str(error):
        return " ở cuối tệp"
    return f" ở dòng {place[1]}, cột {place[2]}" if place else ""


def wrong_values(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Each entry that cannot be used (a.b.c, empty for the whole file) with what is wrong with it."""
    for detail in error.errors():
        kind = detail["type"]
        told = str(detail["ctx"]["error"]) if kind == "value_error" else _KNOWN.get(kind) or _KNOWN.get(kind.split("_", maxsplit=1)[0], "giá trị không đúng")
        allowed = f": {_listed(detail['ctx']['expected'])}" if kind == "literal_error" else ""
        yield ".".join(str(part) for part in detail["loc"]), f"{told}{allowed}"


def _listed(expected: str) -> str:
    """'docx', 'html' or 'md' → docx, html, md."""
    return ", ".join(re.findall(r"'([^']*)'", expected)) or expected


def read_settings(path: Path, *, absent: str, unreadable: str, malformed: str) -> dict[str, Any]:
    """The values of a TOML file that a person wrote; raises MtqgError, with the hint that fits what is wrong."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        message = f"Không thấy tệp {path}."
        raise MtqgError(message, absent, exit_code=2) from None
    except OSError as error:
        message = f"Không đọc được tệp {path}: {answer(error)}."
        raise MtqgError(message, unreadable, exit_code=2) from None
    except UnicodeDecodeError:
        message = f"Tệp {path} không được lưu ở bảng mã UTF-8."
        raise MtqgError(message, "Mở bằng Notepad, chọn Lưu dưới dạng (Save As), bảng mã (Encoding) UTF-8.", exit_code=2) from None
    except (ValueError, RecursionError) as error:  # of which TOMLDecodeError is one; numbers of thousands of digits are another
        message = f"Tệp {path} viết sai cú pháp{where_in_file(error)}."
        raise MtqgError(message, malformed, exit_code=2) from None
