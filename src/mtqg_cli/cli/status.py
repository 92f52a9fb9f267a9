"""`mtqg status`: who has sent, who is missing, what came again with which changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import clock, console
from mtqg_cli.cli.options import PeriodOption, ProjectOption, choice, project_folder
from mtqg_cli.cli.receiving import enter

if TYPE_CHECKING:
    from mtqg_cli.core.receipt import Overview


def status(
    period: PeriodOption,
    project: ProjectOption = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="TÊN", help="Chỉ xem một đơn vị, nêu đủ thay đổi của các lần gửi lại.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Nêu đủ thay đổi của các lần gửi lại, ở mọi đơn vị.")] = False,  # noqa: FBT002
    output: Annotated[str, typer.Option("--format", metavar="text|json", help="Dạng kết quả.")] = "text",
) -> int:
    """Tình hình nộp báo cáo: đơn vị đã gửi, chưa gửi, gửi chậm, được miễn, đã trả lại, gửi lại và số nào thay đổi."""
    from mtqg_cli.pipeline import gather, standings  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415
    from mtqg_cli.render.standing import json_format, text_format  # noqa: PLC0415

    choice(output, ("text", "json"), "--format")
    loaded = load_project(project_folder(project))
    wanted = loaded.period(period)
    deadline = loaded.deadline(wanted)
    code = loaded.unit_below(unit).code if unit is not None else None
    gathered = gather(loaded, wanted)
    found = standings(gathered, enter(loaded, gathered), deadline, clock.now())
    if code is not None:
        found = _only(found, code)
    console.out(json_format.render(found) if output == "json" else text_format.render(found, whole=diff or unit is not None))
    return 0


def _only(overview: Overview, code: str) -> Overview:
    return replace(overview, standings=tuple(each for each in overview.standings if each.unit.code == code))
