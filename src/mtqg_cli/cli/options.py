"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mtqg_cli.project import Project
    from mtqg_cli.reference.book import Book

ProjectOption = Annotated[
    Path | None,
    typer.Option("--project", metavar="THƯ_MỤC", help="Thư mục dự án; không ghi thì tìm mtqg.toml từ thư mục hiện tại trở lên."),
]
PeriodOption = Annotated[
    str,
    typer.Option("--period", metavar="KỲ", help="Kỳ báo cáo: 6m2024 hoặc 9m2024 (số tháng đầu năm), q3-2024, t5-2023, 2022."),
]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Thư mục ghi kết quả, thay cho thư mục out của dự án.")]
WaitOption = Annotated[
    float, typer.Option("--wait", min=0, show_default=False, metavar="GIÂY", help="Thời gian chờ khi dự án đang có lần chạy khác; mặc định 10 giây.")
]


def project_folder(folder: Path | None) -> Path:
    """The project that a command works on."""
    from mtqg_cli.project import find_project  # noqa: PLC0415

    return folder if folder is not None else find_project(Path.cwd())


def project_at_hand(folder: Path | None) -> Project | None:
    """The named project, or the one that the working folder lies in, if there is one that can be used."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.project import find_project, load_project  # noqa: PLC0415

    if folder is not None:
        return load_project(folder)
    try:
        return load_project(find_project(Path.cwd()))
    except MtqgError:
        return None


def book_of(project: Project | None) -> Book:
    """The reference data of a project, or that of the program alone."""
    from mtqg_cli.reference.book import load_book  # noqa: PLC0415

    return project.book if project is not None else load_book().value


def book_at_hand(folder: Path | None) -> Book:
    """The reference data that holds here."""
    return book_of(project_at_hand(folder))


def choice(value: str, allowed: tuple[str, ...], option: str) -> str:
    """A value that must be one of a few; raises MtqgError that lists them."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415

    if value not in allowed:
        message = f"{option} không có lựa chọn “{value}”."
        raise MtqgError(message, f"Chọn một trong: {', '.join(allowed)}.", exit_code=2)
    return value
