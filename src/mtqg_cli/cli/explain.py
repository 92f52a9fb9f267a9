"""`mtqg explain`: what a rule or an indicator means."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.listing_words import LOOKED_AT
from mtqg_cli.cli.options import ProjectOption, book_at_hand
from mtqg_cli.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.reference.indicator import IndicatorEntry, Wanted
    from mtqg_cli.validate.registry import Rule

_WHEN = {"nam-truoc": "năm trước", "cung-ky": "cùng kỳ năm trước"}


def explain(
    name: Annotated[str, typer.Argument(metavar="MÃ", help="Mã quy tắc (R201) hoặc mã chỉ tiêu (ho_ngheo_dau_ky).")],
    project: ProjectOption = None,
) -> int:
    """Giải thích một quy tắc kiểm tra hoặc một chỉ tiêu: là gì, vì sao, cách xử lý hoặc cách tính."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.core.vietnamese import closest  # noqa: PLC0415
    from mtqg_cli.reference.codes import CODES, severity_of  # noqa: PLC0415
    from mtqg_cli.validate.registry import rules  # noqa: PLC0415

    rule = next((each for each in rules() if name.upper() == each.code or name == each.name), None)
    if rule is not None:
        console.out(_rule(rule) + _example(rule.code))
        return 0
    if name.upper() in CODES:
        paragraphs = [fill(part, 80, break_long_words=False) for part in CODES[name.upper()]]
        console.out("\n".join([f"{name.upper()} ({severity_of(name.upper()).label})", *paragraphs, *_basis(name.upper())]) + _example(name.upper()))
        return 0
    indicators = book_at_hand(project).indicators
    if name in indicators:
        console.out(_indicator(indicators[name]))
        return 0
    near = closest(name, {key: key for key in (*indicators, *(each.code for each in rules()), *CODES)})
    message = f"Không có quy tắc hoặc chỉ tiêu “{name}”."
    hint = f"Có phải là {', '.join(near)}?" if near else "Xem danh sách: mtqg list rules, mtqg list indicators."
    raise MtqgError(message, hint, exit_code=2)


def _rule(rule: Rule) -> str:
    paragraphs = [fill(" ".join(part.split()), 80, break_long_words=False) for part in rule.manual.split("\n\n")]
    return "\n".join([f"{rule.code} ({rule.severity.label}, kiểm tra {LOOKED_AT[rule.scope]})", *paragraphs])


def _basis(code: str) -> list[str]:
    """Where a provision on documents was read."""
    from mtqg_cli.reference.document_rules import basis_of  # noqa: PLC0415

    return [fill(each, 80, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) for each in basis_of(code)]


def _example(code: str) -> str:
    """A message of the rule as `mtqg validate` shows it, where one is known."""
    from mtqg_cli.reference.examples import examples  # noqa: PLC0415

    example = examples().get(code)
    if example is None:
        return ""
    label = Severity(example["severity"]).label
    told = fill(f"{label} {code} {example['place']}: {example['message']}", 80, initial_indent="  ", subsequent_indent="    ")
    hint = fill(f"→ {example['hint']}", 80, initial_indent="    ", subsequent_indent="      ")
    return "\n".join(["\nVí dụ:", told, *([hint] if example["hint"] else [])])


def _indicator(entry: IndicatorEntry) -> str:
    from mtqg_cli.reference.measures import measures  # noqa: PLC0415

    lines = [f"{entry.id}: {entry.label} ({entry.unit})"]
    lines += [fill(text, 80) for text in (entry.description, measures()[entry.measure].manual) if text]
    about = {
        "Lấy từ": ", ".join(entry.inputs) or entry.dataset,
        "Tử số": entry.numerator,
        "Mẫu số": entry.denominator,
        "Số bị trừ": entry.minuend,
        "Số trừ": entry.subtrahend,
        "Các phần": ", ".join(entry.parts),
        "So sánh theo": entry.among,
        "Trọng số": entry.weight,
        "Số của kỳ khác": f"{entry.of}, {_WHEN[entry.when]}" if entry.when else "",
        "Kế hoạch": ", ".join(entry.plans.values()),
        "Một trong": ", ".join(f"{each} ({choice})" for choice, each in entry.result.items()),
        "Tính trên": entry.base,
        "Điều kiện": _rows_with(entry.where),
        "Bỏ các dòng": _rows_with(entry.leaving_out),
        "Căn cứ": entry.basis,
    }
    lines += [fill(f"{title}: {text}", 80, subsequent_indent="  ") for title, text in about.items() if text]
    return "\n".join(lines)


def _rows_with(wanted: Mapping[str, Wanted]) -> str:
    return ", ".join(f"{field} = {' hoặc '.join(value) if isinstance(value, tuple) else value}" for field, value in wanted.items())
