"""The named styles of the templates after Decree 30/2020/NĐ-CP, Phụ lục I; users change them in Word's style pane. No text here."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.ns import nsdecls

FONT = "Times New Roman"
_TWIPS_A_MM = 56.6929
_FIRST_LINE = 720  # 1,27 cm
_AFTER = 120  # 6 pt
_LINE = 264  # 1,1 lines: the decree asks for 1 to 1,5


def twips(millimetres: float) -> int:
    """Word's unit of length."""
    return round(millimetres * _TWIPS_A_MM)


@dataclass(frozen=True)
class Style:
    """One paragraph style; lengths in twips, `size` in points, `level` is a level of the numbering of headings or annexes."""

    id: str
    name: str
    based_on: str = "Normal"
    size: float = 0
    bold: bool | None = None
    italic: bool = False
    align: str = ""
    first_line: int | None = None
    before: int | None = None
    after: int | None = None
    line: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    colour: str = ""
    numbering: tuple[int, int] | None = None
    outline: int | None = None


def _plain(id_: str, name: str, size: float, align: str, **more: object) -> Style:
    """A style of the head block, the signing block or a table: no indent, close lines."""
    return Style(id_, name, size=size, align=align, **{"first_line": 0, "after": 0, "line": 240, **more})  # type: ignore[arg-type]


STYLES = (
    Style("Header", "header", size=13, align="center", first_line=0, after=0, line=240),
    Style("Heading1", "heading 1", bold=True, before=120, keep_next=True, numbering=(1, 0), outline=0),
    Style("Heading2", "heading 2", bold=True, keep_next=True, numbering=(1, 1), outline=1),
    Style("Heading3", "heading 3", bold=True, italic=True, keep_next=True, numbering=(1, 2), outline=2),
    Style("Title", "Title", size=14, bold=True, align="center", first_line=0, before=240, after=0, keep_next=True),
    Style("Subtitle", "Subtitle", size=14, bold=True, align="center", first_line=0, after=0, line=240, keep_next=True),
    Style("CauDan", "Câu dẫn", keep_next=True),
    Style("GachDauDong", "Gạch đầu dòng"),
    Style("CauKet", "Câu kết", keep_next=True, keep_lines=True),
    Style("TheDieuKhien", "Thẻ điều khiển", size=10, align="left", first_line=0, after=0, line=240, colour="7F7F7F"),
    _plain("QuocHieu", "Quốc hiệu", 13, "center", bold=True),
    _plain("TieuNgu", "Tiêu ngữ", 14, "center", bold=True),
    _plain("CoQuanChuQuan", "Cơ quan chủ quản", 13, "center"),
    _plain("CoQuanBanHanh", "Cơ quan ban hành", 13, "center", bold=True),
    _plain("SoKyHieu", "Số, ký hiệu", 13, "center", before=80),
    _plain("DiaDanhNgay", "Địa danh, ngày tháng", 14, "center", italic=True, before=60),
    _plain("DuongKe", "Đường kẻ", 2, "center"),
    _plain("NoiNhanTieuDe", "Nơi nhận (tiêu đề)", 12, "left", bold=True, italic=True),
    _plain("NoiNhan", "Nơi nhận", 11, "left"),
    _plain("ChucVu", "Quyền hạn, chức vụ", 14, "center", bold=True, keep_next=True),
    _plain("NguoiKy", "Họ tên người ký", 14, "center", bold=True, before=1500),
    _plain("HetPhan", "Hết phần", 1, "left"),
    _plain("PhuLuc", "Phụ lục", 14, "center", bold=True, keep_next=True, page_break=True, numbering=(2, 0), outline=0),
    _plain("TenPhuLuc", "Tên phụ lục", 13, "center", bold=True, keep_next=True),
    _plain("KemTheo", "Kèm theo", 13, "center", italic=True, keep_next=True),
    _plain("DonViTinh", "Đơn vị tính", 12, "right", italic=True, before=120, after=60, keep_next=True),
    _plain("BangDau", "Bảng: đầu cột", 11, "center", bold=True, before=40, after=40, keep_next=True),
    _plain("BangChu", "Bảng: chữ", 11, "left", before=40, after=40),
    _plain("BangSo", "Bảng: số", 11, "right", before=40, after=40),
    _plain("BangGiua", "Bảng: giữa", 11, "center", before=40, after=40),
    _plain("GhiChuBang", "Ghi chú dưới bảng", 12, "both", italic=True, before=60),
    _plain("GhiChuTieuDe", "Ghi chú (tiêu đề)", 13, "left", bold=True, before=240, after=60, keep_next=True),
    _plain("GhiChu", "Ghi chú", 13, "both", after=60),
    _plain("BieuDo", "Biểu đồ", 12, "center", before=60, keep_next=True),
    _plain("TenBieuDo", "Tên biểu đồ", 12, "center", italic=True, after=120, numbering=(3, 0)),
    _plain("TenBai", "Tên bài", 16, "center", based_on="Title", bold=True, before=0, after=240),
    Style("Sapo", "Lời dẫn", bold=True),
)


