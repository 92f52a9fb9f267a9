"""The check against Decree 30: one fault gives one finding, a right document none, what offices really write is not blamed."""

from __future__ import annotations

import copy
import re
import time
import unicodedata
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from officialdocument import CENTRE, FAULTS, LEFT, all_paragraphs, content, find, look, right, rule, section, setting, spoilt, without, words, write

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.reference.document_rules import CODES, FILE, UNVERIFIED, load_rules
from mtqg_cli.reference.provisions import Provision
from mtqg_cli.render.decree30.check import check
from mtqg_cli.render.documents.docx import render

RULES = load_rules()


def told(document, rules=RULES):
    return check(document, "bao-cao.docx", rules)


def test_a_right_document_gives_nothing():
    assert told(content(right())) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_gives_one_finding(name):
    _, code, words = FAULTS[name]
    found = told(spoilt(name))

    assert [each.code for each in found] == [code], [each.message for each in found]
    assert words in found[0].message
    assert found[0].hint
    provision = RULES.by_code(code)
    if isinstance(provision, Provision):
        assert (RULES.basis if provision.verified else UNVERIFIED) in found[0].message
        assert provision.verified or found[0].severity != "error"


# What offices really write, and what programs really save ------------------------------------------------------------


def by_defaults(document):
    """Font and size of the body from the document's defaults instead of its runs."""
    for paragraph in all_paragraphs(document):
        for run in paragraph.runs:
            if run.font.size == Pt(14):
                run.font.size = None
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for name in ("rFonts", "sz"):
        for each in [*defaults.findall(qn(f"w:{name}")), *document.styles["Normal"].element.rPr.findall(qn(f"w:{name}"))]:
            each.getparent().remove(each)
    defaults.insert(0, OxmlElement("w:rFonts", attrs={qn("w:ascii"): "Times New Roman", qn("w:hAnsi"): "Times New Roman"}))
    defaults.append(OxmlElement("w:sz", attrs={qn("w:val"): "28"}))


def by_theme(document):
    """The font from the theme, which the runs name by its role only."""
    normal = document.styles["Normal"].element.rPr
    normal.remove(normal.rFonts)
    part = next(each for each in document.part.package.iter_parts() if str(each.partname).endswith("theme1.xml"))
    part._blob = re.sub(rb'typeface="(Calibri|Cambria)"', b'typeface="Times New Roman"', part.blob)


def bold_by_style(document):
    """A paragraph style switches bold on; a character style on top of it would switch it off again."""
    style = document.styles.add_style("Quoc hieu", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.font.bold = document.styles["Normal"], True
    paragraph = find(document, "CỘNG HÒA")
    paragraph.style = style
    paragraph.alignment = CENTRE
    for run in paragraph.runs:
        run.font.bold = None


def capitals_by_format(document):
    run = find(document, "BÁO CÁO").runs[0]
    run.text, run.font.all_caps = "Báo cáo", True


def hard_spaces(document):
    for paragraph in all_paragraphs(document):
        for run in paragraph.runs:
            run.text = run.text.replace("Độc lập - Tự do", "Độc lập\u00a0-\u00a0Tự\u00a0do").replace("ngày 05 tháng 3", "ngày\u00a005\u00a0tháng\u00a03")


def decomposed(document):
    for paragraph in all_paragraphs(document):
        for run in paragraph.runs:
            if run.text:
                run.text = unicodedata.normalize("NFD", run.text)


def other_tone_place(document):
    words("CỘNG HÒA", "CỘNG HOÀ")(document)


def hard_hyphens(document):
    """Word's hyphen that does not break, an element of its own."""
    paragraph = find(document, "Độc lập")
    paragraph.runs[0].text = "Độc lập "
    for text in (" Tự do ", " Hạnh phúc"):
        run = paragraph.add_run()
        run._r.append(OxmlElement("w:noBreakHyphen"))
        other = paragraph.add_run(text)
        for each in (run, other):
            each.font.size, each.font.bold = Pt(14), True


def split_runs(document):
    """A run for each letter, as the spelling checker leaves them."""
    for paragraph in all_paragraphs(document):
        for run in list(paragraph.runs):
            if len(run.text) > 1 and run.text.strip():
                for letter in run.text[:-1]:
                    twin = copy.deepcopy(run._r)
                    run._r.addprevious(twin)
                    twin.find(qn("w:t")).text = letter
                    twin.find(qn("w:t")).set(qn("xml:space"), "preserve")
                run.text = run.text[-1]


def head_in_one_cell(document):
    """Line breaks instead of paragraphs, line drawn by the cell's border."""
    paragraph, below = find(document, "CỘNG HÒA"), find(document, "Độc lập")
    paragraph.runs[0].add_break()
    run = paragraph.add_run("Độc lập - Tự do - Hạnh phúc")
    run.font.size, run.font.bold = Pt(14), True
    cell = below._p.getparent()
    cell.remove(below._p)
    borders = OxmlElement("w:tcBorders")
    borders.append(OxmlElement("w:bottom", attrs={qn("w:val"): "single", qn("w:sz"): "6"}))
    cell.get_or_add_tcPr().append(borders)


def head_by_tabs(document):
    """No table: authority, tab, Quốc hiệu in one line."""
    _to_lines(
        document,
        0,
        [
            (("ỦY BAN NHÂN DÂN TỈNH", 13, None, None), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, None)),
            (("ỦY BAN NHÂN DÂN HUYỆN", 13, True, None), ("Độc lập - Tự do - Hạnh phúc", 14, True, None)),
            (("Số: 05/BC-UBND", 13, None, None), ("Đầm Hà, ngày 05 tháng 3 năm 2024", 14, None, True)),
        ],
        "\t",
    )


