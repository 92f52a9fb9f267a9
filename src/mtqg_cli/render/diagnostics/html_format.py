"""Findings as one page for a browser: sorted, filtered and printed there, without a network; plain and whole without scripts."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.core.visible import inert
from mtqg_cli.reference.unit import workbook_names
from mtqg_cli.render.diagnostics.counting import brings, counts, folded, in_words, most_frequent, seen_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.render.diagnostics.outcome import Outcome

#: A shape beside the word: nobody has to tell red from amber.
_MARKS = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.NOTE: "○"}
_RANKS = {severity: index for index, severity in enumerate(Severity)}


def render(outcome: Outcome, headlines: Mapping[str, str], made: date | None) -> str:
    """The page; `headlines` are the rules' by code, `made` is the day that stands in its head, if any does."""
    style, script = _shipped("page.css"), _shipped("page.js")
    environment = Environment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_finalize)
    template = environment.from_string(_shipped("page.html"))
    return template.render(
        style=Markup(style),  # noqa: S704 - shipped with the program
        script=Markup(script),  # noqa: S704 - shipped with the program
        style_hash=_hash(style),
        script_hash=_hash(script),
        made=format_date(made) if made is not None else None,
        **_head(outcome),
        **_table(outcome, headlines),
    )


def _shipped(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> Markup:
    """How the page's own policy knows what it may run: nothing that a cell smuggles in has this hash."""
    return Markup(f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}")  # noqa: S704 - letters of base64


def _finalize(value: Any) -> Any:
    return inert(value) if type(value) is str else value


def _codes(outcome: Outcome) -> dict[str, str]:
    """Each file's unit by code: what it says itself, or for one that could not be read the unit whose workbook has that name."""
    named = {name: code for code, name in workbook_names(outcome.unit, tuple(outcome.communes)).items()}
    return {status.file: status.unit or named.get(status.file, "") for status in outcome.files}


def _silent(outcome: Outcome) -> list[Unit]:
    """The units that have sent nothing at all, not even a file that cannot be read."""
    heard = set(_codes(outcome).values())
    return [each for each in outcome.missing if each.code not in heard]


def _head(outcome: Outcome) -> dict[str, Any]:
    numbers = counts(outcome.diagnostics)
    names = {each.code: each.name for each in (*outcome.communes, outcome.unit)}
    return {
        "unit": outcome.unit.name,
        "period": outcome.period.label,
        "as_of": format_date(outcome.period.as_of),
        "checked": len(outcome.files),
        "numbers": {severity.value: number for severity, number in numbers.items()},
        "brought": sum(1 for each in outcome.diagnostics for _ in folded(each)),
        "told": in_words(numbers),
        "asks_for_all": outcome.asks_for_all,
        "missing": [each.name for each in _silent(outcome)],
        "excused": [{"name": names.get(code, code), "reason": why} for code, why in outcome.excused.items()],
        "overview": _overview(outcome, names),
    }


def _overview(outcome: Outcome, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """A line a file in the order of the units, and one for each unit that has sent none."""
    rank = {code: index for index, code in enumerate(names)}
    codes, lines = _codes(outcome), []
    for status in outcome.files:
        own = [each for each in outcome.diagnostics if each.location.file == status.file]
        numbers = counts(own)
        line = {
            "unit": names.get(codes[status.file], status.file),
            "file": status.file,
            "errors": numbers[Severity.ERROR],
            "warnings": numbers[Severity.WARNING],
            "frequent": ", ".join(f"{code} ({times})" for code, times in most_frequent(own, 2)),
        }
        lines.append((rank.get(codes[status.file], len(rank)), line))
    lines += [(rank.get(each.code, len(rank)), {"unit": each.name, "file": "", "frequent": "", "errors": 0, "warnings": 0}) for each in _silent(outcome)]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _table(outcome: Outcome, headlines: Mapping[str, str]) -> dict[str, Any]:
    names = {each.code: each.name for each in (*outcome.communes, outcome.unit)}
    unit_of = {file: names.get(code, file) for file, code in _codes(outcome).items()}
    rows = [_row(each, unit_of.get(each.location.file, each.location.file), headlines) for each in outcome.diagnostics]
    codes = sorted({code for row in rows for code in row["codes"].split()})
    present = {row["severity"] for row in rows}
    named = list(dict.fromkeys(row["unit"] for row in rows))
    rank = {name: index for index, name in enumerate(names.values())}
    return {
        "rows": rows,
        "units": sorted(named, key=lambda name: rank.get(name, len(rank))),
        "rules": [{"code": code, "headline": headlines.get(code, "")} for code in codes],
        "severities": [{"id": each.value, "label": each.label} for each in Severity if each.value in present],
    }


def _row(each: Diagnostic, unit: str, headlines: Mapping[str, str]) -> dict[str, Any]:
    here = each.location
    below = list(folded(each))
    told = brings(each)
    return {
        **_finding(each),
        "rank": str(_RANKS[each.severity]),
        "codes": " ".join(dict.fromkeys([each.code, *(other.code for other in below)])),
        "unit": unit,
        "file": here.file,
        "sheet": here.sheet or "",
        "cell": here.cell or (f"dòng {here.row}" if here.row else ""),
        "place": f"{here.row or 0:07}{here.column or 0:05}",
        "headline": headlines.get(each.code, ""),
        "related": ", ".join(seen_from(here, place) for place in each.related),
        "brings": told[:1].upper() + told[1:],
        "brought": [{**_finding(other), "place": seen_from(here, other.location)} for other in below],
    }


def _finding(each: Diagnostic) -> dict[str, str]:
    label = each.severity.label
    return {
        "severity": each.severity.value,
        "label": label[:1].upper() + label[1:],
        "mark": _MARKS[each.severity],
        "code": each.code,
        "message": each.message,
        "hint": each.hint,
    }
