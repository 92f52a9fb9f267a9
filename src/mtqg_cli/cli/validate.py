"""`mtqg validate`: checks submitted workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.options import PeriodOption, ProjectOption, choice, project_folder
from mtqg_cli.cli.receiving import enter_and_tell

if TYPE_CHECKING:
    from mtqg_cli.cli.returning import Returning
    from mtqg_cli.core.period import Period
    from mtqg_cli.project import Project
    from mtqg_cli.render.diagnostics.outcome import Outcome

#: Each format with the endings of files that it may be written to: a workbook that was received is never written over by a slip.
_ENDINGS = {"text": (".txt",), "json": (".json",), "html": (".html", ".htm")}


def validate(
    period: PeriodOption,
    files: Annotated[list[Path] | None, typer.Argument(metavar="TỆP", help="Tệp cần kiểm tra; không ghi thì kiểm tra cả thư mục data của kỳ.")] = None,
    project: ProjectOption = None,
    return_to: Annotated[
        Path | None,
        typer.Option(
            "--return", metavar="THƯ_MỤC", help="Ghi vào thư mục này từng tệp có lỗi để trả lại: ô sai được tô màu, ghi chú; kèm công văn và tin nhắn."
        ),
    ] = None,
    output: Annotated[str, typer.Option("--format", metavar="text|json|html", help="Dạng kết quả; html là một trang mở bằng trình duyệt.")] = "text",
    out: Annotated[Path | None, typer.Option("--out", metavar="TỆP", help="Ghi kết quả ra tệp này, ví dụ bao-cao-loi.html, thay vì ra màn hình.")] = None,
) -> int:
    """Kiểm tra các tệp Excel đã nhận, nêu từng lỗi ở đúng ô."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.pipeline import gather, validate_files  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415
    from mtqg_cli.render.diagnostics.outcome import Outcome, outcome_of  # noqa: PLC0415

    choice(output, tuple(_ENDINGS), "--format")
    loaded = load_project(project_folder(project))
    _check_out(out, output, loaded)
    wanted = loaded.period(period)
    for path in files or ():
        if not path.exists():
            message = f"Không thấy tệp {path}."
            raise MtqgError(message, "Kiểm tra lại tên tệp và thư mục.", exit_code=2)
    returning = _prepare_returning(loaded, wanted, return_to, files) if return_to is not None else None
    if files:
        checked = validate_files(loaded, wanted, list(dict.fromkeys(files)))
        request = loaded.request(wanted)
        outcome = Outcome(request.unit, wanted, request.communes, checked.value, checked.diagnostics, asks_for_all=False)
    else:
        gathered = gather(loaded, wanted)
        enter_and_tell(loaded, gathered)
        outcome = outcome_of(gathered.value.request, gathered.value.batch, gathered.diagnostics)
    _tell(outcome, output, out)
    if returning is not None:
        returning.run(outcome.files, outcome.diagnostics)
    return 1 if any(each.severity == "error" for each in outcome.diagnostics) else 0


def _prepare_returning(project: Project, period: Period, folder: Path, files: list[Path] | None) -> Returning:
    from mtqg_cli.cli.returning import prepare_returning  # noqa: PLC0415

    return prepare_returning(project, period, folder, files)


def _check_out(path: Path | None, output: str, project: Project) -> None:
    """Refuses a place for the result where it would replace or join what was received; raises MtqgError."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415

    if path is None:
        return
    endings = _ENDINGS[output]
    if path.suffix.lower() not in endings:
        message = f"Tên tệp kết quả {path} không phù hợp với --format {output}."
        raise MtqgError(message, f"Đặt tên có đuôi {endings[0]}, ví dụ --out bao-cao-loi{endings[0]}.", exit_code=2)
    if path.resolve().is_relative_to((project.folder / "data").resolve()):
        message = f"Không ghi kết quả vào thư mục dữ liệu: {path}."
        raise MtqgError(message, "Chọn thư mục khác, ví dụ thư mục out của dự án.", exit_code=2)


def _tell(outcome: Outcome, output: str, path: Path | None) -> None:
    """The result to the terminal, or into a file with the summary beside."""
    from mtqg_cli.render.diagnostics import text_format  # noqa: PLC0415

    if path is None:
        console.out(_render(outcome, output, colour=console.colour()))
        return
    from mtqg_cli.deliver import write  # noqa: PLC0415

    write(path, f"{_render(outcome, output)}\n".encode(errors="replace"))
    console.out(str(path))
    console.err(text_format.summary(outcome.diagnostics, len(outcome.files)))


def _render(outcome: Outcome, output: str, *, colour: bool = False) -> str:
    from mtqg_cli.render.diagnostics import json_format, text_format  # noqa: PLC0415

    if output == "json":
        return json_format.render(outcome.unit, outcome.period, outcome.files, outcome.missing, outcome.diagnostics)
    if output == "html":
        from mtqg_cli.render.diagnostics import html_format  # noqa: PLC0415 - loads jinja2
        from mtqg_cli.validate.registry import rules  # noqa: PLC0415

        return html_format.render(outcome, {each.code: each.headline for each in rules()}, date.today())  # noqa: DTZ011 - the office's own day
    return text_format.render(outcome.diagnostics, len(outcome.files), colour=colour)
