"""`mtqg check-format`: Word documents checked against Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.options import ProjectOption, choice

if TYPE_CHECKING:
    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.submission import FileStatus
    from mtqg_cli.reference.document_rules import DocumentRules


def check_format(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP", help="Tệp Word (.docx) cần kiểm tra; ghi nhiều tệp được.")],
    project: ProjectOption = None,
    output: Annotated[str, typer.Option("--format", metavar="text|json", help="Dạng kết quả.")] = "text",
) -> int:
    """Kiểm tra thể thức văn bản Word theo Phụ lục I Nghị định 30/2020/NĐ-CP; không sửa tệp nào."""
    from mtqg_cli.reference.document_rules import load_rules  # noqa: PLC0415
    from mtqg_cli.render.diagnostics import json_format, text_format  # noqa: PLC0415

    choice(output, ("text", "json"), "--format")
    wanted = list(dict.fromkeys(files))
    _check_there(wanted)
    rules = load_rules(_folder(project))
    looked = [_look(path, rules) for path in wanted]
    found = [each for _, diagnostics in looked for each in diagnostics]
    if output == "json":
        console.out(json_format.render_documents([status for status, _ in looked], found))
    else:
        console.out(text_format.render(found, len(looked), colour=console.colour()))
    return 1 if any(each.severity == "error" for each in found) else 0


def _check_there(files: list[Path]) -> None:
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415

    for path in files:
        if not path.is_file():
            message = f"{path} là thư mục, không phải tệp." if path.is_dir() else f"Không thấy tệp {path}."
            raise MtqgError(message, "Kiểm tra lại tên tệp và thư mục.", exit_code=2)


def _folder(project: Path | None) -> Path | None:
    """The project whose own provisions hold: the named one, or the one that the working folder lies in, if any."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.project import find_project  # noqa: PLC0415

    if project is not None:
        if not project.is_dir():
            message = f"Không thấy thư mục {project}."
            raise MtqgError(message, "Kiểm tra lại tên thư mục ghi sau --project.", exit_code=2)
        return project
    try:
        return find_project(Path.cwd())
    except MtqgError:
        return None


def _look(path: Path, rules: DocumentRules) -> tuple[FileStatus, tuple[Diagnostic, ...]]:
    """One document; raises MtqgError for a file that may not be read."""
    from hashlib import sha256  # noqa: PLC0415

    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.core.submission import FileStatus  # noqa: PLC0415
    from mtqg_cli.core.system import answer  # noqa: PLC0415
    from mtqg_cli.render.decree30.check import check, refusal  # noqa: PLC0415 - loads lxml
    from mtqg_cli.render.decree30.package import MAX_FILE, too_large  # noqa: PLC0415

    name = str(path)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_FILE else b""
    except OSError as error:
        message = f"Không đọc được tệp {path}: {answer(error)}."
        raise MtqgError(message, "Đóng tệp nếu đang mở trong Word, kiểm tra quyền đọc tệp rồi chạy lại.") from error
    found = check(content, name, rules) if size <= MAX_FILE else (refusal(name, too_large(size)),)
    return FileStatus(name, sha256(content).hexdigest(), None, all(each.code != "D201" for each in found)), found
