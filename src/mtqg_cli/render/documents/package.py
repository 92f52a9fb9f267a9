"""An Office package packed so that the same parts are the same bytes, on every machine. It knows no part's content."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_ZIP_MODE = 0o644 << 16
_CREATED_ON_UNIX = 3


def repacked(package: bytes) -> bytes:
    """The same parts with fixed dates, rights and order, the list of contents first as Word has it."""
    packed = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each != "_rels/.rels", each)):
            entry = ZipInfo(name, _ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = _CREATED_ON_UNIX
            entry.external_attr = _ZIP_MODE
            target.writestr(entry, source.read(name))
    return packed.getvalue()
