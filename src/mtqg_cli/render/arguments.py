"""What stands in a filter's brackets, checked before any data is read; what stands before a filter is `lint`'s own matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from mtqg_cli.core.vietnamese import closest
from mtqg_cli.render.filters import ARGUMENTS
from mtqg_cli.render.kinds import NEEDED, element_of
from mtqg_cli.render.phrases.amounts import ROUNDING_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.core.report import Field

_EXAMPLES = {
    "den": "{{ a|den(b) }}",
    "den_muc": "{{ ho_ngheo_giam|den_muc('hộ nghèo') }}",
    "doan": "{{ a|doan(b) }}",
    "join": "{{ danh_sach|join('; ') }}",
    "ke_hoach": "{{ cap_giao|ke_hoach('ty_le_ke_hoach_ho_ngheo') }}",
    "lam_tron": "{{ ty_le_giai_ngan|lam_tron(0) }}",
    "noi_sau": "{{ x.so_sanh|noi_sau(', ') }}",
}
_NEEDED = {**NEEDED, "number": "số"}


class Fault(NamedTuple):
    """What is wrong with an argument: `unknown` names are D101, the others D102."""

    unknown: bool
    message: str
    hint: str


def argument_faults(node: nodes.Filter, source: Field, given: Sequence[Field]) -> Iterator[Fault]:
    """The faults of a filter's arguments: too few, too many, of another kind, or a name that the list does not have."""
    wanted = ARGUMENTS.get(node.name, ())
    hint = f"Viết như sau: {_EXAMPLES[node.name]}." if node.name in _EXAMPLES else f"Viết {{{{ …|{node.name} }}}}, không có ngoặc."
    least = sum(not each.endswith("?") for each in wanted)
    if not least <= len(given) <= len(wanted):
        yield Fault(unknown=False, message=f"bộ lọc “{node.name}” có {len(given)} mục trong ngoặc, không đúng", hint=hint)
        return
    for each, kind, argument in zip(wanted, given, node.args, strict=False):
        if each == "element":
            yield from _element_fault(node, source, argument, hint)
        elif kind.kind not in ("", each.removesuffix("?")):
            words = _NEEDED[each.removesuffix("?")]
            yield Fault(unknown=False, message=f"trong ngoặc của bộ lọc “{node.name}” phải là {words}", hint=hint)
        elif node.name == "lam_tron" and isinstance(argument, nodes.Const) and isinstance(argument.value, str) and argument.value not in ROUNDING_WORDS:
            yield Fault(unknown=False, message=f"bộ lọc “lam_tron” chỉ nhận các từ: {', '.join(ROUNDING_WORDS)}", hint=hint)


def _element_fault(node: nodes.Filter, source: Field, argument: nodes.Expr, hint: str) -> Iterator[Fault]:
    element = element_of(source)
    if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
        yield Fault(unknown=False, message=f"trong ngoặc của bộ lọc “{node.name}” phải là tên một số liệu, giữa hai dấu nháy", hint=hint)
        return
    figures = {name for name, field in element.fields.items() if field.kind == "figure"} if element is not None else set()
    if element is not None and element.kind and argument.value not in figures:
        near = closest(argument.value, {name: name for name in figures}, 1)
        message = f"danh sách trước bộ lọc “{node.name}” không có số liệu “{argument.value}”"
        yield Fault(unknown=True, message=message, hint=f"Có phải là “{near[0]}”?" if near else hint)
