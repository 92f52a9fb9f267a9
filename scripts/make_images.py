"""The pictures in README: pages of the sample's report as LibreOffice prints them. Run it after a change of the template; look before committing.

Needs LibreOffice and poppler (pdftoppm, pdftotext); no test runs it, since fonts differ from machine to machine.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from mtqg_cli.cli.app import run

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
#: A page, by words that stand on it, and the name of its picture.
PAGES = (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "so-ket-1.png"), ("Hình 1.", "so-ket-bieu-do.png"))
_DOTS_PER_INCH = "60"
_LARGEST = 200_000


def main() -> None:
    """Writes the pictures, each small enough for a page that people open over the telephone."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "dam-ha"
        shutil.copytree(ROOT / "sample_data" / "dam-ha", project, ignore=shutil.ignore_patterns("out", ".mtqg"))
        if run(["report", "--project", str(project), "--period", "6m2024", "--format", "pdf"]):
            raise SystemExit(1)
        pdf = str(project / "out" / "6m2024" / "so-ket.pdf")
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True, encoding="utf-8").stdout  # noqa: S603, S607 - our own file
        for words, name in PAGES:
            number = str(next(index for index, page in enumerate(text.split("\f"), start=1) if words in page))
            target = IMAGES / name
            command = ["pdftoppm", "-png", "-r", _DOTS_PER_INCH, "-f", number, "-l", number, "-singlefile", pdf, str(target.with_suffix(""))]
            subprocess.run(command, check=True)  # noqa: S603 - our own file
            size = target.stat().st_size
            print(f"{target.relative_to(ROOT)}: page {number}, {size:,} bytes")
            if size > _LARGEST:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
