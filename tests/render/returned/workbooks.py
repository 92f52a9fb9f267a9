"""What tests of returned workbooks share: findings, parts to compare, files with something changed."""

from __future__ import annotations

import warnings
from io import BytesIO
from zipfile import ZipFile

import openpyxl

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location, cell_position
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.returned import ReturnedFile
from mtqg_cli.core.unit import Unit
from mtqg_cli.render.returned.contents import Contents
from mtqg_cli.render.returned.grid import Grid
from mtqg_cli.render.returned.markup import add
from mtqg_cli.render.returned.package import Package

FILE = "quang-lam.xlsx"
UNIT = Unit("06898", "Xã Quảng Lâm", "Xã", "xã", "200", None, None)


def finding(place="", message="ghi “chờ”, không phải là số.", severity=Severity.ERROR, code="C102", hint="Ghi lại thành số.", consequences=()):
    """A finding at `Biểu 02!K12`, `Biểu 02` or nowhere in particular."""
    sheet, _, cell = place.partition("!")
    row, column = cell_position(cell) if cell else (None, None)
    return Diagnostic(code, severity, Location(FILE, sheet or None, row, column), message, hint, consequences=consequences)


def returned(*findings, **more):
    return ReturnedFile(FILE, "quang-lam", UNIT, parse_period("6m2024"), findings, **more)


def opened(content):
    """The file as openpyxl sees it, which tells of what it would lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(BytesIO(content))


def parts(content):
    """The parts of a file by name."""
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(content, **changes):
    """The file with some parts changed: name (slashes as __) → function of the bytes, or new bytes."""
    package = Package(content)
    for name, change in changes.items():
        part = name.replace("__", "/")
        part = next((each for each in package.names if each.lower().startswith(part.lower())), part)
        package.put(part, change(package.raw(part)) if callable(change) else change)
    return package.content()


def with_cell(content, sheet, cell, value):
    """The file with another value in a cell, everything else untouched; None for a blank one."""
    package = Package(content)
    grid = Grid(package, Contents(package).part(sheet))
    element = grid.cell(*cell_position(cell))
    for each in list(element):
        element.remove(each)
    element.attrib.pop("t", None)
    if isinstance(value, str):
        element.set("t", "inlineStr")
        add(add(element, "is"), "t", value)
    elif value is not None:
        add(element, "v").text = str(value)
    return package.content()
