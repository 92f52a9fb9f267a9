"""What every command that reads the folder of a period does on the way: it enters in the ledger what it saw, and tells what came again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.cli import clock, console

if TYPE_CHECKING:
    from mtqg_cli.core.diagnostic import Checked
    from mtqg_cli.core.receipt import History
    from mtqg_cli.pipeline import Gathered
    from mtqg_cli.project import Project


def enter(project: Project, gathered: Checked[Gathered]) -> History:
    """Enters the workbooks of the period; a ledger that cannot be written is one line and stops nothing."""
    from mtqg_cli.intake.read import open_elsewhere  # noqa: PLC0415
    from mtqg_cli.pipeline import record  # noqa: PLC0415
    from mtqg_cli.reference.version import program  # noqa: PLC0415

    for name, holder in open_elsewhere(project.data_folder(gathered.value.request.period)):
        console.err(f"Lưu ý: tệp {name} có thể {holder.words}; chỉ đọc được những gì đã lưu vào tệp.")
    history = record(project, gathered, clock.now(), program())
    for note in history.notes:
        console.err(note)
    return history


def enter_and_tell(project: Project, gathered: Checked[Gathered]) -> None:
    """The same, with a line for each workbook that took the place of an earlier one in this run."""
    from mtqg_cli.pipeline import standings  # noqa: PLC0415
    from mtqg_cli.render.standing.words import sent_again  # noqa: PLC0415

    history = enter(project, gathered)
    if not history.fresh:
        return
    for each in standings(gathered, history, None, clock.now()).standings:
        latest = each.resubmissions[-1] if each.resubmissions and each.state == "sent" else None
        if latest is not None and latest.receipt.sequence in history.fresh:
            console.err(sent_again(each.unit.name, latest))
