"""`mtqg report`: the report of a period, refused while the data has errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.options import OutOption, PeriodOption, ProjectOption, choice, project_folder
from mtqg_cli.cli.receiving import enter_and_tell

if TYPE_CHECKING:
    from mtqg_cli.compose.values import Frame
    from mtqg_cli.core.period import Period
    from mtqg_cli.project import Project
    from mtqg_cli.reference.template import Template


def report(
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
) -> int:
    """Lập báo cáo của kỳ. Số liệu còn lỗi thì không lập, trừ khi có --draft."""
    from mtqg_cli.batch.about import about, as_read, grounds  # noqa: PLC0415
    from mtqg_cli.core.diagnostic import has_errors  # noqa: PLC0415
    from mtqg_cli.deliver import deliver  # noqa: PLC0415
    from mtqg_cli.pipeline import check_documents, check_template, gather, make_report  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415
    from mtqg_cli.reference.template import FORMATS  # noqa: PLC0415
    from mtqg_cli.render.diagnostics import text_format  # noqa: PLC0415

    for each in output or ():
        choice(each, FORMATS, "--format")
    loaded = load_project(project_folder(project))
    wanted = loaded.period(period)
    templates = _templates(loaded, template or ["so-ket"], tuple(dict.fromkeys(output or ())))
    unknown = [each for one, _ in templates for each in check_template(loaded, one)]
    if unknown:
        console.err(text_format.render(unknown, len(templates), colour=console.colour(errors=True)))
        console.err("Chưa lập báo cáo vì mẫu báo cáo còn lỗi. Sửa các lỗi nêu trên rồi chạy lại.")
        return 1
    before = grounds(loaded, wanted)
    gathered = gather(loaded, wanted)
    enter_and_tell(loaded, gathered)
    refused = has_errors(gathered.diagnostics)
    if gathered.diagnostics:
        console.err(text_format.render(gathered.diagnostics, len(gathered.value.batch.files), colour=console.colour(errors=True)))
    if refused and not draft:
        console.err("Chưa lập báo cáo vì số liệu còn lỗi. Sửa các lỗi nêu trên, hoặc thêm --draft để lập bản dự thảo.")
        return 1
    artifacts = make_report(gathered.value, gathered.diagnostics, frame(loaded, wanted, draft=draft), templates)
    outputs = {f"{each.stem}.{form}": each for each, formats in templates for form in formats}
    ill_formed = check_documents(loaded, artifacts)
    delivered = deliver(out or loaded.out_folder(wanted), artifacts, about(as_read(before, gathered.value), outputs, draft=draft))
    for path in delivered.paths:
        console.out(str(path))
    for kept in delivered.kept:
        console.err(f"Bản sửa tay được giữ ở: {kept}")
    if ill_formed:
        console.err(text_format.render(ill_formed, len(artifacts), colour=console.colour(errors=True)))
    return 0


def _templates(project: Project, names: list[str], formats: tuple[str, ...]) -> list[tuple[Template, tuple[str, ...]]]:
    """The templates, each with the formats that are wanted of it: its own first one where none is asked for."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.reference.template import load_templates  # noqa: PLC0415

    found = load_templates(project.folder)
    known = {name: each for name, each in found.items() if each.kind != "letter"}
    for name in names:
        if name not in known:
            message = f"Không có mẫu báo cáo “{name}”."
            bare = project.folder / "templates" / name
            lacking = f"Thư mục {bare} thiếu tệp template.toml. " if bare.is_dir() and name not in found else ""
            lacking = "Đó là mẫu công văn trả lại tệp (mtqg validate --return). " if name in found else lacking
            raise MtqgError(message, f"{lacking}Các mẫu đang có: {', '.join(known)}.", exit_code=2)
    wanted = [(each, formats or each.formats[:1]) for each in (known[name] for name in dict.fromkeys(names))]
    for each, asked in wanted:
        lacks = next((form for form in asked if form not in each.formats), None)
        if lacks is not None:
            message = f"Mẫu “{each.id}” không có dạng {lacks}."
            raise MtqgError(message, f"Các dạng của mẫu này: {', '.join(each.formats)}.", exit_code=2)
    outputs = [f"{each.stem}.{form}" for each, asked in wanted for form in asked]
    twice = next((each for each in outputs if outputs.count(each) > 1), None)
    if twice is not None:
        message = f"Hai mẫu cùng ghi ra tệp {twice}."
        raise MtqgError(message, "Sửa mục output trong template.toml của một mẫu để hai tên khác nhau.", exit_code=2)
    return wanted


def frame(project: Project, period: Period, *, draft: bool) -> Frame:
    """What a document of this project says besides its figures."""
    from mtqg_cli.compose.values import Event, Frame, Issue  # noqa: PLC0415
    from mtqg_cli.core.report import Style  # noqa: PLC0415

    settings = project.settings
    event = None
    about = settings.event
    if about is not None and (not about.period or str(project.period(about.period)) == str(period)):
        event = Event(about.name, about.date, about.place, about.chair, about.attendance, project.conclusions())
    return Frame(
        issue=Issue(**settings.issue.model_dump()),
        event=event,
        style=Style(settings.style.leading_zero, settings.style.decimals),
        poverty_line_basis=settings.programmes.poverty_line_basis,
        draft=draft,
    )
