"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ProjectOption = Annotated[
    Path | None,
    typer.Option("--project", metavar="THƯ_MỤC", help="Thư mục dự án; nếu không ghi thì tìm mtqg.toml từ thư mục hiện tại trở lên."),
]
PeriodOption = Annotated[
    str,
    typer.Option("--period", metavar="KỲ", help="Kỳ báo cáo: 6m2024 (6 tháng đầu năm), q3-2024, t5-2023, 2022."),
]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Thư mục ghi kết quả, thay cho thư mục out của dự án.")]


def project_folder(folder: Path | None) -> Path:
    """The project that a command works on."""
    from mtqg_cli.project import find_project  # noqa: PLC0415

    return folder if folder is not None else find_project(Path.cwd())


def choice(value: str, allowed: tuple[str, ...], option: str) -> str:
    """A value that must be one of a few; raises MtqgError that lists them."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415

    if value not in allowed:
        message = f"{option} không nhận “{value}”."
        raise MtqgError(message, f"Chọn một trong: {', '.join(allowed)}.", exit_code=2)
    return value
