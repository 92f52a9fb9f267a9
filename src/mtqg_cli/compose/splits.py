"""What a split is called where a person reads it in a table: the names that stand in the forms, not the ids. What templates show is not its matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.compose.values import split_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.reference.request import Request

_KINDS = {"du_an": "dự án", "tieu_du_an": "tiểu dự án", "noi_dung": "nội dung", "hop_phan": "hợp phần"}
#: The columns of forms whose choices are the values of a split, with their dataset.
_CHOICES = {"source": "von", "kind": "von", "type": "cong-trinh"}


def split_label(request: Request, by: Mapping[str, str]) -> str:
    """All values of a split by their names, in its order; one that has no name stays as it is."""
    names = split_names(request)
    return ", ".join(_project(request, by, field) or _choice(request, field, value) or names.get(value, value) for field, value in by.items())


def _project(request: Request, by: Mapping[str, str], field: str) -> str:
    """A dự án by its code, which means something only within its programme; a whole one is told from its own lines."""
    programme = request.book.programmes.get(by.get("programme", "")) if field in ("project", "project_group") else None
    kinds = {each.code: _KINDS[each.kind] for each in programme.projects} if programme is not None else {}
    code = by[field]
    return f"{'cả ' if field == 'project_group' else ''}{kinds[code]} {code}" if code in kinds else ""


def _choice(request: Request, field: str, value: str) -> str:
    forms = (form for form in request.book.forms.values() if form.data == _CHOICES.get(field))
    choices = (choice for form in forms if (quantity := form.quantity(field)) is not None for choice in quantity.choices)
    return next((next(iter(choice.aliases), choice.label) for choice in choices if choice.id == value), "")
