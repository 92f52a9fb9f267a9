"""html and md of a filled Word document: everything that it says, in its order, and nothing that a text smuggles in."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from wordfiles import content, document, lines_told_by_docx, parsed, plain, shown, told_by_docx, told_by_html

from mtqg_cli.render.documents import html, md
from mtqg_cli.render.documents.blocks import Picture
from mtqg_cli.render.documents.docx import DRAFT_MARK, render
from mtqg_cli.render.documents.reading import read

GOLDEN = Path(__file__).resolve().parents[1] / "goldens" / "tin-bai.md"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(2)"><!-- --></style>]]>',
    "a | b \\| c || --- | ---",
    "*sao* _gạch_ **đậm** `mã` ~~xóa~~ [chữ](http://a.b) ![ảnh](x) &lt; &amp; $x$ \\",
    "# Không phải mục",
    "1. Không phải danh sách",
    "2) Cũng không",
    "- gạch, # rồi 1. số",
    "+ 5%",
    "> trích",
    "===",
    "---",
    "    thụt bốn dấu cách",
    "1.234 triệu đồng",
)


@pytest.fixture(scope="module", params=["so-ket", "tin-bai"])
def filled(request, shipped, dam_ha):
    return render(shipped(request.param), replace(dam_ha, template=request.param), f"{request.param}.docx").content


def alternatives(made):
    """What is told of pictures to those who do not see them: Word has it beside its text."""
    described = Document(BytesIO(made)).element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    return {plain(each.get("descr", "")) for each in described}


def page_of(made, pictures=None):
    return html.render(made, "a.html", pictures).content.decode()


def text_of(made):
    return md.render(made, "a.md").content.decode()


def test_html_says_what_the_document_says(filled):
    told = told_by_docx(filled)
    assert len(told) > 20
    found = told_by_html(page_of(filled), *["p", "li", "h1", "h2", "h3", "h4", "td", "th"])
    assert [text for text in found if text not in alternatives(filled)] == told


def test_markdown_says_what_the_document_says(filled):
    """But for headings of tables, which stand flat in one row: their words are compared as a set."""
    page = page_of(filled)
    heads = set(told_by_html(page, "th"))
    expected = [text.removeprefix("- ") for text in lines_told_by_docx(filled) if text not in heads]
    found = shown(text_of(filled))
    beside = heads | alternatives(filled)
    assert [text for text in told_by_html(found, *["p", "li", "h1", "h2", "h3", "h4", "td"]) if text not in beside] == expected
    assert {part for text in told_by_html(found, "th") for part in text.split(" – ")} == heads


def test_merged_headings_are_flattened(shipped, dam_ha):
    found = told_by_html(shown(text_of(render(shipped("so-ket"), dam_ha, "a.docx").content)), "th")
    assert found[:5] == ["Mã", "Chương trình, dự án, tiểu dự án", "Kế hoạch vốn – Kéo dài", "Kế hoạch vốn – Giao trong năm", "Kế hoạch vốn – Tổng số"]


def test_markdown_of_the_article_is_as_reviewed(shipped, dam_ha):
    made = render(shipped("tin-bai"), replace(dam_ha, template="tin-bai"), "a.docx").content
    assert text_of(made) == GOLDEN.read_text(encoding="utf-8")


def test_the_same_document_gives_the_same_bytes(filled):
    for make in (html.render, md.render):
        assert make(filled, "a") == make(filled, "a")


def test_html_is_one_file_with_a_policy_and_a_skeleton(filled):
    page = page_of(filled)
    reader = parsed(page)
    assert not {"script", "link", "iframe", "object", "form", "base"} & set(reader.tags)
    assert not [value for _, attributes in reader.attributes for name, value in attributes.items() if name in ("src", "style") or name.startswith("on")]
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "http" not in page.replace("http-equiv", "")
    assert reader.tags.count("h1") == 1
    assert dict(reader.attributes)["html"] == {"lang": "vi"}
    assert all(attributes["scope"] in ("col", "colgroup") for tag, attributes in reader.attributes if tag == "th")


def test_annexes_are_printed_on_landscape_pages(shipped, dam_ha):
    page = page_of(render(shipped("so-ket"), dam_ha, "a.docx").content)
    assert "@page t1 { size: 210mm 297mm; margin: 20mm 15mm 20mm 30mm;" in page
    assert "@page t2 { size: 297mm 210mm; margin: 20mm 15mm 20mm 30mm;" in page


def test_a_draft_says_so_first(shipped, dam_ha):
    made = render(shipped("tin-bai"), replace(dam_ha, draft=True), "a.docx").content
    assert text_of(made).startswith(f"> **{DRAFT_MARK}**\n\n# ")
    assert told_by_html(page_of(made))[0] == DRAFT_MARK
    assert '@top-right { content: "DỰ THẢO"' in page_of(made)
    final = render(shipped("tin-bai"), dam_ha, "a.docx").content
    assert DRAFT_MARK not in text_of(final)
    assert DRAFT_MARK not in page_of(final)


def test_texts_that_look_like_markup_stay_texts(page, dam_ha):
    report = replace(dam_ha, values={**dam_ha.values, "luu_y": HOSTILE})
    template = page("{%p for y in luu_y %}", "{{ y }}", "{%p endfor %}")
    made = render(template, report, "a.docx").content
    assert told_by_html(page_of(made)) == [plain(each) for each in HOSTILE]
    found = shown(text_of(made))
    assert [text.removeprefix("- ").removeprefix("+ ") for text in map(plain, HOSTILE)] == told_by_html(found)
    assert set(parsed(found).tags) <= {"p", "ul", "li"}


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_that_look_like_markup_stay_in_their_cell(text):
    made = Document()
    table = made.add_table(2, 2, "Table Grid")
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.text = text
    saved = content(made)
    assert told_by_html(page_of(saved), "td") == [plain(text)] * 4
    assert told_by_html(shown(text_of(saved)), "td") == [plain(text)] * 4


FIELD = "<w:fldChar w:fldCharType='begin'/><w:instrText>{}</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>{}</w:t><w:fldChar w:fldCharType='end'/>"
ODD = st.text(st.sampled_from("ab1. *_`~|\\<>[]()!#+-=&;$:/@'\"ắĐ…–\n\t\u00a0"), min_size=1, max_size=12)
RUNS = st.lists(st.tuples(ODD, st.booleans(), st.booleans()), min_size=1, max_size=5)


@given(RUNS)
def test_no_text_is_lost_or_becomes_markup(runs):
    text = plain("".join(each for each, _, _ in runs))
    saved = document([("x", False, False), *runs], "cuối")
    assert told_by_html(page_of(saved)) == [plain(f"x{''.join(each for each, _, _ in runs)}"), "cuối"]
    found = shown(text_of(saved))
    assert plain(" ".join(told_by_html(found))) == plain(f"x{''.join(each for each, _, _ in runs)} cuối")
    assert set(parsed(found).tags) <= {"p", "br", "strong", "em"}, text


@given(ODD)
def test_whatever_begins_a_paragraph_begins_no_block(text):
    found = shown(text_of(document(text, "cuối")))
    assert set(parsed(found).tags) <= (
        {"p", "br"} if not text.lstrip().startswith(("- ", "+ ")) and not text.startswith(("-", "+")) else {"p", "br", "ul", "li"}
    )


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>", ["thêm"]),
        ("<w:p><w:r><w:t>thấy</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>", ["thấy"]),
        ("<w:p><w:hyperlink><w:r><w:t>liên</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/><w:t>kết</w:t></w:r></w:p>", ["liên\u2011kết"]),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>ô nội dung</w:t></w:r></w:p></w:sdtContent></w:sdt>", ["ô nội dung"]),
        ("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>chữ hoa</w:t></w:r></w:p>", ["CHỮ HOA"]),
        ("<w:p><w:r><w:t>trước</w:t><w:br w:type='page'/><w:t>sau</w:t></w:r></w:p>", ["trước sau"]),
        (f"<w:p><w:r>{FIELD.format('DATE', 'hôm nay')}</w:r></w:p>", ["hôm nay"]),
        (f"<w:p><w:r><w:t>trang</w:t>{FIELD.format('NUMPAGES', '12')}</w:r></w:p>", ["trang"]),
        ("<w:p><w:r><w:t>trang </w:t></w:r><w:fldSimple w:instr=' PAGE '><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>", ["trang"]),
        (
            "<w:p><w:r><w:pict><v:textbox xmlns:v='v'><w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
            ["trong khung"],
        ),
        ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t>đạt</w:t></w:r></w:p>", ["•đạt"]),
    ],
)
def test_what_word_shows_is_read_and_what_it_hides_is_not(xml, told):
    made = document(xml=xml)
    assert told_by_html(page_of(made)) == told
    assert [plain(" ".join(told_by_html(shown(text_of(made)))))] == told


def with_picture(name, alt):
    made = Document()
    drawing = made.add_paragraph().add_run().add_picture(BytesIO(PNG), Mm(20))
    drawing._inline.docPr.set("name", name)
    drawing._inline.docPr.set("descr", alt)
    made.add_paragraph("Hình 1. Tỷ lệ giải ngân", "Caption")
    return made


def test_a_chart_is_drawn_where_a_drawing_of_it_is_given():
    saved = content(with_picture("bieu_do.giai_ngan", "Biểu đồ <giải ngân>"))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'
    page = page_of(saved, {"bieu_do.giai_ngan": svg})
    assert svg in page
    assert 'aria-label="Biểu đồ &lt;giải ngân&gt;"' in page
    assert "data:image" not in page
    assert told_by_html(page, "p") == ["Hình 1. Tỷ lệ giải ngân"]
    assert text_of(saved).startswith("*Biểu đồ \\<giải ngân\\>*\n\n**Hình 1.")


def test_a_picture_is_put_into_the_page_and_one_of_another_kind_is_described():
    made = with_picture("Ảnh", 'Ảnh "đẹp"')
    assert "data:image/png;base64,iVBOR" in page_of(content(made))
    assert 'alt="Ảnh &quot;đẹp&quot;" width="76"' in page_of(content(made))
    part = next(each for each in made.part.package.iter_parts() if each.partname.endswith(".png"))
    part._blob = b"<svg onload='alert(1)'/>"
    page = page_of(content(made))
    assert "onload" not in page
    assert told_by_html(page, "p")[0] == 'Ảnh "đẹp"'
    assert read(content(made)).sections[0].blocks[0] == Picture("Ảnh", 'Ảnh "đẹp"', b"", "", pytest.approx(56.7, abs=0.1))


def test_a_table_without_rules_is_no_table():
    made = Document()
    table = made.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "trái", "phải"
    assert "<table" not in page_of(content(made))
    assert text_of(content(made)) == "trái\n\nphải\n"


def test_cells_cover_the_columns_and_rows_that_they_cover_in_word():
    made = Document()
    table = made.add_table(3, 3, "Table Grid")
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(index)
    grid = [list(row.cells) for row in table.rows]
    grid[0][0].merge(grid[1][0]).text = "cao"
    grid[0][1].merge(grid[0][2]).text = "rộng"
    spans = [(attributes.get("colspan"), attributes.get("rowspan")) for tag, attributes in parsed(page_of(content(made))).attributes if tag == "td"]
    assert spans == [(None, "2"), ("2", None), (None, None), (None, None), (None, None), (None, None), (None, None)]
    assert text_of(content(made)).splitlines()[2:] == ["| cao | rộng |  |", "|  | 4 | 5 |", "| 6 | 7 | 8 |"]


def test_notes_stand_at_the_end_and_are_pointed_to():
    made = Document()
    made.add_paragraph("Có ghi chú").runs[0]._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="7"/>'))
    made.add_paragraph("cuối")
    notes = f"""<w:footnotes {nsdecls("w")}><w:footnote w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
        <w:footnote w:id="7"><w:p><w:r><w:footnoteRef/><w:t>Theo | nghị quyết *13*.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    page = page_of(content(made))
    assert told_by_html(page, "p") == ["Có ghi chú1", "cuối", "Theo | nghị quyết *13*. ↑"]
    anchors = [attributes for tag, attributes in parsed(page).attributes if tag == "a"]
    assert {each["href"].removeprefix("#") for each in anchors} <= {attributes.get("id") for _, attributes in parsed(page).attributes}
    assert text_of(content(made)) == "Có ghi chú[^1]\n\ncuối\n\n[^1]: Theo \\| nghị quyết \\*13\\*.\n"


