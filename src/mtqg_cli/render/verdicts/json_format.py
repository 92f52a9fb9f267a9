"""Verdicts on delivered files as JSON for other programs; the keys are a contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mtqg_cli.render.standing.words import change_text
from mtqg_cli.render.verdicts.text_format import conclusion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.core.verdict import InputChange, Verdict


def render(verdicts: Sequence[Verdict]) -> str:
    """The document of `verify --format json`; `holds` is null where it cannot be told."""
    return json.dumps({"files": [_verdict(each) for each in verdicts]}, ensure_ascii=False, indent=1)


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "file": str(verdict.path),
        "holds": verdict.holds,
        "conclusion": conclusion(verdict),
        "copy_of": verdict.of or None,
        "draft": verdict.draft,
        "answers": [
            {"question": each.question, "holds": each.holds, "told": each.told, **({"inputs": [_input(one) for one in each.inputs]} if each.inputs else {})}
            for each in verdict.answers
        ],
    }


def _input(change: InputChange) -> dict[str, Any]:
    changes = None if change.changes is None else [change_text(each) for each in change.changes]
    return {"file": change.file, "change": change.kind, "changes": changes}
