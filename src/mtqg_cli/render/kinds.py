"""What a template's expressions give, as far as it can be told before any data is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from mtqg_cli.core.report import Field
from mtqg_cli.render.environment import LOOP_NAMES
from mtqg_cli.render.view import CHART_NAMES
from mtqg_cli.render.views import DATE_NAMES, FIGURE_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = Field("", "text")
NUMBER = Field("", "number")
FLAG = Field("", "flag")
LOOP = Field("loop", "loop")
_MEMBERS = {"figure": FIGURE_NAMES, "date": DATE_NAMES, "chart": CHART_NAMES, "loop": LOOP_NAMES}
KIND_NAMES = {"record": "một nhóm thông tin", "list": "một danh sách", "flag": "một điều kiện", "chart": "một biểu đồ", "loop": "một vòng lặp"}
#: What a filter asks for, in words.
NEEDED = {"figure": "số liệu", "list": "danh sách", "number": "số thứ tự", "text": "chữ"}
#: What has no single printed form to compare or to look for.
NOT_COMPARED = frozenset({"figure", "record", "list", "date", "chart", "loop"})
#: Filters whose result is no text.
RESULTS = {"length": NUMBER}

#: A name whose kind could not be told, because of a fault that is reported elsewhere.
UNKNOWN = Field("", "")


def members_of(field: Field) -> Mapping[str, Field]:
    """What may stand after the dot."""
    if field.kind == "record":
        return field.fields
    return {name: Field("", kind) for name, kind in _MEMBERS.get(field.kind, {}).items()}


def element_of(field: Field) -> Field | None:
    """What a list holds: records, or texts where it names no fields; None for what is no list."""
    if field.kind == "":
        return UNKNOWN
    if field.kind != "list":
        return None
    return Field(field.label, "record", field.fields) if field.fields else TEXT


def written(node: nodes.Node) -> str:
    """A name with its attributes as the author wrote it."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{written(node.node)}[…]"
    if isinstance(node, nodes.Filter) and node.node is not None:
        return f"{written(node.node)}|{node.name}"
    return repr(node.value) if isinstance(node, nodes.Const) else "…"
