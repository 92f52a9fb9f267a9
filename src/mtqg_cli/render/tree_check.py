"""A parsed template against the names that it may use: what each of them is, and whether it can stand where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from mtqg_cli.core.report import Field
from mtqg_cli.core.vietnamese import closest
from mtqg_cli.render.arguments import argument_faults
from mtqg_cli.render.environment import FILTER_NEEDS, FILTERS
from mtqg_cli.render.kinds import FLAG, KIND_NAMES, LOOP, NEEDED, NOT_COMPARED, NUMBER, RESULTS, TEXT, UNKNOWN, element_of, members_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_NAMES_HINT = "Các tên dùng được: mtqg list indicators."
_LIST_HINT = "Danh sách: {% for x in … %} hoặc bộ lọc liet_ke, join; nhóm thông tin: in từng mục của nó; điều kiện: {% if … %}."
_CHART_HINT = "Để {{ tên biểu đồ }} một mình trong một đoạn, ngoài bảng, đầu trang và chân trang; điều kiện viết ở đoạn riêng: {%p if tên.co %}."

Scope = dict[str, Field]


class TreeCheck:
    """Walks through a tree.

    `report` is told each fault: line, code, the name that it is about, message, hint. `stands_alone` says of a printed chart
    whether it has its paragraph to itself.
    """

    def __init__(self, fields: Mapping[str, Field], report: Callable[[int, str, str, str, str], None], stands_alone: Callable[[nodes.Node], bool]) -> None:
        self.fields = fields
        self.report = report
        self.stands_alone = stands_alone

    # Statements -----------------------------------------------------------------------------------------------------

    def check(self, statements: Iterable[nodes.Node], scope: Scope) -> None:
        """Statements one after the other; `scope` are the names that were given on the way."""
        for statement in statements:
            if isinstance(statement, nodes.Output):
                for each in statement.nodes:
                    self._printed(each, scope)
            elif isinstance(statement, nodes.If):
                self._if(statement, scope)
            elif isinstance(statement, nodes.For):
                self._for(statement, scope)
            elif isinstance(statement, nodes.Assign):
                self._assign(statement, scope)
            else:
                self._refuse(statement, "thẻ", "không dùng được thẻ này", "Chỉ có các thẻ if, elif, else, endif, for, endfor, set.")

    def _printed(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        kind = self._kind(node, scope).kind
        if kind == "chart" and self.stands_alone(node):
            return
        if kind == "chart":
            self._refuse(node, written(node), f"biểu đồ “{written(node)}” không đứng một mình trong một đoạn của phần thân", _CHART_HINT)
        elif kind in KIND_NAMES:
            self._refuse(node, written(node), f"“{written(node)}” là {KIND_NAMES[kind]}, không in ra được", _LIST_HINT)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        """A name set in a branch is known afterwards only if every branch sets it."""
        self._condition(node.test, scope)
        branches = [dict(scope)]
        self.check(node.body, branches[0])
        for each in node.elif_:
            self._condition(each.test, scope)
            branches.append(dict(scope))
            self.check(each.body, branches[-1])
        branches.append(dict(scope))
        self.check(node.else_, branches[-1])
        scope.update({name: kind for name, kind in branches[0].items() if all(name in branch for branch in branches)})

    def _condition(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.And | nodes.Or):
            self._condition(node.left, scope)
            self._condition(node.right, scope)
        elif isinstance(node, nodes.Not):
            self._condition(node.node, scope)
        elif (kind := self._kind(node, scope).kind) in ("figure", "record", "chart"):
            name = written(node)
            hint = f"Dùng {name}.co (có số liệu){f' hoặc {name}.khac_khong (có số liệu và khác 0)' if kind != 'chart' else ''}."
            self._refuse(node, name, f"“{name}” không phải là điều kiện", hint)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        element = element_of(self._kind(node.iter, scope))
        if element is None:
            name = written(node.iter)
            self._refuse(node, name, f"“{name}” không phải là danh sách", "Sau từ khóa “in” phải là tên một danh sách, ví dụ {% for x in cac_xa %}.")
        if not isinstance(node.target, nodes.Name):
            self._refuse(node, "for", "{% for %} chỉ nhận một tên", "Viết {% for x in tên_danh_sách %}.")
            return
        self._new_name(node, node.target.name)
        inner = {**scope, node.target.name: element or UNKNOWN, "loop": LOOP}
        if node.test is not None:
            self._condition(node.test, inner)
        self.check(node.body, dict(inner))
        self.check(node.else_, dict(scope))

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        kind = self._kind(node.node, scope)
        if not isinstance(node.target, nodes.Name):
            self._refuse(node, "set", "{% set %} chỉ nhận một tên", "Viết {% set tên = … %}.")
        elif self._new_name(node, node.target.name):
            scope[node.target.name] = kind

    def _new_name(self, node: nodes.Node, name: str) -> bool:
        """Whether a name may be given: what stands under a name of the report would no longer be what was reckoned."""
        taken = self.fields.get(name)
        if taken is not None:
            what = "một số liệu" if taken.kind == "figure" else "một tên có sẵn"
            self._refuse(node, name, f"“{name}” đã là {what} của báo cáo, không đặt lại trong mẫu được", f"Đặt tên khác, ví dụ {name}_rieng.")
        return taken is None

    # Expressions ----------------------------------------------------------------------------------------------------

    def _kind(self, node: nodes.Node, scope: Scope) -> Field:
        """What an expression gives; faults inside are reported on the way."""
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._attribute(node, node.attr, scope)
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope)
        if isinstance(node, nodes.CondExpr):
            return self._choice(node, scope)
        return self._simple(node, scope)

    def _name(self, node: nodes.Name, scope: Scope) -> Field:
        known = scope.get(node.name) or self.fields.get(node.name)
        if known is None:
            names = {name: f"{name} ({field.label})" for name, field in self.fields.items()} | dict.fromkeys(scope, "")
            self._unknown(node, node.name, f"không có tên “{node.name}”", {name: shown or name for name, shown in names.items()})
        return known or UNKNOWN

    def _attribute(self, node: nodes.Getattr | nodes.Getitem, name: str, scope: Scope) -> Field:
        owner = self._kind(node.node, scope)
        if owner.kind == "":
            return UNKNOWN
        members = members_of(owner)
        if name not in members:
            full = f"{written(node.node)}.{name}"
            shown = {each: f"{written(node.node)}.{each}" for each in members}
            self._unknown(node, full, f"“{written(node.node)}” không có mục “{name}”", shown, name)
        return members.get(name, UNKNOWN)

    def _item(self, node: nodes.Getitem, scope: Scope) -> Field:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._attribute(node, node.arg.value, scope)
        self._kind(node.node, scope)
        hint = "Đi qua danh sách bằng {% for x in … %}: số phần tử mỗi kỳ một khác."
        self._refuse(node, written(node), f"“{written(node)}”: không lấy phần tử theo vị trí trong mẫu", hint)
        return UNKNOWN

    def _filter(self, node: nodes.Filter, scope: Scope) -> Field:
        source = self._kind(node.node, scope) if node.node is not None else UNKNOWN
        given = [self._kind(each, scope) for each in node.args]
        if node.name not in FILTERS:
            near = closest(node.name, {name: name for name in FILTERS})
            hint = f"Các bộ lọc dùng được: {', '.join(sorted(FILTERS))}."
            self._refuse(node, node.name, f"không dùng được bộ lọc “{node.name}”", f"Có phải là “{near[0]}”? {hint}" if near else hint)
            return UNKNOWN
        if node.kwargs:
            key = node.kwargs[0].key
            self._refuse(node, node.name, f"bộ lọc “{node.name}” không nhận “{key} = …”", f"Ghi thẳng giá trị, không ghi tên: {node.name}(…).")
            return UNKNOWN
        self._filtered(node, source)
        for fault in argument_faults(node, source, given):
            self.report(node.lineno, "D101" if fault.unknown else "D102", written(node), fault.message, fault.hint)
        if node.name in ("first", "last"):
            return element_of(source) or UNKNOWN
        return RESULTS.get(node.name, TEXT)

    def _filtered(self, node: nodes.Filter, source: Field) -> None:
        """Whether what stands before a filter is what the filter works on."""
        name = written(node.node) if node.node is not None else ""
        needed = FILTER_NEEDS.get(node.name, "")
        element = element_of(source)
        if source.kind == "":
            return
        if needed and source.kind != needed:
            hint = f"“{name}” in thẳng: {{{{ {name} }}}}." if source.kind in ("figure", "text", "number", "date") else _LIST_HINT
            self._refuse(node, written(node), f"bộ lọc “{node.name}” chỉ dùng cho {NEEDED[needed]}, “{name}” không phải", hint)
        elif node.name in ("join", "liet_ke") and element is not None and element.kind == "record":
            self._refuse(node, written(node), f"bộ lọc “{node.name}” không dùng được cho danh sách các nhóm thông tin “{name}”", _LIST_HINT)
        elif not needed and source.kind in KIND_NAMES:
            self._refuse(node, written(node), f"“{name}” là {KIND_NAMES[source.kind]}, bộ lọc “{node.name}” không dùng được", _LIST_HINT)

    def _choice(self, node: nodes.CondExpr, scope: Scope) -> Field:
        self._condition(node.test, scope)
        kind = self._kind(node.expr1, scope)
        other = self._kind(node.expr2, scope) if node.expr2 is not None else kind
        return kind if kind.kind == other.kind else UNKNOWN

    def _simple(self, node: nodes.Node, scope: Scope) -> Field:
        if isinstance(node, nodes.Const | nodes.TemplateData):
            return NUMBER if isinstance(node, nodes.Const) and type(node.value) is int else TEXT
        if isinstance(node, nodes.And | nodes.Or | nodes.Not):
            self._condition(node, scope)
            words = isinstance(node, nodes.Or) and {self._kind(each, scope).kind for each in (node.left, node.right)} == {"text"}
            return TEXT if words else FLAG
        if isinstance(node, nodes.Compare):
            return self._compare(node, scope)
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr) and self._kind(child, scope).kind == "chart":
                self._refuse(child, written(child), f"biểu đồ “{written(child)}” không ghép với chữ khác được", _CHART_HINT)
        if isinstance(node, nodes.Concat):
            return TEXT
        if isinstance(node, nodes.List | nodes.Tuple):
            return Field("", "list")
        self._refuse(
            node, type(node).__name__, "không tính toán và không gọi hàm trong mẫu", "Số liệu phải được tính trước: thêm một chỉ tiêu trong indicators/."
        )
        return UNKNOWN

    def _compare(self, node: nodes.Compare, scope: Scope) -> Field:
        left = self._kind(node.expr, scope)
        for operand in node.ops:
            right = self._kind(operand.expr, scope)
            within = operand.op in ("in", "notin")
            if left.kind in NOT_COMPARED or (right.kind in NOT_COMPARED and not within):
                self._refuse(node, "so sánh", "không so sánh số liệu trong mẫu", "Dùng .duong, .am, .bang_khong, .khac_khong hoặc .co của số liệu đó.")
            elif within and (right.kind not in ("", "text", "period", "unit", "list") or right.fields):
                name = written(operand.expr)
                self._refuse(node, name, f"không tìm trong “{name}” được", "Sau “in” phải là một chuỗi chữ hoặc một danh sách các chuỗi chữ.")
            left = right
        return FLAG

    # Findings -------------------------------------------------------------------------------------------------------

    def _unknown(self, node: nodes.Node, full: str, message: str, shown: Mapping[str, str], name: str = "") -> None:
        near = closest(name or full, shown, 1)
        self.report(node.lineno, "D101", full, message, f"Có phải là “{near[0]}”?" if near else _NAMES_HINT)

    def _refuse(self, node: nodes.Node, name: str, message: str, hint: str) -> None:
        self.report(node.lineno, "D102", name, message, hint)
