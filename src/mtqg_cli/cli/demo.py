"""`mtqg demo`: a copy of the sample project, ready to run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqg_cli.cli import console

_SAMPLE = "dam-ha"


def demo(folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục mới để chép dự án mẫu vào.")]) -> int:
    """Chép dự án mẫu huyện Đầm Hà vào một thư mục mới để chạy thử."""
    import shutil  # noqa: PLC0415

    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.reference.resources import shipped  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} đã có và không trống."
        raise MtqgError(message, "Chọn một thư mục mới.", exit_code=2)
    try:
        shutil.copytree(shipped("sample_data") / _SAMPLE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("out", ".mtqg"))
    except OSError as error:
        message = f"Không ghi được vào {folder}: {error.strerror or error}."
        raise MtqgError(message, "Chọn một thư mục khác.") from None
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        console.out(str(path))
    console.err(f'Bước tiếp theo: mtqg report --project "{folder}" --period 6m2024')
    return 0
