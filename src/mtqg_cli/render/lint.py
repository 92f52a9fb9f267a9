"""A Word template checked before any data is read: every tag by itself, every name and attribute against the fields of reports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateSyntaxError

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.render.documents.paragraphs import Paragraph, read_parts
from mtqg_cli.render.documents.word_template import body_tree
from mtqg_cli.render.environment import make_environment
from mtqg_cli.render.kept import fetch, keep, name_of
from mtqg_cli.render.kinds import written
from mtqg_cli.render.tags import TagReader
from mtqg_cli.render.tree_check import TreeCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import nodes

    from mtqg_cli.core.report import Field

_QUOTED = 60


def lint(template: bytes, fields: Mapping[str, Field], file: str) -> tuple[Diagnostic, ...]:
    """All faults at once, in reading order, one per name and paragraph. D101: unknown name or attribute; D102: a tag that cannot be used."""
    name = name_of("soat", template, repr(fields).encode())
    if fetch(name) is not None:
        return ()
    found = _faults(template, fields, file)
    if not found:
        keep(name, b"")
    return found


def _faults(template: bytes, fields: Mapping[str, Field], file: str) -> tuple[Diagnostic, ...]:
    try:
        parts = read_parts(template)
    except ValueError as error:
        message = f"Không mở được tệp mẫu: đây không phải tệp Word (.docx) còn nguyên vẹn ({error})."
        return (Diagnostic("D102", Severity.ERROR, Location(file), message, "Lưu lại tệp mẫu từ Word rồi thử lại."),)
    body, *others = (_Part(paragraphs, fields, file) for paragraphs in parts)
    found = [] if body.is_clean(template) else body.faults()
    return (*found, *(each for part in others for each in part.faults()))


def lint_lines(lines: Iterable[str], fields: Mapping[str, Field], file: str, place: str) -> tuple[Diagnostic, ...]:
    """The same for a text that is no Word document, such as the declaration of a table."""
    paragraphs = tuple(Paragraph(number, line, place) for number, line in enumerate(lines, start=1))
    return tuple(_Part(paragraphs, fields, file).faults())


class _Doubtful(Exception):  # noqa: N818 - no error: what there is to tell is told elsewhere
    """There is something to tell."""


class _Part:
    """Checks one part; a header is filled in apart from the body and does not know the body's {% set %}."""

    def __init__(self, paragraphs: tuple[Paragraph, ...], fields: Mapping[str, Field], file: str) -> None:
        self.paragraphs = paragraphs
        self.fields = fields
        self.file = file
        self.found: dict[tuple[int, str, str], Diagnostic] = {}

    def is_clean(self, template: bytes) -> bool:
        """Whether there is nothing to tell of the body: seen in the tree that it is filled from, which spares parsing it twice."""
        reader = TagReader(make_environment(), trusting=True)
        reader.read(self.paragraphs)
        tree = body_tree(template)
        if reader.faults or tree is None:
            return False
        alone = Counter(each.text.strip()[2:-2].strip() for each in self.paragraphs if each.holds_one_tag)

        def stands_alone(node: nodes.Node) -> bool:
            """Charts that are printed as often as their names have a paragraph to themselves: anything else is looked at closely."""
            alone[written(node)] -= 1
            return alone[written(node)] >= 0

        try:
            TreeCheck(self.fields, _doubt, stands_alone).check(tree.body, {})
        except _Doubtful:
            return False
        return True

    def faults(self) -> list[Diagnostic]:
        """What is wrong with each tag by itself, and then with the names in what still parses."""
        environment = make_environment()
        reader = TagReader(environment)
        source = reader.read(self.paragraphs)
        for fault in reader.faults:
            self._report(fault.index + 1, "D102", fault.tag, fault.message, fault.hint)
        try:
            tree = environment.parse(source)
        except TemplateSyntaxError as error:
            line = min(error.lineno, len(self.paragraphs))
            self._report(line, "D102", "", "các thẻ không khớp nhau", "Xem lại các thẻ if, else, for từ đầu văn bản đến đoạn này.")
        else:
            TreeCheck(self.fields, self._report, lambda node: self.paragraphs[node.lineno - 1].holds_one_tag).check(tree.body, {})
        return [self.found[key] for key in sorted(self.found, key=lambda key: key[0])]

    def _report(self, line: int, code: str, name: str, message: str, hint: str) -> None:
        paragraph = self.paragraphs[line - 1]
        text = " ".join(paragraph.text.split())
        quote = text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
        finding = Diagnostic(code, Severity.ERROR, Location(self.file), f"{paragraph.place} (“{quote}”): {message}.", hint, found=name or None)
        self.found.setdefault((line, code, name), finding)


def _doubt(line: int, code: str, name: str, message: str, hint: str) -> None:  # noqa: ARG001 - as faults are told
    raise _Doubtful
