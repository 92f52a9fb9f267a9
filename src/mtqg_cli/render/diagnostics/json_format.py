"""Findings as JSON for other programs; the keys are a contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.render.diagnostics.counting import counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.location import Location
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.submission import FileStatus
    from mtqg_cli.core.unit import Unit


def render(unit: Unit, period: Period, files: Sequence[FileStatus], missing: Sequence[Unit], diagnostics: Sequence[Diagnostic]) -> str:
    """The document of `validate --format json`."""
    document = {
        "period": str(period),
        "unit": {"code": unit.code, "name": unit.name},
        "files": [_file(each, diagnostics) for each in files],
        "missing": [each.code for each in missing],
        "diagnostics": [_diagnostic(each) for each in diagnostics],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def render_documents(files: Sequence[FileStatus], diagnostics: Sequence[Diagnostic]) -> str:
    """The document of `check-format --format json`: files and findings as there, without what only submitted workbooks have."""
    listed = [{key: value for key, value in _file(each, diagnostics).items() if key != "unit"} for each in files]
    return json.dumps({"files": listed, "diagnostics": [_diagnostic(each) for each in diagnostics]}, ensure_ascii=False, indent=1)


def _file(status: FileStatus, diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    own = counts(each for each in diagnostics if each.location.file == status.file)
    return {
        "file": status.file,
        "sha256": status.sha256,
        "unit": status.unit,
        "errors": own[Severity.ERROR],
        "warnings": own[Severity.WARNING],
    }


def _diagnostic(each: Diagnostic) -> dict[str, Any]:
    return {
        "code": each.code,
        "severity": each.severity.value,
        **_location(each.location),
        "message": each.message,
        "hint": each.hint,
        "found": each.found,
        "expected": each.expected,
        "related": [_location(place) for place in each.related],
        "consequences": [_diagnostic(brought) for brought in each.consequences],
    }


def _location(place: Location) -> dict[str, str | None]:
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell}
