"""The rules: one file each, found by walking the folders; the name is the file's, the manual is the docstring."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import mtqg_cli.validate.rules
from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.visible import inert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mtqg_cli.core.location import Location
    from mtqg_cli.reference.form import Form

Scope = Literal["file", "sheet", "cell", "row", "table", "batch", "findings"]
SCOPES: tuple[Scope, ...] = ("file", "sheet", "cell", "row", "table", "batch", "findings")
#: Where findings of one rule have one cause: the file was made in a wrong way, the whole column was.
Once = Literal["", "file", "sheet", "column"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before its code and severity are put to it; `severity` overrides the rule's own.

    `remedies`: cells with what would have to be added to one of them alone to make the finding vanish.
    """

    location: Location
    message: str
    hint: str = ""
    found: str | None = None
    expected: str | None = None
    related: tuple[Location, ...] = ()
    severity: Severity | None = None
    remedies: tuple[tuple[Location, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: code, name (its file's), scope (its folder's), severity, the function, and its manual in Vietnamese.

    `doubts`: it doubts the number that stands in the cell, so that what the number brings about elsewhere follows from it.
    `once`: findings of this rule in one file, or in one column of a sheet, are told as one with the others under it.
    What a rule looks at, all of it if nothing is said: `signs` (cells by `Cell.sign`), `types` (cells by the type of their quantity),
    `formulas` (cells with one), `forms` (rows and tables of forms of which this is true). They only spare calls: the rule itself still looks closely.
    """

    code: str
    severity: Severity
    check: Callable[[Any], Iterable[Finding]]
    once: Once = ""
    doubts: bool = False
    signs: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    formulas: bool = False
    forms: Callable[[Form], object] | None = None
    name: str = ""
    scope: Scope = "cell"

    @property
    def manual(self) -> str:
        """What is wrong, why it matters, what to do."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def headline(self) -> str:
        """The manual's first line."""
        return self.manual.split("\n", 1)[0]

    def run(self, context: Any) -> list[Diagnostic]:
        """The findings of the rule on what it looks at."""
        return [self.told(each) for each in self.check(context)]

    def told(self, each: Finding) -> Diagnostic:
        """A finding under the rule's code; what it quotes can do no harm wherever it is shown."""
        found, expected = (inert(text) if text is not None else None for text in (each.found, each.expected))
        return Diagnostic(
            self.code,
            each.severity or self.severity,
            each.location,
            inert(each.message),
            inert(each.hint),
            found,
            expected,
            each.related,
            remedies=each.remedies,
        )


def rule(code: str, severity: Severity = Severity.ERROR, **about: Any) -> Callable[[Callable[[Any], Iterable[Finding]]], Rule]:
    """Makes a function the rule of its file; `about` it: `once`, `doubts`, `signs`, `types`, `formulas`, `forms`."""
    for name in {"signs", "types"} & about.keys():
        about[name] = frozenset(about[name])
    return lambda check: Rule(code, severity, check, **about)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their codes."""
    found = [_rule_of(scope, module.name) for scope in SCOPES for module in pkgutil.iter_modules([f"{mtqg_cli.validate.rules.__path__[0]}/{scope}"])]
    return tuple(sorted(found, key=lambda each: each.code))


@cache
def rules_of(scope: Scope) -> tuple[Rule, ...]:
    """The rules of one scope."""
    return tuple(each for each in rules() if each.scope == scope)


@cache
def cell_rules(sign: str, kind: str, formula: bool) -> tuple[Rule, ...]:  # noqa: FBT001 - the cache's key
    """The rules that look at a cell with this sign in a column of this type, with or without a formula."""
    found = (each for each in rules_of("cell") if formula or not each.formulas)
    return tuple(each for each in found if (not each.signs or sign in each.signs) and (not each.types or kind in each.types))


def form_rules(scope: Literal["row", "table"], form: Form) -> tuple[Rule, ...]:
    """The rules of a scope that look at a form."""
    return tuple(each for each in rules_of(scope) if each.forms is None or each.forms(form))


def _rule_of(scope: Scope, name: str) -> Rule:
    module = importlib.import_module(f"mtqg_cli.validate.rules.{scope}.{name}")
    found: Rule = getattr(module, name)
    return replace(found, name=name, scope=scope)