def head_by_spaces(document):
    _to_lines(
        document,
        0,
        [
            (("ỦY BAN NHÂN DÂN HUYỆN", 13, True, None), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, None)),
            (("Độc lập - Tự do - Hạnh phúc", 14, True, None),),
            (("Số:      /BC-UBND", 13, None, None), ("Đầm Hà, ngày     tháng 3 năm 2024", 14, None, True)),
        ],
        "         ",
    )


def signature_by_tabs(document):
    _to_lines(
        document,
        1,
        [
            (("Nơi nhận:", 12, True, True), ("TM. ỦY BAN NHÂN DÂN", 14, True, None)),
            (("- UBND tỉnh;", 11, None, None), ("CHỦ TỊCH", 14, True, None)),
            (("- Lưu: VT.", 11, None, None),),
            (("", 11, None, None), ("Nguyễn Văn A", 14, True, None)),
        ],
        "\t",
    )


def _to_lines(document, table, lines, between):
    """Puts lines of pieces in the place of a table; what is ruled stays ruled."""
    element = document.tables[table]._tbl
    for line in lines:
        paragraph = document.add_paragraph()
        for index, (text, size, bold, italic) in enumerate(line):
            write(paragraph, (between if index else "") + text, size, bold=bold, italic=italic)
        if "Độc lập" in paragraph.text:
            rule(paragraph)
        element.addprevious(paragraph._p)
    element.getparent().remove(element)


def tracked(document):
    """What was struck out under tracked changes is gone, what was put in counts."""
    paragraph = find(document, "Số: 05")
    gone = OxmlElement("w:del", attrs={qn("w:id"): "1", qn("w:author"): "a"})
    gone.append(copy.deepcopy(paragraph.runs[0]._r))
    gone[0].find(qn("w:t")).tag = qn("w:delText")
    put = OxmlElement("w:ins", attrs={qn("w:id"): "2", qn("w:author"): "a"})
    paragraph._p.append(gone)
    paragraph._p.append(put)
    put.append(paragraph.runs[0]._r)


def number_by_a_tab(document):
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = LEFT
    paragraph.runs[0]._r.addprevious(paragraph.add_run("\t")._r)


def number_in_a_frame(document):
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = None
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:framePr", attrs={qn("w:wrap"): "around", qn("w:xAlign"): "center"}))


def numbered_list(document):
    """Headings by hand, entries by Word's own lists, wherever these put their first lines."""
    paragraph = find(document, "1. Ủy ban")
    paragraph.runs[0].text = paragraph.runs[0].text.removeprefix("1. ")
    paragraph.style = document.styles["List Number"]
    paragraph.paragraph_format.first_line_indent = Mm(-6)


def wide_annex(document):
    """A landscape section for a table of its own, numbered anew."""
    added = document.add_section(WD_SECTION.NEW_PAGE)
    added.orientation, added.page_width, added.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    added.top_margin, added.right_margin, added.bottom_margin, added.left_margin = Mm(30), Mm(20), Mm(15), Mm(20)
    added._sectPr.append(OxmlElement("w:pgNumType", attrs={qn("w:start"): "1"}))
    document.add_table(3, 9)


REAL = [
    by_defaults,
    by_theme,
    bold_by_style,
    capitals_by_format,
    hard_spaces,
    decomposed,
    other_tone_place,
    hard_hyphens,
    split_runs,
    head_in_one_cell,
    head_by_tabs,
    signature_by_tabs,
    tracked,
    number_by_a_tab,
    number_in_a_frame,
    numbered_list,
    wide_annex,
]


@pytest.mark.parametrize("change", REAL, ids=lambda each: each.__name__)
def test_what_offices_write_is_not_blamed(change):
    document = right()
    change(document)

    assert [each.message for each in told(content(document))] == []


