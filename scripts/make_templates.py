"""Makes the Word templates that ship with mtqg from the Vietnamese text in `templates/`; the same bytes every time."""

from __future__ import annotations

import argparse
from pathlib import Path

from templates import cong_van, kiem_tra, so_ket, tin_bai, tong_ket

TEMPLATES = {"so-ket": so_ket.build, "tong-ket": tong_ket.build, "kiem-tra": kiem_tra.build, "tin-bai": tin_bai.build, "cong-van": cong_van.build}
CHECKOUT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Writes <out>/<template>/report.docx for every template and prints the paths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=CHECKOUT / "templates", help="the folder that holds the template folders")
    out: Path = parser.parse_args().out
    for name, build in TEMPLATES.items():
        target = out / name / "report.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(build())
        print(target)


if __name__ == "__main__":
    main()
