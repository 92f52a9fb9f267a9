"""The numbers before headings and entries, as Word prints them."""

from __future__ import annotations

import pytest
from docx.oxml.ns import nsdecls
from lxml import etree

from mtqg_cli.render.documents.numbering import read_numbering


def level(index, form, text, more=""):
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbering(levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return read_numbering(etree.fromstring(f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'))


HEADINGS = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.")


@pytest.mark.parametrize(
    ("levels", "counted", "printed"),
    [
        (HEADINGS, [0, 1, 1, 2, 2, 0, 1, 2], ["I.", "1.", "2.", "2.1.", "2.2.", "II.", "1.", "1.1."]),
        (HEADINGS, [2, 0, 2], ["1.1.", "I.", "1.1."]),
        (level(0, "lowerLetter", "%1)"), [0] * 28, [*(f"{chr(97 + index)})" for index in range(26)), "aa)", "bb)"]),
        (level(0, "decimalZero", "%1"), [0, 0], ["01", "02"]),
        (level(0, "upperRoman", "Điều %1") + level(1, "decimal", "%1.%2", "<w:isLgl/>"), [0, 0, 1], ["Điều I", "Điều II", "2.1"]),
        (level(0, "bullet", "\uf0b7") + level(1, "bullet", "-"), [0, 1], ["•", "-"]),
        (level(0, "none", ""), [0], [""]),
        (level(0, "lowerRoman", "(%1)"), [0, 0, 0, 0], ["(i)", "(ii)", "(iii)", "(iv)"]),
        (level(0, "chưa biết", "%1"), [0, 3], ["1", ""]),
    ],
)
def test_labels(levels, counted, printed):
    counting = numbering(levels)
    assert [counting.label("1", index).strip() for index in counted] == printed


def test_two_lists_of_one_numbering_count_on_unless_one_says_where_it_starts():
    again = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    counting = numbering(level(0, "decimal", "%1."), again.format(1, "") + again.format(2, "") + again.format(3, override))
    assert [counting.label(each, 0).strip() for each in ("1", "2", "3", "3", "9")] == ["1.", "2.", "5.", "6.", ""]
