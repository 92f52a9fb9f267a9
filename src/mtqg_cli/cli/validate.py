"""`mtqg validate`: checks submitted workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.options import PeriodOption, ProjectOption, choice, project_folder

if TYPE_CHECKING:
    from mtqg_cli.core.unit import Unit


def validate(
    period: PeriodOption,
    files: Annotated[list[Path] | None, typer.Argument(metavar="TỆP", help="Tệp cần kiểm tra; nếu không ghi thì kiểm tra cả thư mục data của kỳ.")] = None,
    project: ProjectOption = None,
    return_to: Annotated[
        Path | None,
        typer.Option("--return", metavar="THƯ_MỤC", help="Ghi vào thư mục này từng tệp có lỗi đã tô màu, ghi chú ô sai, kèm công văn và tin nhắn."),
    ] = None,
    output: Annotated[str, typer.Option("--format", metavar="text|json", help="Dạng kết quả.")] = "text",
) -> int:
    """Kiểm tra các tệp Excel đã gửi, nêu từng lỗi ở đúng ô."""
    from mtqg_cli.cli.returning import prepare_returning  # noqa: PLC0415
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.pipeline import gather, validate_files  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415
    from mtqg_cli.render.diagnostics import json_format, text_format  # noqa: PLC0415

    choice(output, ("text", "json"), "--format")
    loaded = load_project(project_folder(project))
    wanted = loaded.period(period)
    for path in files or ():
        if not path.exists():
            message = f"Không thấy tệp {path}."
            raise MtqgError(message, "Kiểm tra lại tên tệp và thư mục.", exit_code=2)
    returning = prepare_returning(loaded, wanted, return_to, files) if return_to is not None else None
    missing: tuple[Unit, ...] = ()
    if files:
        checked = validate_files(loaded, wanted, list(dict.fromkeys(files)))
        statuses, found = checked.value, checked.diagnostics
    else:
        gathered = gather(loaded, wanted)
        batch = gathered.value.batch
        statuses, found = batch.files, gathered.diagnostics
        missing = tuple(unit for unit in batch.missing if unit.code not in gathered.value.request.excused)
    if output == "json":
        console.out(json_format.render(loaded.unit, wanted, statuses, missing, found))
    else:
        console.out(text_format.render(found, len(statuses)))
    if returning is not None:
        returning.run(statuses, found)
    return 1 if any(each.severity == "error" for each in found) else 0
