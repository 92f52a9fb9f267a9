"""The notes that Word and Excel leave beside an open file, as they write them."""

from __future__ import annotations


def word_note(name, page="cp1258"):
    """162 bytes: the name in the machine's page, zeros to byte 54, its length and the name in UTF-16, zeros."""
    plain = name.encode(page, "replace")[:52]
    return (bytes([len(plain)]) + plain).ljust(54, b"\0") + bytes([len(name), 0]) + name.encode("utf-16-le").ljust(106, b"\0")


def excel_note(name, page="cp1258", first=b" "):
    """165 bytes: the same with spaces to byte 55 (PowerPoint begins with a zero), and spaces after the name in UTF-16."""
    plain = name.encode(page, "replace")[:52]
    return (bytes([len(plain)]) + plain + first).ljust(55, b" ") + bytes([len(name), 0]) + name.ljust(54).encode("utf-16-le")
