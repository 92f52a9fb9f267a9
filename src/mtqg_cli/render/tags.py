"""The tags of a Word template, made plain jinja, one paragraph a line; what is wrong with a tag by itself. Knows no names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mtqg_cli.render.documents.paragraphs import Paragraph
    from mtqg_cli.render.environment import Environment

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_PREFIX = re.compile(r"(p|tr|tc|r)\s+(?=\S)")
#: A text between quotation marks as jinja reads it, and a mark that begins or ends none.
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_MARK = re.compile("['\"]")
#: docxtpl does not see a {%p tag that holds one of these.
_BREAKING = re.compile("[%}]")
_QUOTES = str.maketrans("“”‘’\u00a0", "\"\"'' ")

_CLOSES = {"endif": "if", "endfor": "for"}
_NEEDS_END = frozenset({"if", "for"})
_CONTINUES = frozenset({"elif", "else"})
#: A statement by itself, made whole so that it can be parsed.
_FORMS = {
    "if": "{{% {} %}}{{% endif %}}",
    "for": "{{% {} %}}{{% endfor %}}",
    "elif": "{{% if true %}}{{% {} %}}{{% endif %}}",
    "else": "{{% if true %}}{{% {} %}}{{% endif %}}",
    "set": "{{% {} %}}",
}
#: What takes the place of a faulty statement, so that everything after it can still be checked.
_NEUTRAL = {"if": "{% if true %}", "for": "{% for _ in [] %}", "elif": "{% elif true %}", "else": "{% else %}"}

_FORM_HINT = "Thẻ viết {{ tên }} hoặc {{ tên.thuộc_tính }}; điều kiện {% if … %} … {% endif %}; danh sách {% for x in tên %} … {% endfor %}."
_ALONE_HINT = "Để thẻ {%p …%} một mình trong một đoạn, thẻ {%tr …%} một mình trong một dòng của bảng: Word bỏ cả đoạn, cả dòng đó khi in."


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a tag, and in which paragraph (an index into the part)."""

    index: int
    message: str
    hint: str
    tag: str


@dataclass(frozen=True, slots=True)
class _Open:
    keyword: str
    prefix: str
    index: int
    tag: str


