"""`mtqg verify`: whether delivered files still are what they were, and still match the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.options import ProjectOption, choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.core.verdict import Verdict

#: A mismatch is what the data are wrong about; what cannot be told is what cannot be read.
_DIFFERS, _UNKNOWN = 1, 3


def verify(
    files: Annotated[
        list[Path], typer.Argument(metavar="TỆP", help="Tệp do mtqg lập (docx, xlsx, html, md, pdf, json), hoặc thư mục chứa các tệp đó; ghi nhiều tệp được.")
    ],
    project: ProjectOption = None,
    output: Annotated[str, typer.Option("--format", metavar="text|json", help="Dạng kết quả.")] = "text",
) -> int:
    """Kiểm chứng báo cáo đã lập: tệp có bị sửa không, dữ liệu có đổi không, tính lại có ra đúng số cũ không. Không ghi gì."""
    from mtqg_cli.batch.verify import Verifier  # noqa: PLC0415
    from mtqg_cli.render.verdicts import json_format, text_format  # noqa: PLC0415

    choice(output, ("text", "json"), "--format")
    if project is not None:
        _check_project(project)
    verifier = Verifier(project)
    verdicts = [verifier.look(path) for each in dict.fromkeys(files) for path in _files(each)]
    console.out(json_format.render(verdicts) if output == "json" else text_format.render(verdicts))
    return _code(verdicts)


def _code(verdicts: Sequence[Verdict]) -> int:
    found = {each.holds for each in verdicts}
    return _DIFFERS if False in found else _UNKNOWN if None in found else 0


def _check_project(folder: Path) -> None:
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.project import SETTINGS  # noqa: PLC0415

    if not (folder / SETTINGS).is_file():
        message = f"Không thấy tệp {folder / SETTINGS}."
        raise MtqgError(message, "Ghi đúng thư mục dự án ở --project.", exit_code=2)


def _files(path: Path) -> list[Path]:
    """A file, or every file that the manifest of a folder names; those that are gone too. Raises MtqgError where there is nothing to look at."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.deliver import MANIFEST, recorded  # noqa: PLC0415

    if path.is_dir():
        found = [path / name for name in recorded(path)]
        if not found:
            message = f"Thư mục {path} không có bản kê {MANIFEST} đọc được."
            raise MtqgError(message, "Ghi thư mục mà mtqg report đã ghi vào, ví dụ out/6m2024.")
        return found
    if path.name == MANIFEST:
        return _files(path.parent)
    if not path.is_file() and path.name not in recorded(path.parent):
        message = f"Không thấy tệp {path}."
        raise MtqgError(message, "Kiểm tra lại tên tệp và thư mục.", exit_code=2)
    return [path]
