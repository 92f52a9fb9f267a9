"""How optional parts are put together in a template: clauses joined by a separator, paragraphs that appear only with data."""

from __future__ import annotations

import re

_TAG = re.compile(r"\{\{ (.*?) \}\}")


def joined(separator: str, *clauses: tuple[str, str]) -> str:
    """One tag that prints those of the clauses (condition, text with {{ … }}) whose condition holds, with the separator between them."""
    parts = [f"({_expression(text)}) if {condition} else ''" for condition, text in clauses]
    return f"{{{{ [{', '.join(parts)}]|join('{separator}') }}}}"


def _expression(text: str) -> str:
    """Text with tags in it as one expression: 'abc {{ x }}' → 'abc ' ~ x."""
    pieces = _TAG.split(text)
    return " ~ ".join(piece if index % 2 else f"'{piece}'" for index, piece in enumerate(pieces) if index % 2 or piece)


def where(condition: str, *lines: str) -> str:
    """Paragraphs that appear only where a condition holds."""
    return "\n".join((f"{{%p if {condition} %}}", *lines, "{%p endif %}"))


def any_of(*names: str) -> str:
    """The condition that one of some figures is there and not zero."""
    return " or ".join(f"{name}.khac_khong" for name in names)
