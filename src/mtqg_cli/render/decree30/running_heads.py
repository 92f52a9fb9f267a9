"""Headers and footers: the fields in them that print the number of the page. What is right about them is `page_number`'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mtqg_cli.render.decree30.facts import PageNumber
from mtqg_cli.render.decree30.styles import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.render.decree30.styles import Stylesheet

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"


def page_numbers(root: Any, sheet: Stylesheet) -> Iterator[PageNumber]:
    """Each paragraph of a header or footer that prints the page's number; where its letters stand, text boxes excepted."""
    for paragraph in root.iter(f"{W}p"):
        run, before = _field(paragraph)
        if run is None or next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        own = paragraph.find(f"{W}pPr")
        setting = sheet.setting(own, "")
        look, _ = sheet.format(run.find(f"{W}rPr"), setting.style, "")
        boxed = next(paragraph.iterancestors(_BOX), None) is not None
        yield PageNumber(top=True, pages="default", centred=boxed or _framed(own) or setting.align == "center" or before == "\t", format=look)


def _field(paragraph: Any) -> tuple[Any, str]:
    """The run whose looks a PAGE field has, with the text before it; (None, "") without such a field."""
    before: list[str] = []
    found: Any = None
    shown = False
    for each in paragraph.iter(f"{W}t", f"{W}tab", f"{W}instrText", f"{W}fldChar", f"{W}fldSimple"):
        if next(each.iterancestors(f"{W}p"), None) is not paragraph:
            continue
        if each.tag == f"{W}fldSimple" and _is_page(each.get(f"{W}instr", "")):
            inner = each.find(f"{W}r")
            return (inner if inner is not None else each), "".join(before)
        if each.tag == f"{W}instrText" and _is_page(each.text or "") and found is None:
            found = each.getparent()
        elif each.tag == f"{W}fldChar":
            shown = found is not None and each.get(f"{W}fldCharType") == "separate"
        elif each.tag == f"{W}t" and shown:
            return each.getparent(), "".join(before)
        elif found is None and each.getparent().tag == f"{W}r":
            before.append("\t" if each.tag == f"{W}tab" else each.text or "")
    return found, "".join(before)


def _is_page(instruction: str) -> bool:
    return instruction.strip().upper().split(" ")[0] == "PAGE"


def _framed(own: Any) -> bool:
    frame = own.find(f"{W}framePr") if own is not None else None
    return frame is not None and frame.get(f"{W}xAlign") == "center"