def styles_xml(more: tuple[Style, ...] = ()) -> bytes:
    """The whole styles part: defaults, Normal, the table styles, the list above and a document's own."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:spacing w:before="0" w:after="{_AFTER}" w:line="{_LINE}" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="{_FIRST_LINE}"/><w:jc w:val="both"/></w:pPr></w:style>'
    )
    return (
        f'<w:styles {nsdecls("w")}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        f"{normal}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        f"{_TABLE_STYLES}{''.join(_style_xml(each) for each in (*STYLES, *more))}</w:styles>"
    ).encode()


_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="BangSoLieu"><w:name w:val="Bảng số liệu"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)

_BUILT_IN = frozenset({"Header", "Heading1", "Heading2", "Heading3", "Title", "Subtitle"})


def _style_xml(style: Style) -> str:
    custom = "" if style.id in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="{style.based_on}"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{_paragraph_xml(style)}</w:pPr><w:rPr>{_run_xml(style)}</w:rPr></w:style>'
    )


def _paragraph_xml(style: Style) -> str:
    flags = (("keepNext", style.keep_next), ("keepLines", style.keep_lines), ("pageBreakBefore", style.page_break))
    parts = [f"<w:{name}/>" for name, on in flags if on]
    if style.numbering:
        number, level = style.numbering
        parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    spacing = [f'w:{name}="{value}"' for name, value in (("before", style.before), ("after", style.after)) if value is not None]
    spacing += [f'w:line="{style.line}" w:lineRule="auto"'] if style.line else []
    if spacing:
        parts.append(f"<w:spacing {' '.join(spacing)}/>")
    if style.first_line is not None:
        parts.append(f'<w:ind w:firstLine="{style.first_line}"/>')
    if style.align:
        parts.append(f'<w:jc w:val="{style.align}"/>')
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return "".join(parts)


def _run_xml(style: Style) -> str:
    parts = ["<w:b/>"] if style.bold else []
    parts += ["<w:i/>"] if style.italic else []
    parts += [f'<w:color w:val="{style.colour}"/>'] if style.colour else []
    if style.size:
        parts.append(f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>')
    return "".join(parts)


def numbering_xml() -> bytes:
    """Headings I. / 1. / 1.1., Phụ lục I, II … and Hình 1, 2 …: numbered by Word, so that a part without data leaves no gap."""
    headings = "".join(
        _level_xml(level, style, form, text)
        for level, (style, form, text) in enumerate((("Heading1", "upperRoman", "%1."), ("Heading2", "decimal", "%2."), ("Heading3", "decimal", "%2.%3.")))
    )
    annexes = _level_xml(0, "PhuLuc", "upperRoman", "Phụ lục %1", follow="nothing", first_line=0)
    pictures = _level_xml(0, "TenBieuDo", "decimal", "Hình %1.", first_line=0)
    return (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{headings}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="singleLevel"/>{annexes}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="singleLevel"/>{pictures}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    ).encode()


def _level_xml(level: int, style: str, form: str, text: str, *, follow: str = "space", first_line: int = _FIRST_LINE) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/><w:suff w:val="{follow}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="{first_line}"/></w:pPr></w:lvl>'
    )
