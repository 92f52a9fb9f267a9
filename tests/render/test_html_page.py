"""A report as HTML in a real browser: alone, within a telephone's width, and printed on the paper of the document."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browser import Browser

from mtqg_cli.render.documents import html
from mtqg_cli.render.documents.docx import DRAFT_MARK, render


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    chromium = Browser(tmp_path_factory.mktemp("profile"))
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory, shipped, dam_ha):
    path = tmp_path_factory.mktemp("trang") / "báo cáo.html"
    path.write_bytes(html.render(render(shipped("so-ket"), replace(dam_ha, draft=True), "a.docx").content, path.name).content)
    return path


@pytest.mark.parametrize("width", [1200, 400, 320])
def test_it_loads_alone_and_fits(browser, report, width):
    browser.open(report, width)
    assert browser.complaints == []
    assert browser.requests == [report.as_uri()]
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"


def test_it_prints_like_the_document(browser, report):
    browser.open(report)
    printed = browser.pdf()

    def run(*command):
        return subprocess.run([*command], input=printed, capture_output=True, check=True).stdout.decode()

    told = run("pdftotext", "-layout", "-", "-").split("\f")[:-1]
    sizes = [(round(float(wide)), round(float(high))) for wide, high in re.findall(r"size: +([\d.]+) x ([\d.]+)", run("pdfinfo", "-f", "1", "-l", "99", "-"))]
    assert len(told) == len(sizes) > 8
    assert [page for page in told if DRAFT_MARK not in page] == []
    annexes = [index for index, page in enumerate(told) if "Phụ lục" in page]
    assert sizes[0] == (595, 842)
    assert set(sizes[annexes[0] :]) == {(842, 595)}
    assert [page for page, size in zip(told, sizes, strict=True) if size == (842, 595) and "TT" not in page and "Mã" not in page and "Đơn vị" in page] == []
