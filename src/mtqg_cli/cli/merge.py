"""`mtqg merge`: the figures that several units handed in, added up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.options import choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.handover import MergedFigures
    from mtqg_cli.reference.handed_in import NotAdded

_FORMATS = ("text", "json", "csv", "xlsx")


def merge(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP", help="Các tệp so-lieu.json mà các đơn vị gửi, hoặc kết quả của mtqg merge trước đó.")],
    project: Annotated[
        Path | None, typer.Option("--project", metavar="THƯ_MỤC", help="Dự án có biểu, chỉ tiêu, bộ tiêu chí riêng mà các đơn vị cùng dùng; thường không cần.")
    ] = None,
    output: Annotated[str, typer.Option("--format", metavar="text|json|csv|xlsx", help="Dạng kết quả; kết quả json lại gộp tiếp được.")] = "text",
    out: Annotated[Path | None, typer.Option("--out", metavar="TỆP", help="Ghi kết quả vào tệp này; dạng xlsx bắt buộc có.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Vẫn gộp tệp dự thảo hoặc còn lỗi để xem trước.")] = False,  # noqa: FBT002
) -> int:
    """Cộng số liệu các đơn vị đã gửi: số tuyệt đối thì cộng, tỷ lệ và bình quân tính lại từ tổng, số không cộng được thì nêu rõ."""
    from mtqg_cli.deliver import write  # noqa: PLC0415
    from mtqg_cli.handover import merge_files  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415
    from mtqg_cli.reference.book import load_book  # noqa: PLC0415
    from mtqg_cli.render.diagnostics import text_format as findings  # noqa: PLC0415
    from mtqg_cli.render.figures import json_format  # noqa: PLC0415

    choice(output, _FORMATS, "--format")
    _check_call(files, output, out)
    book = load_project(project).book if project is not None else load_book().value
    checked = merge_files(list(dict.fromkeys(files)), book, project, draft=draft)
    if checked.diagnostics:
        console.err("\n".join(findings.listing(checked.diagnostics, colour=console.colour(errors=True))))
    if checked.value is None:
        console.err("Chưa gộp vì các tệp còn lỗi nêu trên.")
        return 1
    made = checked.value
    if output == "xlsx" and out is not None:
        write(out, _workbook(made))
    elif out is not None:
        write(out, json_format.encoded(_lines(made, output)))
    else:
        for line in _lines(made, output):
            console.out(line)
    if out is not None:
        console.out(str(out))
    for line in _told(made, len(files)):
        console.err(line)
    return 0


def _check_call(files: list[Path], output: str, out: Path | None) -> None:
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415

    for path in files:
        if not path.is_file():
            message = f"{path} là thư mục, không phải tệp." if path.is_dir() else f"Không thấy tệp {path}."
            raise MtqgError(message, "Ghi đường dẫn của từng tệp so-lieu.json.", exit_code=2)
        if out is not None and out.exists() and out.samefile(path):
            message = f"--out trùng với tệp đưa vào gộp {path}."
            raise MtqgError(message, "Chọn tên tệp khác; tệp nhận được không bao giờ bị ghi đè.", exit_code=2)
    if output == "xlsx" and out is None:
        message = "Dạng xlsx không in ra màn hình được."
        raise MtqgError(message, "Thêm --out TỆP.xlsx.", exit_code=2)


def _lines(made: MergedFigures, output: str) -> Iterator[str]:
    from mtqg_cli.compose.values import split_names  # noqa: PLC0415
    from mtqg_cli.core.report import Style  # noqa: PLC0415
    from mtqg_cli.render.figures import csv_format, json_format, text_format  # noqa: PLC0415

    merged, style = made.merged, Style()
    if output == "json":
        return json_format.lines(made.header, merged.figures, style, brief=True, handed_on=merged.handed_on)
    if output == "csv":
        names = {part.code: part.name for part in made.header.parts} | {unit.code: unit.name for unit in made.request.communes}
        return iter([csv_format.render(merged.figures, names, style).rstrip("\r\n")])
    return iter([text_format.render(merged.figures, split_names(made.request), style)])


def _workbook(made: MergedFigures) -> bytes:
    from mtqg_cli.aggregate.pivot import by_unit  # noqa: PLC0415 - loads pandas
    from mtqg_cli.compose.splits import split_label  # noqa: PLC0415
    from mtqg_cli.render.figures.xlsx_format import render  # noqa: PLC0415

    lines = by_unit(made.merged.figures, [each.code for each in made.header.parts])
    return render(made.header, lines, lambda by: split_label(made.request, by), [(unit.code, unit.name) for unit in made.whole.missing])


def _told(made: MergedFigures, files: int) -> Sequence[str]:
    """What went into the sums, and what is no sum."""
    from mtqg_cli.compose.splits import split_label  # noqa: PLC0415

    coverage = made.header.coverage
    first = (
        f"Đã gộp {files} tệp, {len(made.header.parts)} đơn vị thành {made.header.unit.name}, kỳ {made.header.period}: "
        f"{len(coverage.reported)}/{len(coverage.asked)} đơn vị cấp dưới có số liệu."
    )
    lines: list[str] = []
    grouped: dict[tuple[str, str], list[NotAdded]] = {}
    for each in made.merged.not_added:
        grouped.setdefault((each.label, each.reason), []).append(each)
    for (label, reason), found in grouped.items():
        splits = [split_label(made.request, each.by) for each in found if each.by]
        more = f" và {len(splits) - 3} phân tổ khác" if len(splits) > 3 else ""  # noqa: PLR2004
        told = f" [{'; '.join(splits[:3])}{more}]" if splits else ""
        lines.append(f"Không cộng được: {label}{told} - {reason}.")
    return [first, *lines]
