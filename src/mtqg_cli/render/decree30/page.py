"""Paper, orientation, margins, page numbers of each section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.render.decree30.findings import Fault, points, span_of, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mtqg_cli.reference.document_rules import DocumentRules
    from mtqg_cli.reference.provisions import Margins
    from mtqg_cli.render.decree30.facts import PageNumber, Section
    from mtqg_cli.render.decree30.findings import Findings

_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
#: Margins that turn with the sheet: what was at the top of an upright page is at the left or the right of one on its side.
_TURNS: tuple[Mapping[str, str], ...] = (
    {side: side for side in _SIDES},
    {"top": "left", "right": "top", "bottom": "right", "left": "bottom"},
    {"top": "right", "left": "top", "bottom": "left", "right": "bottom"},
)


def check_page(sections: Sequence[Section], frames: frozenset[int], findings: Findings) -> None:
    """D203 and D204; `frames` are the tables that only hold head and signatures in their places."""
    for name, faults_of in (("paper", lambda each: _paper(each, frames, findings.rules)), ("margins", lambda each: _margins(each, findings.rules.margins))):
        alike: dict[tuple[Fault, ...], list[Section]] = {}
        for section in sections:
            alike.setdefault(tuple(faults_of(section)), []).append(section)
        for faults, where in alike.items():
            more = f" và {len(where) - 1} phần khác" if len(where) > 1 else ""
            findings.tell(name, place_of(where[0], len(sections)) + more, faults)


def place_of(section: Section, sections: int) -> str:
    """A section as a person finds it."""
    return "Trang giấy" if sections == 1 else f"Phần {section.number + 1} của văn bản (từ đoạn {section.first})"


def _paper(section: Section, frames: frozenset[int], rules: DocumentRules) -> Iterator[Fault]:
    paper = rules.paper
    if section.width is None or section.height is None:
        return
    sides = sorted((section.width, section.height))
    wanted = f"{points(paper.size[0])} x {points(paper.size[1])} mm"
    if any(abs(side - right) > paper.tolerance for side, right in zip(sides, sorted(paper.size), strict=True)):
        found = f"{section.width:.0f} x {section.height:.0f} mm"
        yield Fault(f"khổ giấy {found}, phải là A4 {wanted}", found, wanted)
    tables = set(section.tables) - frames
    if section.width > section.height and not (paper.landscape_with_tables and tables):
        yield Fault("giấy đặt ngang mà không có bảng, phải đặt dọc", "ngang", "dọc")


def _margins(section: Section, margins: Margins) -> list[Fault]:
    given = {side: section.margins[side] for side in _SIDES if side in section.margins}
    if "left" in given:
        given["left"] += section.margins.get("gutter", 0.0)
    lies = section.width is not None and section.height is not None and section.width > section.height
    wrong = [[side for side in given if not within(given[side], getattr(margins, turn[side]), margins.tolerance)] for turn in (_TURNS if lies else _TURNS[:1])]
    if not all(wrong):
        return []
    return [
        Fault(f"lề {_SIDES[side]} {_millimetres(given[side])} mm, phải từ {span_of(limits)} mm", _millimetres(given[side]), span_of(limits))
        for side in wrong[0]
        if (limits := getattr(margins, side))
    ]


def _millimetres(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def check_page_numbers(sections: Sequence[Section], findings: Findings) -> None:
    """D207, once for each wording; what the first section has wrong the others mostly have as well."""
    rule = findings.rules.page_number
    told: set[str] = set()
    if sections and not any(section.page_numbers for section in sections):
        hint = "Vào Insert, Page Number, Top of Page, chọn kiểu đặt giữa; văn bản chỉ có một trang thì bỏ qua."
        findings.tell("page_number", "Đầu trang", [Fault("chưa có số trang", "", "số trang ở giữa lề trên")], hint=hint, at_most=Severity.WARNING)
        return
    for section in sections:
        faults = [*_place(section), *(fault for each in section.page_numbers for fault in _looks(each, findings.rules))]
        if section.page_numbers and section.number_format not in rule.formats:
            faults.append(Fault("số trang phải bằng chữ số Ả Rập", section.number_format, "1, 2, 3"))
        if section.page_numbers and section.start not in (None, rule.start):
            faults.append(Fault(f"số trang bắt đầu từ {section.start}, phải bắt đầu từ {rule.start}", str(section.start), str(rule.start)))
        new = [fault for fault in dict.fromkeys(faults) if fault.what not in told]
        told.update(fault.what for fault in new)
        findings.tell("page_number", "Số trang" if len(sections) == 1 else f"Số trang, {place_of(section, len(sections)).lower()}", new)


def _place(section: Section) -> Iterator[Fault]:
    if any(not each.top for each in section.page_numbers):
        yield Fault("đặt ở chân trang, phải đặt ở lề trên", "chân trang", "lề trên")
    if any(each.top and not each.centred for each in section.page_numbers):
        yield Fault("phải đặt giữa lề trên", "", "giữa")
    if section.number == 0 and section.page_numbers:
        shown = any(each.pages == "first" for each in section.page_numbers) if section.own_first_page else True
        if shown:
            yield Fault("hiện ở trang thứ nhất, phải bỏ (đánh dấu Different First Page)", "có", "không")


def _looks(number: PageNumber, rules: DocumentRules) -> Iterator[Fault]:
    size, sizes = number.format.size, rules.page_number.sizes
    if not within(size, sizes):
        yield Fault(f"cỡ chữ {points(size)}, phải là {span_of(sizes)}", points(size), span_of(sizes))
    if number.format.italic:
        yield Fault("phải là kiểu chữ đứng", "nghiêng", "đứng")
