"""Typer's own words in Vietnamese: headings of the help, and what it says of a wrong call."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

_WORDS = (
    (re.compile(r"^Usage: "), "Cách dùng: "),
    (re.compile(r"^Options:", re.MULTILINE), "Tùy chọn:"),
    (re.compile(r"^Arguments:", re.MULTILINE), "Tham số:"),
    (re.compile(r"^Commands:", re.MULTILINE), "Các lệnh:"),
    (re.compile(r"\[OPTIONS\]"), "[TÙY CHỌN]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "LỆNH [THAM SỐ]..."),
    (re.compile(r"Show this message and exit\."), "Hiện hướng dẫn này rồi thoát."),
    (re.compile(r"\[required\]"), "[bắt buộc]"),
    (re.compile(r"\[default: "), "[mặc định: "),
    (re.compile(r"; required\]"), "; bắt buộc]"),
)


#: The Python type that Typer puts behind an argument's name; its place is kept blank, so that columns stay straight.
_TYPES = re.compile(r" <(?:list\[\w+\]|\w+)>(?= )")


def _translate(formatter: Any) -> None:
    text = _TYPES.sub(lambda match: " " * len(match[0]), "".join(formatter.buffer))
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    formatter.buffer[:] = [text]


class Command(TyperCommand):
    """A command whose help is Vietnamese throughout."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help."""
        super().format_help(ctx, formatter)
        _translate(formatter)


class Group(TyperGroup):
    """The program, whose help is Vietnamese throughout."""

    command_class = Command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help."""
        super().format_help(ctx, formatter)
        _translate(formatter)


def usage_message(error: Any) -> str:
    """What was wrong with a call. The classes are told by name: Typer carries its own copy of Click or uses Click itself."""
    name = _name_of(error)
    near = sorted(getattr(error, "possibilities", None) or ())
    option = getattr(error, "option_name", "")
    by_kind = {
        "MissingParameter": f"Thiếu {name}.",
        "NoSuchOption": f"Không có tùy chọn {option}." + (f" Có phải là {' hoặc '.join(near)}?" if near else ""),
        "BadOptionUsage": f"Tùy chọn {option} thiếu giá trị.",
        "BadParameter": f"Giá trị của {name} không đúng: {error.message}",
    }
    return by_kind.get(type(error).__name__) or _other(str(error.message))


def _other(message: str) -> str:
    command = re.search(r"No such command '?([^'.]+)'?", message)
    if command:
        return f"Không có lệnh “{command[1]}”."
    if "unexpected extra argument" in message:
        return f"Thừa tham số: {message.rsplit('(', 1)[-1].rstrip(').')}."
    return message


def _name_of(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return str(getattr(error, "param_hint", None) or "tham số")
    options = [name for name in getattr(param, "opts", ()) if name.startswith("-")]
    return f"tùy chọn {options[0]}" if options else f"tham số {param.metavar or param.name}"
