"""The one environment in which templates run: sandboxed, strict, escaping, with a short list of filters; it reads no data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from mtqg_cli.render.filters import PHRASE_FILTERS, PHRASE_NEEDS
from mtqg_cli.render.printing import list_names
from mtqg_cli.render.views import FigureView, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2.runtime import Context

#: What `loop` offers inside {% for %}: name → kind of `core.report.Field`.
LOOP_NAMES = {
    "index": "number",
    "index0": "number",
    "revindex": "number",
    "revindex0": "number",
    "first": "flag",
    "last": "flag",
    "length": "number",
}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ENDS = " .;,:"


class Environment(SandboxedEnvironment):
    """Templates print, choose and repeat. They do not compute, call or look inside."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the sandbox's signature
        """Only the names that a view declares, and those of `loop`."""
        names = LOOP_NAMES if isinstance(obj, LoopContext) else obj.names if isinstance(obj, View) else ()
        return attr in names

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 - the sandbox's signature
        """Nothing may be called."""
        return False

    def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002 - the sandbox's signature
        """The sandbox would let str.format through in a wrapping of its own."""
        return

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> NoReturn:  # noqa: ARG002 - the sandbox's signature
        """Figures are computed before they come here, with their sources."""
        message = f"không tính toán trong mẫu (phép {operator})"
        raise SecurityError(message)


def make_environment() -> Environment:
    """The environment; every document is rendered and every template checked in one of these."""
    environment = Environment(undefined=StrictUndefined, autoescape=True, optimized=False)  # most templates are filled once
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(FILTERS)
    return environment


def in_table(value: object) -> object:
    """For table cells: the bare number without leading zero and %, "…" where there is no data."""
    return value.in_table if isinstance(value, FigureView) else value


def join(values: Iterable[object], separator: str = ", ") -> str:
    """Texts one after the other; empty ones are passed over, so that a list may hold parts that need not be there."""
    return separator.join(text for each in values if (text := str(each)))


def listed(values: Iterable[object]) -> str:
    """Names as a sentence has them: xã A, B và C."""
    return list_names(str(each) for each in values)


def capital(text: object) -> str:
    """The first letter as at the beginning of a sentence; the others stay."""
    words = str(text)
    return words[:1].upper() + words[1:]


def bare_end(text: object) -> str:
    """Without the full stop or semicolon at its end: the template sets its own."""
    return str(text).strip().rstrip(_ENDS)


def sentence(text: object) -> str:
    """With a capital at its beginning and a mark at its end, whatever a unit has written."""
    words = capital(str(text).strip())
    if words.endswith(("…", "...", "!", "?")):
        return words
    return f"{words.rstrip(_ENDS)}." if words else ""


def roman(number: int) -> str:
    """I, II, III … for the rows of a table."""
    letters = ""
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        letters += letter * count
    return letters


#: The filters of templates; `lint` refuses every other name.
FILTERS: dict[str, Callable[..., Any]] = {
    **{name: JINJA_FILTERS[name] for name in ("first", "last", "length", "lower", "trim", "upper")},
    "bo_dau_cuoi": bare_end,
    "cau": sentence,
    "hoa_dau": capital,
    "join": join,
    "la_ma": roman,
    "liet_ke": listed,
    "trong_bang": in_table,
    **PHRASE_FILTERS,
}
#: Filters that work on one kind of value only (of `core.report.Field`); the others take whatever can be printed.
FILTER_NEEDS = {"first": "list", "join": "list", "la_ma": "number", "last": "list", "length": "list", "liet_ke": "list", **PHRASE_NEEDS}