def test_blanks_by_spaces_are_only_noted():
    document = right()
    head_by_spaces(document)

    assert [each.code for each in told(content(document))] == ["D213", "D213"]


def test_a_character_style_switches_the_paragraph_styles_bold_off():
    document = right()
    bold_by_style(document)
    style = document.styles.add_style("Dam", WD_STYLE_TYPE.CHARACTER)
    style.font.bold = True
    find(document, "CỘNG HÒA").runs[0].style = style

    assert [(each.code, "phải in đậm" in each.message) for each in told(content(document))] == [("D208", True)]


def test_a_letter_has_its_subject_under_its_number():
    document = right(number="Số: 12/UBND-NN")
    for text in ("BÁO CÁO", "Kết quả thực", "Phụ lục", "KẾT QUẢ GIẢI", "(Kèm theo"):
        without(text)(document)
    cell = document.tables[0].cell(1, 0)
    write(cell.add_paragraph(), "V/v báo cáo kết quả thực hiện", 12, align=CENTRE)
    addressed = write(document.add_paragraph(), "Kính gửi: Ủy ban nhân dân tỉnh.", 14, align=CENTRE)
    document.tables[0]._tbl.addnext(addressed._p)

    assert [each.message for each in told(content(document))] == []
    look("V/v", size=14)(document)
    assert [each.code for each in told(content(document))] == ["D216"]


def test_the_draft_mark_is_no_fault_and_the_shipped_templates_have_none(shipped, dam_ha):
    for template, codes in (("so-ket", {"D213"}), ("tin-bai", {"D202"})):
        for draft in (False, True):
            made = render(shipped(template), replace(dam_ha, draft=draft), "a.docx")
            assert {each.code for each in told(made.content)} == codes


def test_an_article_gets_a_note_and_its_pages_are_looked_at():
    document = Document()
    document.add_paragraph("Huyện sơ kết các Chương trình mục tiêu quốc gia.")
    found = told(content(document))

    assert [(each.code, each.severity.value) for each in found] == [("D203", "warning"), ("D204", "warning"), ("D205", "warning"), ("D202", "note")]
    assert "không phải văn bản hành chính theo Nghị định 30/2020/NĐ-CP" in found[-1].message


def test_the_same_fault_in_many_paragraphs_is_one_finding():
    document = right()
    for index in range(50):
        paragraph = document.add_paragraph()
        write(paragraph, f"Đoạn thứ {index}", 14)
        paragraph.runs[0].font.color.rgb = RGBColor(255, 0, 0) if index % 2 else RGBColor(0, 0, 255)
    (found,) = told(content(document))

    assert found.code == "D206"
    assert "và 49 đoạn khác: chữ màu #0000FF, phải là màu đen (25 đoạn); chữ màu #FF0000, phải là màu đen (25 đoạn)" in found.message


# Provisions of a project ---------------------------------------------------------------------------------------------


def own_rules(folder, text):
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_rules(folder)


def test_a_project_changes_single_provisions(tmp_path):
    rules = own_rules(
        tmp_path, '[margins]\nleft = [10, 12]\n[date_style]\nseverity = "off"\n[alignment]\nverified = true\nseverity = "error"\nsources = ["bản gốc"]\n'
    )

    assert [each.code for each in told(content(right()), rules)] == ["D204"]
    assert rules.margins.top == RULES.margins.top
    document = right()
    section(left_margin=Mm(10))(document)
    look("Đầm Hà, ngày", italic=None)(document)
    setting("1. Ủy ban", alignment=LEFT)(document)
    (found,) = told(content(document), rules)
    assert (found.code, found.severity.value) == ("D219", "error")
    assert RULES.basis in found.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[margins]\nleft = 30", "margins.left: phải là danh sách"),
        ("[margin]\nleft = [30, 35]", "margin: không có mục nào tên như vậy"),
        ('[alignment]\nseverity = "error"', "quy định chưa đối chiếu (verified = false) không được đặt"),
        ("[alignment]\nverified = true", "phải ghi nguồn ở sources"),
        ("[margins", "viết sai cú pháp ở"),
    ],
)
def test_a_project_file_that_cannot_be_used_is_told(tmp_path, text, words):
    with pytest.raises(MtqgError) as caught:
        own_rules(tmp_path, text)

    assert words in caught.value.message
    assert str(FILE) in caught.value.message


def test_what_is_not_verified_is_no_error_and_what_is_has_a_source():
    for name in CODES:
        each = RULES.told(name)
        if isinstance(each, Provision):
            assert each.verified or each.severity in ("warning", "note"), name
            assert each.verified == bool(each.sources), name
        assert "Cách xử lý: " in each.manual


# Files that nobody can be trusted to have made -----------------------------------------------------------------------


