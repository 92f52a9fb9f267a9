"""`mtqg init`: a new project folder."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import console

if TYPE_CHECKING:
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.unit import UnitMap

_WIDTH = 80


def init(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục dự án sẽ tạo.")],
    unit: Annotated[str, typer.Option("--unit", metavar="TÊN", help="Đơn vị, ví dụ “Huyện Đầm Hà, Tỉnh Quảng Ninh”.")],
    date: Annotated[
        str,
        typer.Option(
            "--date",
            metavar="NGÀY",
            help="Ngày áp dụng danh mục đơn vị (2024-06-30); mặc định là hôm nay; đơn vị không còn sau sắp xếp thì lấy ngày cuối cùng còn tồn tại.",
        ),
    ] = "",
) -> int:
    """Tạo thư mục dự án: tìm đơn vị và các xã của nó trong danh mục, viết mtqg.toml có chú thích."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.core.vietnamese import format_date  # noqa: PLC0415
    from mtqg_cli.deliver import write  # noqa: PLC0415
    from mtqg_cli.project import SETTINGS, find_unit  # noqa: PLC0415

    try:
        wanted = dt.date.fromisoformat(date) if date else None
    except ValueError:
        message = f"“{date}” không phải là ngày."
        raise MtqgError(message, "Ghi theo thứ tự năm-tháng-ngày, ví dụ 2024-06-30.", exit_code=2) from None
    found, units, day = find_unit(unit, wanted)
    _make_folders(folder)
    write(folder / SETTINGS, _settings(found, units, day).encode())
    for path in (folder / SETTINGS, folder / "data"):
        console.out(str(path))
    if found.valid_to is not None and wanted is None:
        console.err(f"Lưu ý: {found.name} chỉ có trong danh mục đến ngày {format_date(found.valid_to)};\ndự án dùng danh mục của ngày đó.")
    console.err(_about(units.full_name(found), len(units.children(found))))
    where = f'"{folder}"' if " " in str(folder) else folder
    step = f"mtqg forms --project {where} --period {_period_of(day)}"
    console.err(f"Bước tiếp theo: {step}" if len(step) <= _WIDTH - 16 else f"Bước tiếp theo:\n  {step}")
    return 0


def _make_folders(folder: Path) -> None:
    """The project's folder and its data folder, before anything is written. Raises MtqgError."""
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415
    from mtqg_cli.core.system import answer  # noqa: PLC0415
    from mtqg_cli.project import SETTINGS  # noqa: PLC0415

    data = folder / "data"
    try:
        if (folder / SETTINGS).exists():
            message = f"{folder} đã có tệp {SETTINGS}."
            raise MtqgError(message, "Sửa tệp đó, hoặc chọn thư mục khác.", exit_code=2)
        for path in (*reversed(folder.parents), folder, data):
            if path.exists() and not path.is_dir():
                message = f"{path} là một tệp, không phải thư mục."
                raise MtqgError(message, "Chọn thư mục khác, hoặc chuyển tệp đó đi nơi khác.")
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"Không tạo được thư mục {data}: {answer(error, 'ghi')}."
        raise MtqgError(message, "Kiểm tra quyền ghi, hoặc chọn thư mục khác.") from None


