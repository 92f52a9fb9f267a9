"""A small report in the right layout, made with python-docx, and what can be spoilt in it one thing at a time."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

CENTRE, BOTH, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
LONG = "Ủy ban nhân dân huyện báo cáo kết quả thực hiện các Chương trình mục tiêu quốc gia trên địa bàn huyện trong sáu tháng đầu năm như sau"


def right(*, title="BÁO CÁO", number="Số: 05/BC-UBND", date="Đầm Hà, ngày 05 tháng 3 năm 2024"):
    """The whole document, head and signature in tables without borders."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:hAnsi"), "Times New Roman")
    _page(document.sections[0])
    head = document.add_table(2, 2)
    left, right_side = head.cell(0, 0), head.cell(0, 1)
    write(left.paragraphs[0], "ỦY BAN NHÂN DÂN TỈNH", 13, align=CENTRE)
    rule(write(left.add_paragraph(), "ỦY BAN NHÂN DÂN HUYỆN", 13, bold=True, align=CENTRE))
    write(right_side.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, align=CENTRE)
    rule(write(right_side.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 14, bold=True, align=CENTRE))
    write(head.cell(1, 0).paragraphs[0], number, 13, align=CENTRE)
    write(head.cell(1, 1).paragraphs[0], date, 14, italic=True, align=CENTRE)
    write(document.add_paragraph(), title, 14, bold=True, align=CENTRE)
    rule(write(document.add_paragraph(), "Kết quả thực hiện các Chương trình mục tiêu quốc gia", 14, bold=True, align=CENTRE))
    for text in (f"{LONG}:", f"1. {LONG}.", f"2. {LONG}./."):
        body(document.add_paragraph(), text)
    end = document.add_table(1, 2)
    receivers, signers = end.rows[0].cells
    write(receivers.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    for text in ("- UBND tỉnh (báo cáo);", "- UBND các xã, thị trấn;", "- Lưu: VT, NN&PTNT."):
        write(receivers.add_paragraph(), text, 11)
    write(signers.paragraphs[0], "TM. ỦY BAN NHÂN DÂN", 14, bold=True, align=CENTRE)
    write(signers.add_paragraph(), "KT. CHỦ TỊCH", 14, bold=True, align=CENTRE)
    write(signers.add_paragraph(), "PHÓ CHỦ TỊCH", 14, bold=True, align=CENTRE)
    signers.add_paragraph()
    write(signers.add_paragraph(), "Nguyễn Văn A", 14, bold=True, align=CENTRE)
    write(document.add_paragraph(), "Phụ lục I", 14, bold=True, align=CENTRE).paragraph_format.page_break_before = True
    write(document.add_paragraph(), "KẾT QUẢ GIẢI NGÂN", 14, bold=True, align=CENTRE)
    write(document.add_paragraph(), "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 3 năm 2024 của Ủy ban nhân dân huyện)", 14, italic=True, align=CENTRE)
    return document


def _page(section):
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    page_number(section.header.paragraphs[0])


def page_number(paragraph, size=14):
    paragraph.alignment = CENTRE
    for kind, text in (("begin", ""), ("", " PAGE   \\* MERGEFORMAT "), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        run.font.size = Pt(size)
        if kind == "":
            run._r.append(OxmlElement("w:instrText"))
            run._r[-1].text = text
        elif kind != "text":
            run._r.append(OxmlElement("w:fldChar", attrs={qn("w:fldCharType"): kind}))
    return paragraph


def write(paragraph, text, size, *, bold=None, italic=None, align=None):
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
    paragraph.alignment = align
    return paragraph


def body(paragraph, text):
    write(paragraph, text, 14, align=BOTH)
    about = paragraph.paragraph_format
    about.first_line_indent, about.space_after, about.line_spacing = Mm(12.7), Pt(6), 1.1
    return paragraph


def rule(paragraph):
    borders = OxmlElement("w:pBdr")
    borders.append(OxmlElement("w:bottom", attrs={qn("w:val"): "single", qn("w:sz"): "6", qn("w:space"): "1", qn("w:color"): "auto"}))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")
    return paragraph


def all_paragraphs(document):
    from docx.text.paragraph import Paragraph

    return [Paragraph(each, document._body) for each in document.element.body.iter(qn("w:p"))]


def find(document, text):
    """The first paragraph that begins so."""
    return next(each for each in all_paragraphs(document) if each.text.startswith(text))


def content(document):
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


# What can be spoilt. Each takes the document and spoils one thing.


def words(old, new):
    def change(document):
        run = next(run for each in all_paragraphs(document) for run in each.runs if old in run.text)
        run.text = run.text.replace(old, new)

    return change


def look(text, **changes):
    """Other looks for all letters of a paragraph: size, bold, italic, name, underline."""

    def change(document):
        for run in find(document, text).runs:
            for name, value in changes.items():
                setattr(run.font, name, Pt(value) if name == "size" else value)
            if "name" in changes:
                run._r.rPr.rFonts.set(qn("w:hAnsi"), changes["name"])

    return change


def setting(text, **changes):
    """Other settings for a paragraph."""

    def change(document):
        about = find(document, text).paragraph_format
        for name, value in changes.items():
            setattr(about, name, value)

    return change


def section(**changes):
    def change(document):
        for name, value in changes.items():
            setattr(document.sections[0], name, value)

    return change


def letter_paper(document):
    section(page_width=Mm(215.9), page_height=Mm(279.4))(document)


def lying(document):
    section(orientation=WD_ORIENT.LANDSCAPE, page_width=Mm(297), page_height=Mm(210))(document)


def number_at_the_bottom(document):
    header = document.sections[0].header
    header.is_linked_to_previous = True
    page_number(document.sections[0].footer.paragraphs[0])


def number_on_the_first_page(document):
    document.sections[0].different_first_page_header_footer = False


def number_look(size=None, align=None, italic=None):
    def change(document):
        paragraph = document.sections[0].header.paragraphs[0]
        paragraph.alignment = align if align is not None else paragraph.alignment
        for run in paragraph.runs:
            run.font.size = Pt(size) if size is not None else run.font.size
            run.font.italic = italic

    return change


def numbering(**attributes):
    def change(document):
        document.sections[0]._sectPr.append(OxmlElement("w:pgNumType", attrs={qn(f"w:{name}"): value for name, value in attributes.items()}))

    return change


def without(text):
    def change(document):
        paragraph = find(document, text)._p
        paragraph.getparent().remove(paragraph)

    return change


def without_line(text):
    def change(document):
        borders = find(document, text)._p.pPr.find(qn("w:pBdr"))
        borders.getparent().remove(borders)

    return change


def colour(text, value):
    def change(document):
        find(document, text).runs[0].font.color.rgb = RGBColor.from_string(value)

    return change


def all_body(change_one):
    def change(document):
        for each in all_paragraphs(document):
            if LONG in each.text:
                change_one(each)

    return change


def _small(paragraph):
    paragraph.runs[0].font.size = Pt(12)


def _tight(paragraph):
    paragraph.paragraph_format.space_after = Pt(0)


NATION, MOTTO, DATE = "CỘNG HÒA", "Độc lập", "Đầm Hà, ngày"

#: What is spoilt, the code, words of the message; `severity` where it is none of the code's own.
FAULTS = {
    "paper": (letter_paper, "D203", "khổ giấy 216 x 279 mm"),
    "lying": (lying, "D203", "đặt ngang mà không có bảng"),
    "margins": (section(left_margin=Mm(10), right_margin=Mm(10)), "D204", "lề trái 10 mm, phải từ 30-35 mm; lề phải 10 mm"),
    "gutter": (section(gutter=Mm(10)), "D204", "lề trái 40 mm"),
    "font": (look("1. Ủy ban", name="Arial"), "D205", "phông Arial"),
    "old font": (look("Phụ lục", name=".VnTime"), "D205", "phông .VnTime"),
    "colour": (colour("1. Ủy ban", "FF0000"), "D206", "chữ màu #FF0000"),
    "number below": (number_at_the_bottom, "D207", "đặt ở chân trang"),
    "number on page 1": (number_on_the_first_page, "D207", "hiện ở trang thứ nhất"),
    "number right": (number_look(align=WD_ALIGN_PARAGRAPH.RIGHT), "D207", "phải đặt giữa"),
    "number small": (number_look(size=10), "D207", "cỡ chữ 10, phải là 13-14"),
    "number italic": (number_look(italic=True), "D207", "kiểu chữ đứng"),
    "number Roman": (numbering(fmt="lowerRoman"), "D207", "chữ số Ả Rập"),
    "number from 5": (numbering(start="5"), "D207", "bắt đầu từ 5"),
    "nation small letters": (words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam"), "D208", "phải viết chữ in hoa"),
    "nation small": (look(NATION, size=11), "D208", "cỡ chữ 11, phải là 12-13"),
    "nation light": (look(NATION, bold=None), "D208", "phải in đậm"),
    "nation misspelt": (words("CHỦ NGHĨA", "CHỦ NGĨA"), "D208", "phải ghi đúng"),
    "nation missing": (without(NATION), "D208", "không thấy Quốc hiệu"),
    "motto en dash": (words("Độc lập - Tự do", "Độc lập – Tự do"), "D209", "dấu gạch dài"),
    "motto no spaces": (words("Độc lập - Tự do", "Độc lập-Tự do"), "D209", "phải có dấu cách"),
    "motto capitals": (words("Tự do", "Tự Do"), "D209", "viết hoa, viết thường"),
    "motto italic": (look(MOTTO, italic=True), "D209", "phải bỏ in nghiêng"),
    "motto small": (look(MOTTO, size=12), "D209", "cỡ chữ 12, phải là 13-14"),
    "motto left": (setting(MOTTO, alignment=LEFT), "D209", "phải căn giữa"),
    "motto without line": (without_line(MOTTO), "D210", "chưa thấy đường kẻ"),
    "motto underlined": (look(MOTTO, underline=True), "D210", "gạch chân"),
    "subject without line": (without_line("Kết quả"), "D210", "trích yếu: chưa thấy đường kẻ"),
    "authority light": (look("ỦY BAN NHÂN DÂN HUYỆN", bold=None), "D211", "tên cơ quan ban hành: phải in đậm"),
    "authority small letters": (words("ỦY BAN NHÂN DÂN TỈNH", "Ủy ban nhân dân tỉnh"), "D211", "phải viết chữ in hoa"),
    "number without zero": (words("Số: 05/", "Số:5/"), "D212", "ghi thêm số 0 ở trước: 05"),
    "number without colon": (words("Số: 05", "Số 05"), "D212", "dấu hai chấm"),
    "number without slash": (words("05/BC", "05 BC"), "D212", "dấu gạch chéo"),
    "sign with spaces": (words("BC-UBND", "BC - UBND"), "D212", "không có dấu cách"),
    "sign with en dash": (words("BC-UBND", "BC–UBND"), "D212", "dấu gạch dài"),
    "sign unknown": (words("BC-UBND", "BCC-UBND"), "D212", "“BCC” không phải chữ viết tắt tên loại văn bản, phải là BC"),
    "sign of a plan": (words("BC-UBND", "KH-UBND"), "D212", "ký hiệu KH là của kế hoạch"),
    "sign small letters": (words("BC-UBND", "BC-ubnd"), "D212", "chữ in hoa: UBND"),
    "number size": (look("Số:", size=14), "D212", "cỡ chữ 14, phải là 13"),
    "number blank": (words("05/BC", "…/BC"), "D213", "số còn để trống"),
    "date blank": (words("ngày 05 tháng 3", "ngày … tháng …"), "D213", "ngày, tháng ban hành còn để trống"),
    "date zeros": (words("ngày 05 tháng 3", "ngày 5 tháng 03"), "D214", "ngày 5 phải ghi là ngày 05; tháng 03 phải ghi là tháng 3"),
    "date in February": (words("ngày 05 tháng 3", "ngày 15 tháng 2"), "D214", "tháng 2 phải ghi là tháng 02"),
    "date short": (words("ngày 05 tháng 3 năm 2024", "ngày 05/3/2024"), "D214", "phải ghi đầy đủ"),
    "date that is none": (words("ngày 05 tháng 3", "ngày 31 tháng 4"), "D214", "không có ngày 31/4/2024"),
    "date without place": (words("Đầm Hà, ngày 05", "ngày 05"), "D214", "thiếu địa danh"),
    "date without comma": (words("Đầm Hà, ngày 05", "Đầm Hà ngày 05"), "D214", "dấu phẩy"),
    "date upright": (look(DATE, italic=None), "D215", "phải in nghiêng"),
    "title light": (look("BÁO CÁO", bold=None), "D216", "tên loại: phải in đậm"),
    "title left": (setting("BÁO CÁO", alignment=LEFT), "D216", "tên loại: phải căn giữa"),
    "subject small": (look("Kết quả", size=12), "D216", "trích yếu: cỡ chữ 12"),
    "title missing": (without("BÁO CÁO"), "D216", "không thấy tên loại “BÁO CÁO”"),
    "body small": (all_body(_small), "D217", "và 2 đoạn khác: cỡ chữ 12, phải là 13-14"),
    "body tight": (all_body(_tight), "D218", "và 1 đoạn khác: cách đoạn trên 0 pt, phải từ 6 pt"),
    "body wide lines": (setting("1. Ủy ban", line_spacing=2.0), "D218", "cách dòng 2, phải từ 1 đến 1,5 dòng"),
    "body wide lines in points": (setting("1. Ủy ban", line_spacing=Pt(40)), "D218", "cách dòng cố định 40 pt"),
    "body left": (setting("1. Ủy ban", alignment=LEFT), "D219", "căn trái, phải căn đều hai bên"),
    "body not indented": (setting("1. Ủy ban", first_line_indent=Mm(0)), "D219", "dòng đầu thụt 0,00 cm, phải là 1 hoặc 1,27 cm"),
    "receivers large": (look("Nơi nhận", size=14), "D220", "cỡ chữ 14, phải là 12"),
    "receivers upright": (look("Nơi nhận", italic=None), "D220", "phải in nghiêng"),
    "receivers without colon": (words("Nơi nhận:", "Nơi nhận"), "D220", "phải ghi “Nơi nhận:”"),
    "list large": (look("- UBND tỉnh", size=13), "D220", "cỡ chữ 13, phải là 11"),
    "list comma": (words("(báo cáo);", "(báo cáo),"), "D220", "kết thúc bằng dấu “;”"),
    "list without filing": (words("- Lưu: VT, NN&PTNT.", "- Như trên."), "D220", "dòng cuối phải là “- Lưu: VT, …”"),
    "receivers missing": (lambda document: [without(each)(document) for each in ("Nơi nhận", "- UBND tỉnh", "- UBND các")], "D220", "không thấy “Nơi nhận:”"),
    "capacity without dot": (words("KT. CHỦ", "KT CHỦ"), "D221", "sau KT phải có dấu chấm"),
    "capacity without space": (words("TM. ỦY", "TM.ỦY"), "D221", "sau TM. phải có dấu cách"),
    "capacity small letters": (words("TM. ỦY BAN NHÂN DÂN", "TM. Ủy ban nhân dân"), "D221", "phải viết chữ in hoa"),
    "capacity light": (look("PHÓ CHỦ TỊCH", bold=None), "D221", "phải in đậm"),
    "signer capitals": (words("Nguyễn Văn A", "NGUYỄN VĂN A"), "D222", "phải viết chữ in thường"),
    "signer with title": (words("Nguyễn Văn A", "ThS. Nguyễn Văn A"), "D222", "học hàm, học vị"),
    "end mark": (words("như sau./.", "như sau."), "D223", "phải kết thúc bằng “./.”"),
    "annex small": (look("Phụ lục", size=12), "D224", "cỡ chữ 12, phải là 14"),
    "annex title small letters": (words("KẾT QUẢ GIẢI NGÂN", "Kết quả giải ngân"), "D224", "phải viết chữ in hoa"),
    "annex of nothing": (without("(Kèm theo"), "D224", "không thấy dòng “(Kèm theo …)”"),
    "pairing": (look(MOTTO, size=13), "D225", "Quốc hiệu cỡ 13 mà Tiêu ngữ cỡ 13, phải là 14"),
}


def spoilt(name):
    """The right document with one thing spoilt."""
    document = right()
    FAULTS[name][0](document)
    return content(document)


def wrong_documents():
    """All of them, an article, and what is no document."""
    article = Document()
    article.add_paragraph("Huyện sơ kết các Chương trình mục tiêu quốc gia.")
    return [*map(spoilt, FAULTS), content(article), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), b"PK\x03\x04", b"%PDF-1.7"]