class TagReader:
    """Goes through the paragraphs of one part; `lines` becomes plain jinja that always parses, `faults` what was wrong.

    Trusting, it does not parse each tag by itself: if then all of it parses together and there is no fault, each tag does. No tag
    can reach into the next one but by a quotation mark that is not closed, which is a fault here.
    """

    def __init__(self, environment: Environment, *, trusting: bool = False) -> None:
        self.environment = environment
        self.trusting = trusting
        self.lines: list[str] = []
        self.faults: list[Fault] = []
        self._open: list[_Open] = []

    def read(self, paragraphs: Iterable[Paragraph]) -> str:
        """Plain jinja of all paragraphs; line n is paragraph n."""
        for index, paragraph in enumerate(paragraphs):
            tags = _TAG.findall(paragraph.text)
            self.lines.append("".join(self._plain(tag, index, paragraph) for tag in tags))
            if _LOOSE.search(_TAG.sub("", paragraph.text)):
                self._fault(index, "thẻ mở mà không đóng, hoặc đóng mà không mở trong cùng một đoạn", _FORM_HINT, paragraph.text)
        if self.lines:
            self.lines[-1] += self._close_down_to(0)
        return "\n".join(self.lines)

    def _plain(self, tag: str, index: int, paragraph: Paragraph) -> str:
        if tag.startswith("{#"):
            return ""
        body = tag[2:-2].translate(_QUOTES).replace("\n", " ").removeprefix("-").removesuffix("-")
        match = _PREFIX.match(body)
        prefix = match[1] if match else ""
        content = body[match.end() if match else 0 :].strip()
        if tag.startswith("{{"):
            return self._expression(tag, index, prefix, content)
        self._check_alone(tag, index, prefix, paragraph)
        return self._statement(_Open(content.partition(" ")[0], prefix, index, tag), content)

    def _expression(self, tag: str, index: int, prefix: str, content: str) -> str:
        if prefix:
            self._fault(index, f"thẻ “{tag}” làm mất chữ", f"Dùng {{{{ {content} }}}}, không có “{prefix}” ở đầu.", tag)
        plain = f"{{{{ {content} }}}}"
        if self._parses(plain):
            return plain
        self._fault(index, f"thẻ “{tag}” viết sai cú pháp", _FORM_HINT, tag)
        return ""

    def _check_alone(self, tag: str, index: int, prefix: str, paragraph: Paragraph) -> None:
        """The renderer puts such a tag in the place of its whole paragraph, row or cell."""
        around = {"p": paragraph.text.strip(), "tr": paragraph.row, "tc": paragraph.cell}.get(prefix, tag)
        if around is None:
            self._fault(index, f"thẻ “{tag}” chỉ dùng trong bảng", _ALONE_HINT, tag)
        elif around != tag:
            self._fault(index, f"thẻ “{tag}” không đứng một mình: chữ và thẻ khác ở cùng chỗ sẽ mất", _ALONE_HINT, tag)

    def _statement(self, this: _Open, content: str) -> str:
        plain = f"{{% {content} %}}"
        if this.keyword in _CLOSES:
            return self._close(this, plain)
        form = _FORMS.get(this.keyword)
        if form is None:
            self._fault(this.index, f"không dùng được thẻ “{this.tag}”", f"Chỉ có các thẻ if, elif, else, endif, for, endfor, set. {_FORM_HINT}", this.tag)
            return ""
        if not self._parses(form.format(content)) or (this.prefix and _BREAKING.search(content)):
            self._fault(this.index, f"thẻ “{this.tag}” viết sai cú pháp", _FORM_HINT, this.tag)
            plain = _NEUTRAL.get(this.keyword, "")
        if this.keyword in _NEEDS_END:
            self._open.append(this)
        elif this.keyword in _CONTINUES and not self._continues(this):
            return ""
        return plain

    def _continues(self, this: _Open) -> bool:
        if self._open and (this.keyword == "else" or self._open[-1].keyword == "if"):
            self._check_level(self._open[-1], this)
            return True
        self._fault(this.index, f"thẻ “{this.tag}” không nằm trong {{% if %}} nào", _FORM_HINT, this.tag)
        return False

    def _close(self, this: _Open, plain: str) -> str:
        wanted = _CLOSES[this.keyword]
        depth = max((depth for depth, each in enumerate(self._open) if each.keyword == wanted), default=None)
        if depth is None:
            self._fault(this.index, f"thẻ “{this.tag}” không có thẻ mở {wanted} tương ứng", _FORM_HINT, this.tag)
            return ""
        ends = self._close_down_to(depth + 1)
        self._check_level(self._open.pop(), this)
        return ends + plain

    def _close_down_to(self, depth: int) -> str:
        """The missing ends of what was opened inside, each reported where it was opened."""
        ends = ""
        while len(self._open) > depth:
            unclosed = self._open.pop()
            self._fault(unclosed.index, f"thẻ “{unclosed.tag}” không có thẻ đóng end{unclosed.keyword}", _FORM_HINT, unclosed.tag)
            ends += f"{{% end{unclosed.keyword} %}}"
        return ends

    def _check_level(self, opened: _Open, this: _Open) -> None:
        """A block opened as a paragraph or row ends as one, else the document's structure breaks."""
        if opened.prefix != this.prefix:
            message = f"thẻ “{this.tag}” không cùng loại với thẻ mở “{opened.tag}”"
            self._fault(this.index, message, "Mở bằng {%p …%} thì đóng bằng {%p …%}; mở bằng {%tr …%} thì đóng bằng {%tr …%}.", this.tag)

    def _parses(self, source: str) -> bool:
        if self.trusting:
            return not _MARK.search(_TEXT.sub("", source))
        try:
            self.environment.parse(source)
        except TemplateSyntaxError:
            return False
        return True

    def _fault(self, index: int, message: str, hint: str, tag: str) -> None:
        self.faults.append(Fault(index, message, hint, tag))
