"""`mtqg report`: the report of a period, refused while the data has errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import clock, console
from mtqg_cli.cli.options import OutOption, PeriodOption, ProjectOption, WaitOption, choice, project_folder
from mtqg_cli.cli.receiving import enter_and_tell

if TYPE_CHECKING:
    from mtqg_cli.batch.job import Opened


def report(  # noqa: PLR0913, PLR0917 - the options of the command
    period: PeriodOption,
    project: ProjectOption = None,
    template: Annotated[
        list[str] | None, typer.Option("--template", metavar="MẪU", help="Mẫu báo cáo (mtqg list templates); ghi nhiều lần để lập nhiều mẫu.")
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="DẠNG",
            help="Dạng tệp: docx (mặc định), html, md, pdf (cần LibreOffice), xlsx; ghi nhiều lần để lập nhiều dạng.",
        ),
    ] = None,
    out: OutOption = None,
    draft: Annotated[bool, typer.Option("--draft", help="Vẫn lập khi số liệu còn lỗi; văn bản ghi chữ “DỰ THẢO” ở đầu trang.")] = False,  # noqa: FBT002
    wait: WaitOption = 10,
) -> int:
    """Lập báo cáo của kỳ. Số liệu còn lỗi thì không lập, trừ khi có --draft."""
    from mtqg_cli.batch.job import faults_of_templates, open_job  # noqa: PLC0415
    from mtqg_cli.batch.lock import lock_project  # noqa: PLC0415
    from mtqg_cli.batch.orders import JobOrder  # noqa: PLC0415
    from mtqg_cli.reference.template import FORMATS  # noqa: PLC0415
    from mtqg_cli.render.diagnostics import text_format  # noqa: PLC0415

    for each in output or ():
        choice(each, FORMATS, "--format")
    order = JobOrder(1, project_folder(project), period, tuple(template or ("so-ket",)), tuple(dict.fromkeys(output or ())), out, draft)
    opened = open_job(order)
    unknown = faults_of_templates(opened)
    if unknown:
        console.err(text_format.render(unknown, len(opened.templates), colour=console.colour(errors=True)))
        console.err("Chưa lập báo cáo vì mẫu báo cáo còn lỗi. Sửa các lỗi nêu trên rồi chạy lại.")
        return 1
    held = lock_project(opened.project.folder, "mtqg report", clock.now(), wait)
    try:
        return _report(opened)
    finally:
        held.release()


def _report(opened: Opened) -> int:
    """The report of a project that this run has to itself."""
    from mtqg_cli.batch.job import collect, produce  # noqa: PLC0415
    from mtqg_cli.core.diagnostic import has_errors  # noqa: PLC0415
    from mtqg_cli.deliver import deliver  # noqa: PLC0415
    from mtqg_cli.render.diagnostics import text_format  # noqa: PLC0415

    collected = collect(opened)
    gathered = collected.gathered
    enter_and_tell(opened.project, gathered)
    if gathered.diagnostics:
        console.err(text_format.render(gathered.diagnostics, len(gathered.value.batch.files), colour=console.colour(errors=True)))
    if has_errors(gathered.diagnostics) and not opened.order.draft:
        console.err("Chưa lập báo cáo vì số liệu còn lỗi. Sửa các lỗi nêu trên, hoặc thêm --draft để lập bản dự thảo.")
        return 1
    produced = produce(opened, collected)
    delivered = deliver(opened.order.folder, produced.artifacts, produced.about)
    for path in delivered.paths:
        console.out(str(path))
    for kept in delivered.kept:
        console.err(f"Bản sửa tay được giữ ở: {kept}")
    if produced.ill_formed:
        console.err(text_format.render(produced.ill_formed, len(produced.artifacts), colour=console.colour(errors=True)))
    return 0
