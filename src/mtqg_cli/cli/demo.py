"""`mtqg demo`: a copy of the sample project, ready to run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqg_cli.cli import console

_SAMPLE = "dam-ha"
#: What the program makes in a project is no part of the sample.
_MADE = ("out", ".mtqg")


def demo(folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục mới để chép dự án mẫu vào.")]) -> int:
    """Chép dự án mẫu huyện Đầm Hà vào một thư mục mới để chạy thử."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.deliver import write  # noqa: PLC0415
    from mtqg_cli.reference.resources import shipped  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} đã có và không trống."
        raise MtqgError(message, "Chọn một thư mục mới.", exit_code=2)
    sample = shipped("sample_data") / _SAMPLE
    for path in sorted(path.relative_to(sample) for path in sample.rglob("*") if path.is_file()):
        if path.parts[0] not in _MADE:
            write(folder / path, (sample / path).read_bytes())
            console.out(str(folder / path))
    console.err(f'Bước tiếp theo: mtqg report --project "{folder}" --period 6m2024')
    return 0
