"""Where the traceback of a bug goes: into a file that can be sent to whoever mends it, never onto the screen."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

SORRY = "Chương trình gặp sự cố ngoài dự kiến; các tệp đã nhận không bị thay đổi."


def keep(trouble: str, mark: str = "") -> str:
    """Writes it down and gives the line that says where; the traceback itself if no file can be written."""
    log = Path(tempfile.gettempdir()) / f"mtqg-{datetime.now():%Y%m%d-%H%M%S}{mark}.log"  # noqa: DTZ005 - a local time in a name
    try:
        log.write_text(trouble, encoding="utf-8")
    except OSError:
        return trouble
    return f"Chi tiết đã ghi vào {log}; đề nghị gửi tệp này cho người phụ trách phần mềm."