def package(**parts):
    """A right document with other parts: word_document="…" is word/document.xml."""
    source, saved = ZipFile(BytesIO(content(right()))), BytesIO()
    changed = {f"{name.replace('_', '/')}.xml": each for name, each in parts.items()}
    with ZipFile(saved, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changed.get(name, source.read(name)))
    return saved.getvalue()


OPEN = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
CLOSE = "</w:body></w:document>"
TOO_MANY_RUNS = f"{OPEN}<w:p>{'<w:r><w:t>a</w:t><w:br/></w:r>' * 100_000}</w:p>{CLOSE}"
HOSTILE = {
    "empty": (lambda: b"", "tệp rỗng"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "tệp Word kiểu cũ (.doc)"),
    "encrypted": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu mở"),
    "rtf": (lambda: b"{\\rtf1 a}", "tệp RTF"),
    "pdf": (lambda: b"%PDF-1.7", "tệp PDF"),
    "web page": (lambda: b"\xef\xbb\xbf<html><body>a</body></html>", "trang web"),
    "text": ("văn bản".encode, "không phải tệp Word"),
    "cut off": (lambda: content(right())[:5000], "chưa trọn vẹn hoặc bị hỏng"),
    "flipped": (lambda: content(right()).replace(b"word/document.xml", b"word/documen_.xml"), "không phải tệp Word"),
    "other zip": (lambda: _zip({"a.txt": "a"}), "không phải tệp Word"),
    "odt": (lambda: _zip({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
    "broken": (lambda: package(word_document="<w:document"), "phần word/document.xml trong tệp bị hỏng"),
    "broken styles": (lambda: package(word_styles="<a"), "phần word/styles.xml trong tệp bị hỏng"),
    "another root": (lambda: package(word_document="<a/>"), "không phải tệp Word"),
    "strict": (lambda: package(word_document='<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'), "Strict Open XML"),
    "entities": (lambda: package(word_document=f'<!DOCTYPE a [<!ENTITY b "{"c" * 100}">]>{OPEN}<w:p><w:r><w:t>&b;</w:t></w:r></w:p>{CLOSE}'), "DTD"),
    "bomb": (lambda: package(word_document=OPEN + " " * (30 * 2**20) + CLOSE), "giải nén ra quá 24 MB"),
    "tags": (lambda: package(word_document=f"{OPEN}{'<w:p/>' * 800_000}{CLOSE}"), "quá nhiều thành phần"),
    "paragraphs": (lambda: package(word_document=f"{OPEN}{'<w:p/>' * 61_000}{CLOSE}"), "hơn 60000 đoạn"),
    "deep": (lambda: package(word_document=f"{OPEN}{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}{CLOSE}"), "bị hỏng"),
}


def _zip(parts):
    saved = BytesIO()
    with ZipFile(saved, "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return saved.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_by_name(name):
    make, words = HOSTILE[name]
    (found,) = told(make())

    assert (found.code, found.severity.value, found.location.file) == ("D201", "error", "bao-cao.docx")
    assert words in found.message
    assert found.hint


def _styles(count):
    """A chain of styles, each based on the next, closed to a circle."""
    links = "".join(f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % count}"/></w:style>' for i in range(count))
    return f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{links}</w:styles>'


@pytest.mark.parametrize(
    "make",
    [
        lambda: package(word_document=TOO_MANY_RUNS),
        lambda: package(word_document=OPEN + '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>' * 1000 + CLOSE, word_styles=_styles(20_000)),
        lambda: package(word_document=f"{OPEN}<w:p><w:r><w:t xml:space='preserve'>Số:{' ' * 10**6}/a</w:t></w:r></w:p>{CLOSE}"),
        lambda: package(word_document=f"{OPEN}<w:p><w:r><w:t>Đầm Hà, ngày {'.' * 10**6}</w:t></w:r></w:p>{CLOSE}"),
        lambda: package(word_document=OPEN + '<w:p><w:pPr><w:sectPr><w:pgSz w:w="1" w:h="1"/></w:sectPr></w:pPr></w:p>' * 50_000 + CLOSE),
        lambda: package(word_document=f"{OPEN}{'<w:tbl><w:tr><w:tc>' * 60}<w:p/>{'</w:tc></w:tr></w:tbl>' * 60}{CLOSE}"),
        lambda: package(word_document=f"{OPEN}<w:p><w:pPr><w:ind w:firstLine='1e999'/><w:spacing w:line='x' w:before='nan'/></w:pPr></w:p>{CLOSE}"),
    ],
    ids=["runs", "circle of styles", "spaces", "dots", "sections", "nested tables", "numbers"],
)
def test_nothing_takes_long(make):
    content = make()
    began = time.process_time()
    told(content)

    assert time.process_time() - began < 10
