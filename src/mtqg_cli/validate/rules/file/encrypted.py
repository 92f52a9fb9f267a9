"""F102: a workbook that needs a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F102")
def encrypted(context: FileContext) -> Iterator[Finding]:
    """Tệp có mật khẩu mở nên không đọc được.

    Cách xử lý: mở tệp trong Excel, chọn Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu
    (File > Info > Protect Workbook > Encrypt with Password), xóa mật khẩu rồi lưu lại.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason == "encrypted":
        yield Finding(
            Location(source.file),
            "Tệp đặt mật khẩu mở, không đọc được.",
            "Bỏ mật khẩu mở tệp rồi gửi lại (mật khẩu bảo vệ trang tính thì giữ được).",
        )
