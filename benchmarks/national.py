"""A national month to work on: 34 provinces, 3,321 communes, a workbook of each; the figures are made up, the units are the official list's.

python benchmarks/national.py FOLDER [--communes 33|332|3321] [--faulty 1/50] [--workers 2] writes FOLDER/<province>/ and FOLDER/JOBS.toml.

The smaller sizes are parts of the nation, with about its share of wards (21 %): 332 is four whole provinces. No province has as few as 33
communes; 33 is the smallest one (38), of which the last five are excused from reporting this month, as they would be in reality.
"""

from __future__ import annotations

import argparse
import re
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from made_up import commune_values, province_values

from mtqg_cli.core.unit import REFORM_DAY
from mtqg_cli.core.vietnamese import slug
from mtqg_cli.forms.workbook import make_workbook
from mtqg_cli.project import load_project
from mtqg_cli.reference.unit import units_on, workbook_names

if TYPE_CHECKING:
    from mtqg_cli.core.unit import Unit

PERIOD = "t10-2025"
#: Lai Châu; with Đồng Nai, Tây Ninh and Cần Thơ; all (none named).
PARTS: dict[int, tuple[str, ...]] = {33: ("12",), 332: ("12", "75", "80", "92"), 3321: ()}
SETTINGS = """[unit]
name = "{name}"
date = 2025-10-31

[programmes]
use = ["ntm-2021-2025", "gnbv-2021-2025", "dtts-2021-2030"]
criteria = ["xa-ntm-2021-2025"]
poverty_line = "tw"

[issue]
authority = ["ỦY BAN NHÂN DÂN", "{authority}"]
number = "…/BC-UBND"
place = "{place}"
basis = "Thực hiện chế độ báo cáo định kỳ"
capacity = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
recipients = ["Bộ Nông nghiệp và Môi trường (báo cáo)", "Lưu: VT"]
"""
EXCUSED = """
[[not_reporting]]
unit = "{unit}"
period = "{period}"
reason = "Đang bàn giao sau khi sắp xếp đơn vị hành chính"
"""
JOBS = """# Báo cáo tháng của {count} tỉnh, thành phố.

[defaults]
period = "{period}"
templates = ["so-ket"]
formats = ["docx", "json"]
"""
JOB = """
[[job]]
project = "{project}"
"""
#: An input cell of the first village, of the poor and of the near-poor: words for a number, and a number that the other sheet does not bear.
_CELL = re.compile(rb'<c r="C10" s="(\d+)"><v>[0-9]+</v></c>')
_FAULTS = (rb'<c r="C10" s="\1" t="inlineStr"><is><t>nhieu</t></is></c>', rb'<c r="C10" s="\1"><v>999</v></c>')


def provinces(communes: int) -> list[Unit]:
    """The provinces of a size, by code."""
    found = sorted((each for each in units_on(REFORM_DAY).units.values() if each.level == "tỉnh"), key=lambda each: each.code)
    return [each for each in found if not PARTS[communes] or each.code in PARTS[communes]]


def settings_of(province: Unit, leave_out: int) -> str:
    """mtqg.toml; the last communes of the list are excused, so that there are as many as asked for."""
    text = SETTINGS.format(name=province.name, authority=province.name.upper(), place=province.proper_name)
    absent = units_on(REFORM_DAY).children(province)[-leave_out:] if leave_out else ()
    return text + "".join(EXCUSED.format(unit=each.name, period=PERIOD) for each in absent)


def make_province(folder: Path, province: Unit, leave_out: int, faulty: int) -> tuple[int, int]:
    """A province's project folder: how many workbooks of communes, how many bytes. Every `faulty`-th of them has two faults."""
    folder.mkdir(parents=True)
    (folder / "mtqg.toml").write_text(settings_of(province, leave_out), encoding="utf-8")
    project = load_project(folder)
    period = project.period(PERIOD)
    request = project.request(period)
    names = workbook_names(project.unit, project.communes)
    data = project.data_folder(period)
    data.mkdir(parents=True)
    programmes = [request.book.programmes[key] for key in request.programmes]
    communes = project.communes[: len(project.communes) - leave_out]
    size = 0
    for number, unit in enumerate((*communes, project.unit), 1):
        forms = request.forms_for(unit)
        own = unit.code == project.unit.code
        values = province_values(unit, project.communes, forms) if own else commune_values(unit, forms, period.as_of)
        path = data / names[unit.code]
        path.write_bytes(make_workbook(forms, unit, period, filename=path.name, values=values, programmes=programmes).content)
        if faulty and not own and number % faulty == 0:
            spoil(path)
        size += path.stat().st_size
    return len(communes), size


def spoil(path: Path) -> None:
    """Plants the two faults."""
    with zipfile.ZipFile(path) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    faults = iter(_FAULTS)
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet") and _CELL.search(content):
            parts[name] = _CELL.sub(next(faults, rb"\g<0>"), content, count=1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def make_nation(folder: Path, communes: int, faulty: int = 0, workers: int = 1) -> tuple[int, int, int]:
    """The projects and their JOBS.toml: how many provinces, workbooks of communes, bytes."""
    chosen = provinces(communes)
    whole = sum(len(units_on(REFORM_DAY).children(each)) for each in chosen)
    orders = [(folder / slug(each.proper_name), each, whole - communes, faulty) for each in chosen]
    with ProcessPoolExecutor(workers) as pool:
        made = list(pool.map(make_province, *zip(*orders, strict=True)))
    jobs = "".join(JOB.format(project=place.name) for place, *_ in orders)
    (folder / "JOBS.toml").write_text(JOBS.format(count=len(chosen), period=PERIOD) + jobs, encoding="utf-8")
    return len(chosen), sum(count for count, _ in made), sum(size for _, size in made)


def _one_in(text: str) -> int:
    one, _, many = text.partition("/")
    if one != "1" or not many.isdigit() or int(many) < 1:
        message = f"not of the form 1/50: {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(many)


def main() -> None:
    """Makes a national month and says how fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--communes", type=int, choices=tuple(PARTS), default=3321)
    parser.add_argument("--faulty", type=_one_in, default=0, metavar="1/N")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    count, books, size = make_nation(wanted.folder, wanted.communes, wanted.faulty, wanted.workers)
    taken = time.perf_counter() - start
    print(f"{count} provinces, {books} workbooks of communes, {size / 1e6:.0f} MB: {taken:.0f} s, {books / taken:.1f} workbooks/s")


if __name__ == "__main__":
    main()
