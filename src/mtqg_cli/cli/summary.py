"""`mtqg summary`: all figures of a period."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.options import PeriodOption, ProjectOption, choice, project_folder
from mtqg_cli.cli.receiving import enter_and_tell


def summary(
    period: PeriodOption,
    project: ProjectOption = None,
    output: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|csv",
            help="Dạng kết quả; json và csv kèm ô nguồn của từng số, và cả phần chia theo nguồn vốn, loại vốn, loại công trình, dự án gộp.",
        ),
    ] = "text",
    *,
    brief: Annotated[
        bool,
        typer.Option(
            "--brief",
            help="Dạng json gọn để gửi cấp trên gộp (so-lieu.json): ô nguồn ghi chung theo trang tính, số tính từ số khác thì nêu các chỉ tiêu thành phần.",
        ),
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="TỆP", help="Ghi kết quả vào tệp này thay vì in ra màn hình.")] = None,
) -> int:
    """Tổng hợp số liệu của kỳ; số liệu còn lỗi thì vẫn tổng hợp, có báo lỗi và kết thúc với mã 1."""
    from mtqg_cli.compose.values import split_names  # noqa: PLC0415
    from mtqg_cli.core.diagnostic import has_errors  # noqa: PLC0415
    from mtqg_cli.core.report import Style  # noqa: PLC0415
    from mtqg_cli.deliver import write  # noqa: PLC0415
    from mtqg_cli.handover import header_of  # noqa: PLC0415
    from mtqg_cli.pipeline import gather, summarise  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415
    from mtqg_cli.render.diagnostics import text_format as findings  # noqa: PLC0415
    from mtqg_cli.render.figures import csv_format, json_format, text_format  # noqa: PLC0415

    choice(output, ("text", "json", "csv"), "--format")
    loaded = load_project(project_folder(project))
    wanted = loaded.period(period)
    gathered = gather(loaded, wanted)
    enter_and_tell(loaded, gathered)
    figures = summarise(gathered.value).figures
    settings = loaded.settings.style
    style = Style(settings.leading_zero, settings.decimals)
    if output == "json":
        lines = json_format.lines(header_of(loaded, gathered), figures, style, brief=brief)
    elif output == "csv":
        lines = iter([csv_format.render(figures, {unit.code: unit.name for unit in loaded.communes}, style).rstrip("\r\n")])
    else:
        lines = iter([text_format.render(figures, split_names(gathered.value.request), style)])
    if out is not None:
        write(out, json_format.encoded(lines))
        lines = iter([str(out)])
    for line in lines:
        console.out(line)
    if has_errors(gathered.diagnostics):
        console.err(findings.summary(gathered.diagnostics, len(gathered.value.batch.files)))
        console.err("→ Số liệu trên chưa dùng được: chạy mtqg validate để xem từng lỗi.")
        return 1
    return 0
