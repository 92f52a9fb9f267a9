"""`mtqg forms`: blank workbooks for a period."""

from __future__ import annotations

from mtqg_cli.cli import console
from mtqg_cli.cli.options import OutOption, PeriodOption, ProjectOption, project_folder


def forms(period: PeriodOption, project: ProjectOption = None, out: OutOption = None) -> int:
    """Lập biểu Excel trắng cho từng xã và cho đơn vị lập báo cáo, điền sẵn đơn vị, kỳ và số đầu kỳ nếu có."""
    from mtqg_cli.deliver import deliver  # noqa: PLC0415
    from mtqg_cli.pipeline import blank_workbooks  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415

    loaded = load_project(project_folder(project))
    wanted = loaded.period(period)
    folder = out or loaded.out_folder(wanted) / "bieu-mau"
    made = blank_workbooks(loaded, wanted)
    delivered = deliver(folder, made, {each.name: {"period": str(wanted)} for each in made})
    for path in delivered.paths:
        console.out(str(path))
    for kept in delivered.kept:
        console.err(f"Bản sửa tay được giữ ở: {kept}")
    console.err(f"Gửi từng tệp cho đơn vị tương ứng; tệp nhận về đặt vào {loaded.data_folder(wanted)}")
    return 0