def _about(name: str, communes: int) -> str:
    """What the map says of the units below."""
    if communes:
        return f"{name}: {communes} đơn vị trực thuộc."
    words = f"{name}: chưa có đơn vị cấp dưới trong danh mục; biểu chỉ lập cho chính đơn vị này."
    return textwrap.fill(words, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _period_of(day: dt.date) -> str:
    """The period that a day closes, as an example."""
    return str(day.year) if day.month == 12 else f"{day.month}m{day.year}"  # noqa: PLR2004 - December closes the year


def _settings(unit: Unit, units: UnitMap, day: dt.date) -> str:
    communes = units.children(unit)
    parent = units.get(unit.parent) if unit.parent else None
    about = "# thứ tự các đơn vị trong báo cáo"
    order = "".join(f'  "{each.label}",\n' for each in communes)
    superior = f"UBND {parent.name}".upper() if parent is not None else ""
    return _TEMPLATE.format(
        name=units.full_name(unit),
        date=day.isoformat(),
        order=f"order = [                             {about}\n{order}]" if order else f"order = []                            {about}",
        kind_upper=unit.name.upper(),
        place=unit.proper_name,
        superior=superior,
    )


_TEMPLATE = """\
# Dự án báo cáo Chương trình mục tiêu quốc gia. Chỉ [unit] name là bắt buộc; các mục khác đang ghi giá trị mặc định.
# Dòng bắt đầu bằng dấu # là chú thích. Sửa bằng Notepad, lưu ở bảng mã UTF-8.

[unit]
name = "{name}"
date = {date}                     # danh mục đơn vị hành chính của ngày này
{order}

[reporting]
regime = "lich"                       # lich: theo tháng dương lịch; nd09: chốt ngày 14 (Nghị định 09/2019/NĐ-CP, cần đối chiếu)
cutoff = {{}}                           # ngày chốt khác cuối kỳ, ví dụ {{ "6m2024" = 2024-06-20 }}; khi đó số liệu là ước
as_of = {{}}                            # nhóm chỉ tiêu lấy số của kỳ khác, ví dụ {{ thu-nhap = "2023" }}
deadline = {{}}                         # hạn nộp, ví dụ {{ "6m2024" = 2024-06-15 }}

[programmes]
use = ["ntm-2021-2025", "gnbv-2021-2025", "dtts-2021-2030"]   # mtqg list programmes
criteria = ["xa-ntm-2021-2025"]                               # mtqg list criteria
# criteria_of = {{ "xã …" = ["xa-ntm-nang-cao-2021-2025"] }}   # xã chỉ đánh giá theo các bộ tiêu chí này, thay cho criteria
bands = [19, [15, 18], [10, 14], [5, 9], [0, 4]]              # nhóm xã theo số tiêu chí đạt
poverty_line = "tw"                   # tw: chuẩn của Trung ương; tinh: chuẩn của tỉnh
poverty_line_basis = ""               # văn bản quy định chuẩn nghèo, in vào báo cáo
# absolute_exit = "net-fall"          # hộ thoát nghèo, cận nghèo “tuyệt đối”: net-fall là đầu kỳ trừ cuối kỳ; above-lines là vượt chuẩn cận nghèo

[forms]
extra = []                            # biểu dùng thêm (mtqg list forms), ví dụ ["huy-dong", "ocop", "nha-o"]
without = []                          # biểu không dùng, ví dụ ["ho-ngheo", "ho-can-ngheo"] khi chỉ theo dõi nông thôn mới

[style]
leading_zero = true                   # 03 xã thay vì 3 xã
decimals = {{ ty_le_ngheo = 2, ty_le_giai_ngan = 1 }}   # số chữ số thập phân theo họ chỉ tiêu

[issue]                               # thể thức văn bản
superior = []                         # cơ quan chủ quản nếu in, ví dụ ["{superior}"]
authority = ["ỦY BAN NHÂN DÂN", "{kind_upper}"]
number = "…/BC-UBND"
letter_number = "…/UBND"              # số, ký hiệu công văn trả lại tệp; thêm đơn vị soạn thảo, ví dụ "…/UBND-NN"
place = "{place}"
# date = 2024-06-25                   # ngày ký; không ghi thì để trống cho văn thư điền
basis = ""                            # văn bản yêu cầu báo cáo, ví dụ "Thực hiện Công văn số …"
capacity = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
signer = ""
recipients = ["Lưu: VT"]              # thêm đơn vị soạn thảo, ví dụ "Lưu: VT, NN&PTNT"

# [event]                             # hội nghị, cho mẫu tin bài
# period = "6m2024"                   # kỳ mà hội nghị bàn đến
# name = "Hội nghị sơ kết 6 tháng đầu năm"
# date = 2024-06-21
# place = ""
# chair = ""                          # chức danh người chủ trì
# attendance = ""
# conclusions = ["…"]                 # hoặc conclusions_file = "ket-luan.txt", mỗi dòng một ý

# [[not_reporting]]                   # đơn vị được phép không báo cáo
# unit = "xã …"
# period = "6m2024"
# reason = ""
# by = ""                             # chức danh người quyết định
# date = 2024-06-25

# [[accepted]]                        # cảnh báo đã xem và chấp nhận; lỗi thì không chấp nhận được
# period = "6m2024"
# rule = "T332"
# file = "quang-lam.xlsx"
# sheet = "Biểu 06"                   # bỏ trống sheet, cell khi cảnh báo nói về cả tệp
# cell = "D10"
# found = "1.250"                     # chỉ chấp nhận khi ô còn ghi đúng như vậy
# reason = ""
# by = ""
# date = 2024-06-25

# [[correction]]                      # ô đã thống nhất sửa với đơn vị; tệp gốc giữ nguyên, báo cáo nêu trong phụ lục
# period = "6m2024"
# file = "quang-lam.xlsx"
# sheet = "Biểu 02"
# cell = "C10"
# old = 13
# new = 12
# reason = ""
# by = ""
# date = 2024-06-25

# [rules]                             # mức của từng quy tắc: "lỗi", "cảnh báo", "ghi chú", "tắt"; giới hạn để hỏi lại
# severity = {{ X405 = "tắt" }}
# limits = {{ bien_dong_so_ho = 5 }}
"""