def test_what_stands_in_the_margins_is_said_once():
    made = Document()
    made.add_paragraph("thân")
    made.sections[0].header.paragraphs[0].text = "Dự thảo </style> lần 2"
    made.sections[0].footer.paragraphs[0].text = "Lưu hành nội bộ"
    made.add_section().header.is_linked_to_previous = False
    made.sections[1].header.paragraphs[0].text = "Dự thảo </style> lần 2"
    page = page_of(content(made))
    assert told_by_html(page) == ["Dự thảo </style> lần 2", "thân", "Lưu hành nội bộ"]
    assert page.count("</style>") == 1
    assert text_of(content(made)) == "> Dự thảo \\</style\\> lần 2\n\nthân\n\nLưu hành nội bộ\n"


def test_a_long_table_takes_no_time():
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 10 + "</w:tr>"
    saved = document(xml=f"<w:tbl><w:tblPr><w:tblStyle w:val='TableGrid'/></w:tblPr>{row * 3000}</w:tbl>")
    before = time.process_time()
    page_of(saved)
    text_of(saved)
    assert time.process_time() - before < 15


def test_a_section_on_the_same_page_begins_no_page():
    made = Document()
    made.add_paragraph("một")
    made.add_section(0)
    made.add_paragraph("hai")
    assert len(read(content(made)).sections) == 1
