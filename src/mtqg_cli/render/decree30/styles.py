"""Formatting as it holds: defaults of the document, table, paragraph and character styles, numbering, then what is set by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mtqg_cli.render.decree30.facts import Format, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = frozenset({"0", "false", "off"})
#: Properties that styles switch on and off: one that is on in two kinds of styles is off again (ISO 29500, 17.7.3).
_TOGGLES = {"b": "bold", "i": "italic", "caps": "capitals", "vanish": "hidden"}
_TWIPS_A_MM = 1440 / 25.4
_TWIPS_A_POINT = 20
_TWIPS_A_LINE = 240
#: What Word does where a file says nothing.
_NO_FONT, _NO_SIZE, _AUTOMATIC, _AUTOMATIC_SPACE = "Times New Roman", 10.0, "000000", 280.0

Properties = dict[str, Any]


class Stylesheet:
    """The styles of a document with its theme and its lists; each style is worked out once."""

    def __init__(self, styles: Any, theme: Any, numbering: Any) -> None:
        self._theme = _theme_fonts(theme)
        self._levels = _Levels(numbering)
        self._elements = {(each.get(f"{W}type"), each.get(f"{W}styleId")): each for each in _all(styles, "style")}
        self._default = next((each.get(f"{W}styleId") for each in _all(styles, "style") if _is_default(each)), "")
        defaults = next(iter(_all(styles, "docDefaults")), None)
        self._run_defaults = self._run(_at(defaults, "rPrDefault", "rPr"))
        self._paragraph_defaults = self._paragraph(_at(defaults, "pPrDefault", "pPr"))
        self._runs: dict[tuple[str, str], Properties] = {}
        self._paragraphs: dict[tuple[str, str], Properties] = {}
        self._formats: dict[tuple[str, str, str], tuple[Properties, Properties]] = {}
        self._plain: dict[tuple[str, str], tuple[Format, bool]] = {}
        self._settings: dict[tuple[str, str], Setting] = {}

    def format(self, run: Any, style: str, table: str) -> tuple[Format, bool]:
        """How letters with this rPr in a paragraph of this style look, and whether they are hidden."""
        if run is not None:
            return self._format(run, style, table)
        if (style, table) not in self._plain:
            self._plain[style, table] = self._format(None, style, table)
        return self._plain[style, table]

    def _format(self, run: Any, style: str, table: str) -> tuple[Format, bool]:
        character = _value(_child(run, "rStyle"))
        key = (table, style or self._default, character)
        if key not in self._formats:
            self._formats[key] = self._styled(*key)
        below, toggled = self._formats[key]
        found = {**below, **toggled, **self._run(run)}
        fonts = (found.get("ascii", _NO_FONT), found.get("hansi", _NO_FONT))
        looks = [bool(found.get(name)) for name in ("bold", "italic", "underline", "capitals")]
        return Format(fonts, found.get("size", _NO_SIZE), found.get("colour", _AUTOMATIC), *looks), bool(found.get("hidden"))

    def _styled(self, table: str, style: str, character: str) -> tuple[Properties, Properties]:
        layers = [self._chain(*each, self._run, "rPr", self._runs) for each in (("table", table), ("paragraph", style), ("character", character))]
        merged = dict(self._run_defaults)
        for layer in layers:
            merged.update(layer)
        toggled = {
            name: bool(self._run_defaults.get(name)) or sum(bool(layer.get(name)) for layer in layers) % 2 == 1
            for name in _TOGGLES.values()
            if any(name in layer for layer in layers)
        }
        return merged, toggled

    def setting(self, own: Any, table: str) -> Setting:
        """How a paragraph with this pPr is set. What says no more than its style is worked out once a style."""
        style = _value(_child(own, "pStyle")) or self._default
        if own is not None and any(_name(each) != "pStyle" for each in own):
            return self._setting(own, style, table)
        if (style, table) not in self._settings:
            self._settings[style, table] = self._setting(None, style, table)
        return self._settings[style, table]

    def _setting(self, own: Any, style: str, table: str) -> Setting:
        layers = [
            self._chain("table", table, self._paragraph, "pPr", self._paragraphs),
            self._chain("paragraph", style, self._paragraph, "pPr", self._paragraphs),
        ]
        found = dict(self._paragraph_defaults)
        for layer in (*layers, self._paragraph(own)):
            found.update(layer)
        exact = found.get("rule", "auto") != "auto"
        line = found.get("line", float(_TWIPS_A_LINE))
        return Setting(
            align=found.get("align", "left"),
            left=found.get("left", 0.0) / _TWIPS_A_MM,
            first=found.get("first", 0.0) / _TWIPS_A_MM,
            before=found.get("before", 0.0) / _TWIPS_A_POINT,
            after=found.get("after", 0.0) / _TWIPS_A_POINT,
            line=line / (_TWIPS_A_POINT if exact else _TWIPS_A_LINE),
            exact=exact,
            contextual=found.get("contextual", False),
            ruled=found.get("ruled", False),
            style=style,
            label=found.get("label", ""),
        )

    def _chain(self, kind: str, style: str, read: Callable[[Any], Properties], tag: str, known: dict[Any, Properties]) -> Properties:
        """A style over those that it is based on; a circle ends where it closes."""
        waiting: dict[tuple[str, str], None] = {}
        key = (kind, style)
        while key in self._elements and key not in known and key not in waiting:
            waiting[key] = None
            key = (kind, _value(_child(self._elements[key], "basedOn")))
        merged = known.get(key, {})
        for each in reversed(waiting):
            merged = {**merged, **read(_child(self._elements[each], tag))}
            known[each] = merged
        return merged

    def _run(self, element: Any) -> Properties:
        """What an rPr says."""
        found: Properties = {}
        for each in element if element is not None else ():
            name = _name(each)
            if name in _TOGGLES:
                found[_TOGGLES[name]] = _on(each)
            elif name == "rFonts":
                found.update(self._fonts(each))
            elif name == "sz":
                found["size"] = _number(_value(each), _NO_SIZE * 2) / 2
            elif name == "color":
                found["colour"] = _colour(each)
            elif name == "u":
                found["underline"] = _value(each) not in ("", "none")
        return found

    def _fonts(self, element: Any) -> Properties:
        found = {}
        for slot, name in (("ascii", "ascii"), ("hansi", "hAnsi")):
            font = self._theme.get(element.get(f"{W}{name}Theme", "")) or element.get(f"{W}{name}")
            if font:
                found[slot] = font
        return found

    def _paragraph(self, element: Any) -> Properties:
        """What a pPr says; the indents of a list stand below those that are set beside it."""
        found: Properties = {}
        if element is None:
            return found
        number = _child(element, "numPr")
        if number is not None:
            found.update(self._numbered(number))
        for each in element:
            name = _name(each)
            if name == "jc":
                found["align"] = {"start": "left", "end": "right", "distribute": "both"}.get(_value(each), _value(each))
            elif name == "ind":
                found.update(_indents(each))
            elif name == "spacing":
                found.update(_spacing(each))
            elif name == "contextualSpacing":
                found["contextual"] = _on(each)
            elif name == "pBdr":
                found["ruled"] = ruled(each)
        return found

    def _numbered(self, number: Any) -> Properties:
        level = self._levels.of(_value(_child(number, "numId")), _value(_child(number, "ilvl")) or "0")
        if level is None:
            return {"label": ""}
        return {"label": _value(_child(level, "lvlText")) or "-", **_indents(_at(level, "pPr", "ind"))}


class _Levels:
    """The levels of lists by the number of the list and the level."""

    def __init__(self, numbering: Any) -> None:
        self._abstract = {each.get(f"{W}abstractNumId"): each for each in _all(numbering, "abstractNum")}
        self._lists = {each.get(f"{W}numId"): _value(_child(each, "abstractNumId")) for each in _all(numbering, "num")}
        self._known: dict[str, dict[str, Any]] = {}

    def of(self, number: str, level: str) -> Any:
        """The level, None if there is none."""
        abstract = self._lists.get(number, "")
        if abstract not in self._known:
            self._known[abstract] = {each.get(f"{W}ilvl"): each for each in _all(self._abstract.get(abstract), "lvl")}
        return self._known[abstract].get(level)


def ruled(borders: Any) -> bool:
    """Whether borders hold a line above or below."""
    return any(_value(_child(borders, side)) not in ("", "nil", "none") for side in ("top", "bottom", "between"))


def _theme_fonts(theme: Any) -> dict[str, str]:
    """The Latin fonts by the names that runs use."""
    found = {}
    for kind in ("major", "minor"):
        latin = next(iter(theme.iter(f"{_A}{kind}Font")), None) if theme is not None else None
        face = latin.find(f"{_A}latin") if latin is not None else None
        for end in ("Ascii", "HAnsi"):
            found[f"{kind}{end}"] = face.get("typeface", "") if face is not None else ""
    return found


def _colour(element: Any) -> str:
    value = _value(element).upper()
    if value in ("", "AUTO"):
        return _AUTOMATIC if element.get(f"{W}themeColor", "text1") in ("text1", "dark1") else "theme"
    return value


def _indents(element: Any) -> Properties:
    found: Properties = {}
    if element is None:
        return found
    left = element.get(f"{W}start", element.get(f"{W}left"))
    if left is not None:
        found["left"] = _number(left)
    if element.get(f"{W}hanging") is not None:
        found["first"] = -_number(element.get(f"{W}hanging"))
    elif element.get(f"{W}firstLine") is not None:
        found["first"] = _number(element.get(f"{W}firstLine"))
    return found


def _spacing(element: Any) -> Properties:
    """Before and after in twips; `line` in 240ths of a line, or in twips by a rule that is not auto."""
    found: Properties = {}
    for side in ("before", "after"):
        lines, plain, automatic = (element.get(f"{W}{side}{end}") for end in ("Lines", "", "Autospacing"))
        if automatic is not None and automatic not in _OFF:
            found[side] = _AUTOMATIC_SPACE
        elif lines is not None:
            found[side] = _number(lines) / 100 * _TWIPS_A_LINE
        elif plain is not None:
            found[side] = _number(plain)
    if element.get(f"{W}line") is not None:
        found["line"], found["rule"] = _number(element.get(f"{W}line"), _TWIPS_A_LINE), element.get(f"{W}lineRule", "auto")
    return found


def _is_default(style: Any) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in _OFF


def _on(element: Any) -> bool:
    return element.get(f"{W}val", "1") not in _OFF


def _number(text: str, otherwise: float = 0.0) -> float:
    """A number, also with a unit of length; what is none is `otherwise`."""
    for unit, twips in (("pt", 20.0), ("cm", 567.0), ("mm", 56.7), ("in", 1440.0)):
        if text.endswith(unit):
            return _number(text.removesuffix(unit)) * twips
    try:
        value = float(text)
    except ValueError:
        return otherwise
    return value if math.isfinite(value) else otherwise


def twips(text: str | None) -> float | None:
    """A length in mm; None where nothing is said."""
    return None if text is None else _number(text) / _TWIPS_A_MM


def _name(element: Any) -> str:
    tag = element.tag
    return tag.removeprefix(W) if isinstance(tag, str) and tag.startswith(W) else ""


def _child(element: Any, name: str) -> Any:
    return None if element is None else element.find(f"{W}{name}")


def _at(element: Any, *names: str) -> Any:
    for name in names:
        element = _child(element, name)
    return element


def _all(element: Any, name: str) -> Iterable[Any]:
    return () if element is None else element.findall(f"{W}{name}")


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{W}val", ""))
