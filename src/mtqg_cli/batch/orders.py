"""JOBS.toml: what it may hold, and the jobs that come of it in a fixed order. It reads no workbook and makes nothing."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.system import answer
from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.project import SETTINGS
from mtqg_cli.reference.mistakes import read_settings, wrong_values
from mtqg_cli.settings import Section, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What `out` may hold besides plain text: the name of the project's folder, and the period.
_NAMES = ("{project}", "{period}")
_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_CONTROL = re.compile(r"[\x00-\x1f]")
_PATTERN = re.compile(r"[*?\[]")
#: Who has installed the program has no docs folder: the guide is told by its title.
_GUIDE = "Cách viết: hướng dẫn “Chạy hằng ngày, không cần người theo dõi” (chay-hang-loat.md)."

#: `json`: the facts, for `mtqg merge`; the others are those of templates.
FACTS = "json"
JobFormat = Literal["docx", "html", "md", "pdf", "xlsx", "json"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _years(value: object) -> object:
    """2023 without quotes is a year as well."""
    several = value if isinstance(value, list) else [value]
    return [str(each) if type(each) is int else each for each in several] if isinstance(value, int | list) else _listed(value)


def _tables(value: object) -> object:
    if isinstance(value, dict):
        message = "mỗi việc mở đầu bằng [[job]], hai dấu ngoặc"
        raise ValueError(message)  # noqa: TRY004 - what pydantic tells
    return value


def _periods(names: tuple[str, ...]) -> tuple[str, ...]:
    """The short names, each once: 6M2024 and 6m2024 are one period."""
    found = []
    for name in names:
        try:
            found.append(str(parse_period(name)))
        except ValueError:
            message = f"“{name}” không phải là kỳ báo cáo; ghi theo mẫu 6m2024, q3-2024, t5-2023 hoặc 2022"
            raise ValueError(message) from None
    return tuple(dict.fromkeys(found))


def _place(value: str) -> str:
    unknown = [each for each in _BRACES.findall(value) if each not in _NAMES]
    if unknown or not value.strip():
        message = f"chỉ dùng được {' và '.join(_NAMES)}, không dùng được {unknown[0]}" if unknown else "không được để trống"
        raise ValueError(message)
    if _CONTROL.search(value):
        message = "có ký tự điều khiển; đường dẫn Windows đặt trong nháy đơn, ví dụ 'D:\\bao-cao'"
        raise ValueError(message)
    return value


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        raise PydanticCustomError("repeated", "a name is repeated")
    return names


_Periods = Annotated[tuple[Words, ...], BeforeValidator(_years), Field(min_length=1), AfterValidator(_periods)]
_Templates = Annotated[tuple[Words, ...], BeforeValidator(_listed), Field(min_length=1), AfterValidator(_once)]
_Formats = Annotated[tuple[JobFormat, ...], BeforeValidator(_listed), Field(min_length=1), AfterValidator(_once)]


class Defaults(Section):
    """What holds for every job that does not say it otherwise."""

    period: _Periods | None = None
    templates: _Templates | None = None
    formats: _Formats | None = None
    out: Annotated[str, AfterValidator(_place)] | None = None
    draft: bool | None = None


class Job(Defaults):
    """One entry: a project folder, or a pattern that several fit, and what is made of each for each period."""

    project: Words


class Jobs(Section):
    """The whole of JOBS.toml."""

    defaults: Defaults = Defaults()
    job: Annotated[tuple[Job, ...], BeforeValidator(_tables)] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class JobOrder:
    """One project and period with what is wanted of it. No formats: each template's first one; no `out`: the project's own folder.

    `problem`: the pattern that no project fits, instead of a project.
    """

    number: int
    project: Path
    period: str
    templates: tuple[str, ...] = ("so-ket",)
    formats: tuple[str, ...] = ()
    out: Path | None = None
    draft: bool = False
    problem: str = ""

    @property
    def name(self) -> str:
        """What the project is called where its unit is not known: its folder, or the pattern as far as it says something."""
        return f"{self.project.parent.name}/{self.project.name}" if self.problem else self.project.name

    @property
    def folder(self) -> Path:
        """Where everything goes that is made for it."""
        return self.out if self.out is not None else self.project / "out" / self.period


def load_orders(path: Path) -> tuple[JobOrder, ...]:
    """The jobs of a file, numbered as they stand there; raises MtqgError that tells every mistake at once."""
    jobs = _read(path)
    orders: list[JobOrder] = []
    for entry in jobs.job:
        for project, problem in _projects(path.parent, entry.project):
            orders += _of_project(path.parent, entry, jobs.defaults, (project, problem))
    return tuple(replace(each, number=number) for number, each in enumerate(orders, start=1))


def sharded(orders: Sequence[JobOrder], part: int, parts: int) -> tuple[JobOrder, ...]:
    """The jobs of one part out of several: every project falls into one part as a whole, by its place among the projects."""
    places = {project: index for index, project in enumerate(dict.fromkeys(each.project for each in orders))}
    return tuple(each for each in orders if places[each.project] % parts == part - 1)


def same_place(path: Path) -> str:
    """What two paths have in common that mean one file, on a disk that tells large from small letters or not."""
    return os.path.normcase(real(path))


def real(path: Path) -> Path:
    """The path without links; one that leads in a circle stays, and is told by whoever wants to write there."""
    return Path(os.path.realpath(path))


def _read(path: Path) -> Jobs:
    values = read_settings(
        path,
        absent=f"Ghi đúng đường dẫn của tệp danh sách việc. {_GUIDE}",
        unreadable="Ghi đường dẫn của một tệp .toml; kiểm tra quyền đọc.",
        malformed="Kiểm tra dấu ngoặc, dấu nháy ở dòng được nêu; đường dẫn Windows đặt trong nháy đơn, ví dụ 'D:\\du-an'.",
    )
    try:
        jobs = Jobs.model_validate(values)
        mistakes = [f"việc thứ {number}: thiếu mục period" for number, each in enumerate(jobs.job, start=1) if not (each.period or jobs.defaults.period)]
    except ValidationError as error:
        found = list(wrong_values(error))
        in_jobs = any(place.startswith("job.") for place, _ in found)  # then there are jobs, whatever is said of their list
        mistakes = [f"{_named(place)}: {told}" for place, told in found if not (in_jobs and place == "job")]
    if mistakes:
        message = f"Tệp {path} có mục không đúng:\n" + "\n".join(f"  {each}" for each in mistakes)
        raise MtqgError(message, f"Sửa các mục trên; chưa lập báo cáo nào. {_GUIDE}", exit_code=2)
    return jobs


def _named(place: str) -> str:
    """job.1.formats.0 → việc thứ 2, mục formats; people count from one."""
    parts = place.split(".")
    if parts[0] == "job" and len(parts) > 1:
        return f"việc thứ {int(parts[1]) + 1}" + (f", mục {parts[2]}" if len(parts) > 2 else "")  # noqa: PLR2004
    return f"mục [{parts[0]}]" + (f" {parts[1]}" if len(parts) > 1 else "")


def _projects(beside: Path, text: str) -> Iterator[tuple[Path, str]]:
    """The folders that an entry means, by name; a folder that is there is meant even if its name looks like a pattern."""
    plain = beside / text
    try:
        plain = _as_spelled(plain)
        if not _PATTERN.search(text) or plain.exists():
            yield plain.resolve(), ""
            return
        root, pattern = _split(plain)
        found = sorted({each.parent.resolve() for each in _as_spelled(root).glob(f"{pattern}/{SETTINGS}")}, key=lambda each: each.as_posix())
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links that lead in a circle, before Python 3.13
        yield plain, f"Không đọc được “{text}”: {answer(error) if isinstance(error, OSError) else 'tên này không dùng được'}."
        return
    if not found:
        yield plain, f"Không có thư mục dự án nào (thư mục có {SETTINGS}) khớp với “{text}”."
    for each in found:
        yield each, ""


def _as_spelled(path: Path) -> Path:
    """The path as it lies on the disk: Unicode writes Vietnamese letters in two ways, and what came from a Mac has the other one."""
    if path.exists() or path.parent == path:
        return path
    above = _as_spelled(path.parent)
    with contextlib.suppress(OSError):
        return next((each for each in above.iterdir() if nfc(each.name) == nfc(path.name)), above / path.name)
    return above / path.name


def _split(path: Path) -> tuple[Path, str]:
    """The part of a path before the first pattern, and the rest as glob wants it."""
    parts = path.parts
    first = next(index for index, part in enumerate(parts) if _PATTERN.search(part))
    return type(path)(*parts[:first]), "/".join(parts[first:])


def _of_project(beside: Path, entry: Job, defaults: Defaults, found: tuple[Path, str]) -> Iterator[JobOrder]:
    project, problem = found
    out = _or(entry.out, defaults.out, None)
    for period in _or(entry.period, defaults.period, ()):
        place = beside / out.replace("{project}", project.name).replace("{period}", period) if out else None
        yield JobOrder(
            0,
            project,
            period,
            _or(entry.templates, defaults.templates, ("so-ket",)),
            _or(entry.formats, defaults.formats, ()),
            real(place) if place is not None else None,
            bool(entry.draft if entry.draft is not None else defaults.draft),
            problem,
        )


def _or(own: Any, shared: Any, otherwise: Any) -> Any:
    return own if own is not None else shared if shared is not None else otherwise
