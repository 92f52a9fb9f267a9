"""What the manifest says a report was made of: which change turns its recipe, and which does not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from mtqg_cli.batch.about import about, as_read, grounds, is_current
from mtqg_cli.cli.app import run
from mtqg_cli.core.figure import Figure
from mtqg_cli.core.report import Record
from mtqg_cli.deliver import MANIFEST, recorded
from mtqg_cli.pipeline import figures_digest, gather, summarise
from mtqg_cli.project import load_project
from mtqg_cli.reference import version
from mtqg_cli.reference.resources import shipped
from mtqg_cli.reference.template import load_templates
from mtqg_cli.render.figures.digest import digest


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The project Đầm Hà with a meeting, an earlier period of the same year and a template of its own."""
    folder = tmp_path_factory.mktemp("du-an") / "Đầm Hà"
    shutil.copytree(shipped("sample_data") / "dam-ha", folder, ignore=shutil.ignore_patterns("out", ".mtqg"))
    settle(folder, "[event]", '[event]\nconclusions_file = "ket-luan.txt"')
    (folder / "ket-luan.txt").write_text("Một kết luận.\n", encoding="utf-8")
    shutil.copytree(folder / "data" / "6m2024", folder / "data" / "q1-2024")
    shutil.copytree(shipped("templates") / "so-ket", folder / "templates" / "so-ket")
    return folder


@pytest.fixture(scope="module")
def before(made):
    """What its report rests on; that is the same wherever the project lies."""
    return entry(made)


@pytest.fixture
def office(made, tmp_path):
    return shutil.copytree(made, tmp_path / "du-an")


def entry(folder, name="so-ket.docx", template="so-ket", formats=("docx", "html"), draft=False):
    project = load_project(folder)
    wanted = outputs(folder, template, formats)
    return about(grounds(project, project.period("6m2024")), wanted, draft=draft)[name]


def outputs(folder, template, formats):
    found = load_templates(folder)[template]
    return {f"{found.stem}.{form}": found for form in formats}


def recipe(folder, **wanted):
    return entry(folder, **wanted)["recipe"]


def edit(path, sheet="Biểu 02", cell="C10"):
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = (book[sheet][cell].value or 0) + 1
    book.save(path)


def settle(folder, old, new):
    path = folder / "mtqg.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(name, text):
    def change(folder):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return change


NOT_REPORTING = '\n[[not_reporting]]\nunit = "Tân Lập"\nperiod = "{}"\nreason = "sắp xếp lại"\n'
ACCEPTED = '\n[[accepted]]\nrule = "T332"\nfile = "a.xlsx"\nreason = "đã xem"\nby = "A"\ndate = 2024-06-20\n{}'

TURNS = {
    "an input of the period": lambda folder: edit(folder / "data" / "6m2024" / "quang-lam.xlsx"),
    "an input of the period before": lambda folder: edit(folder / "data" / "2023" / "quang-lam.xlsx"),
    "an input of an earlier period of the year": lambda folder: edit(folder / "data" / "q1-2024" / "quang-lam.xlsx"),
    "a file more": lambda folder: shutil.copy(folder / "data" / "6m2024" / "quang-lam.xlsx", folder / "data" / "6m2024" / "them.xlsx"),
    "a file less": lambda folder: (folder / "data" / "6m2024" / "tan-lap.xlsx").unlink(),
    "a file renamed": lambda folder: (folder / "data" / "6m2024" / "tan-lap.xlsx").rename(folder / "data" / "6m2024" / "tan-lap-2.xlsx"),
    "two files exchanged": lambda folder: exchange(folder / "data" / "6m2024", "tan-lap.xlsx", "tan-binh.xlsx"),
    "a file that is no workbook": append("data/6m2024/ghi-chu.txt", "a"),
    "a folder among the files": lambda folder: (folder / "data" / "6m2024" / "cu").mkdir(),
    "a period that is compared with appears": lambda folder: (folder / "data" / "6m2023").mkdir(),
    "a period that is compared with goes": lambda folder: shutil.rmtree(folder / "data" / "2023"),
    "the conclusions": append("ket-luan.txt", "Hai kết luận.\n"),
    "the template's document": lambda folder: shutil.copy(shipped("templates") / "tin-bai" / "report.docx", folder / "templates" / "so-ket" / "report.docx"),
    "the template's settings": append("templates/so-ket/template.toml", 'formats = ["docx", "html"]\n'),
    "a form of the project": lambda folder: copied(folder, "forms/ho-ngheo.toml", "Biểu 02", "Biểu 02"),
    "an indicator of the project": append("indicators/them.toml", "# không có gì\n"),
    "a provision on documents": append("van-ban/nd-30-2020.toml", ""),
    "who signs": lambda folder: settle(folder, "[issue]", '[issue]\nsigner = "Nguyễn Văn A"'),
    "how numbers look": lambda folder: settle(folder, "leading_zero = true", "leading_zero = false"),
    "a commune excused in the period": append("mtqg.toml", NOT_REPORTING.format("6m2024")),
    "a commune excused in the period before": append("mtqg.toml", NOT_REPORTING.format("2023")),
    "a warning accepted in any period": append("mtqg.toml", ACCEPTED.format("")),
    "a warning accepted in the period": append("mtqg.toml", ACCEPTED.format('period = "6m2024"\n')),
}


def exchange(folder, one, other):
    (folder / one).rename(folder / "x")
    (folder / other).rename(folder / one)
    (folder / "x").rename(folder / other)


def copied(folder, name, old, new):
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = (shipped("templates").parent / "src" / "mtqg_cli" / "reference" / "data" / name).read_text(encoding="utf-8")
    target.write_text(text.replace(old, new) + "\n# của dự án\n", encoding="utf-8")


STAYS = {
    "nothing": lambda _: None,
    "another day of the files": lambda folder: [os.utime(path, (10**9, 10**9)) for path in folder.rglob("*")],
    "what Excel and systems leave": lambda folder: [append(f"data/6m2024/{name}", "a")(folder) for name in ("~$quang-lam.xlsx", ".~lock.a.xlsx#", "Thumbs.db")],
    "a period that nothing is read from": lambda folder: shutil.copytree(folder / "data" / "2023", folder / "data" / "2021"),
    "the results": append("out/6m2024/so-ket.docx", "a"),
    "the ledger": append(".mtqg/so-theo-doi.sqlite", "a"),
    "the template of the program, which is the same": lambda folder: shutil.rmtree(folder / "templates"),
    "another template": append("templates/khac/template.toml", 'title = "Khác"\noutput = "khac.docx"\n'),
    "a comment in the settings": append("mtqg.toml", "\n# ghi chú\n"),
    "Windows' line ends in the settings": lambda folder: crlf(folder / "mtqg.toml"),
    "Windows' line ends in the template's settings": lambda folder: crlf(folder / "templates" / "so-ket" / "template.toml"),
    "a deadline": lambda folder: settle(folder, "[reporting]", '[reporting]\ndeadline = { "6m2024" = 2024-06-15 }'),
    "a commune excused in another period": append("mtqg.toml", NOT_REPORTING.format("9m2024")),
    "a warning accepted in another period": append("mtqg.toml", ACCEPTED.format('period = "9m2024"\n')),
}


def crlf(path):
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("change", TURNS)
def test_what_turns_the_recipe(office, before, change):
    TURNS[change](office)

    after = entry(office)
    assert before["recipe"] != after["recipe"]
    assert len(after["recipe"]) == 64


@pytest.mark.parametrize("change", STAYS)
def test_what_does_not(office, before, change):
    STAYS[change](office)

    assert entry(office) == before


def test_neither_does_the_place_nor_the_day(office, before, tmp_path, monkeypatch):
    moved = tmp_path / "nơi khác" / "x"
    shutil.copytree(office, moved)
    monkeypatch.chdir(moved)

    assert entry(moved) == before
    assert str(tmp_path) not in json.dumps(before)


def test_formats_and_drafts_are_apart(office):
    found = {recipe(office), recipe(office, name="so-ket.html"), recipe(office, draft=True), recipe(office, name="tin-bai.docx", template="tin-bai")}

    assert len(found) == 4
    assert recipe(office, formats=("docx", "md")) == recipe(office)  # what else is made does not matter


def test_what_needs_no_template_has_an_entry_as_well(office):
    project = load_project(office)
    told = about(grounds(project, project.period("6m2024")), {"so-lieu.json": None})["so-lieu.json"]

    assert (told["template"], told["request"]["format"], len(told["recipe"])) == (None, "json", 64)


def test_the_program_and_its_reference_data_turn_it(office, monkeypatch):
    before = recipe(office)
    monkeypatch.setattr("mtqg_cli.batch.about.program", lambda: "9.9.9")
    newer = recipe(office)
    monkeypatch.setattr("mtqg_cli.project.reference", lambda _: "khac")

    assert len({before, newer, recipe(office)}) == 3


def test_the_map_of_units_turns_it(office):
    """Without a date in mtqg.toml the units are those of the day."""
    project = load_project(office)
    period = project.period("6m2024")
    fewer = type(project)(**{**{name: getattr(project, name) for name in project.__slots__}, "communes": project.communes[1:]})

    assert grounds(project, period).settings != grounds(fewer, period).settings


def test_a_file_that_cannot_be_read_leaves_no_recipe(office, monkeypatch):
    held = office / "data" / "6m2024" / "quang-lam.xlsx"
    read = type(held).read_bytes

    def refuse(path):
        if path.name == held.name:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    told = entry(office)

    assert told["recipe"] == ""
    assert told["inputs"]["data/6m2024/quang-lam.xlsx"] == ""
    assert not is_current(office / "out" / "6m2024", {"so-ket.docx": told})


def test_what_was_read_counts_and_not_what_lies_there_since(office):
    project = load_project(office)
    period = project.period("6m2024")
    name = "data/6m2024/quang-lam.xlsx"
    before = grounds(project, period)
    edit(office / name)
    gathered = gather(project, period).value
    read = hashlib.sha256((office / name).read_bytes()).hexdigest()
    edit(office / name, cell="D10")

    assert as_read(before, gathered).inputs[name] == read
    assert list(as_read(before, gathered).inputs) != []
    assert {**as_read(before, gathered).inputs, name: ""} == {**dict(before.inputs), name: ""}


def test_what_was_hashed_but_could_not_be_read_leaves_no_recipe(office, monkeypatch):
    """Excel opened it in between: a draft without its figures is made again once they can be had."""
    project = load_project(office)
    period = project.period("6m2024")
    name = "data/6m2024/quang-lam.xlsx"
    (office / "data" / "6m2024" / "cũ").mkdir()
    before = grounds(project, period)
    read = Path.read_bytes

    def refuse(path):
        if path.name == "quang-lam.xlsx":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    found = as_read(before, gather(project, period).value)

    assert before.inputs[name]
    assert found.inputs[name] == ""
    assert found.inputs["data/6m2024/cũ"] == before.inputs["data/6m2024/cũ"] != ""


@pytest.mark.skipif(sys.platform == "darwin", reason="a disk that knows one spelling only")
def test_both_spellings_of_a_name_count(office):
    """Unicode writes “Lâm” in two ways: a folder with both has two files of one name."""
    names = [unicodedata.normalize(form, "Quảng Lâm.xlsx") for form in ("NFC", "NFD")]
    for name in names:
        shutil.copy(office / "data" / "6m2024" / "quang-lam.xlsx", office / "data" / "6m2024" / name)
    project = load_project(office)
    period = project.period("6m2024")
    found = [grounds(project, period)]
    for name in names:
        edit(office / "data" / "6m2024" / name, cell="D10" if name is names[0] else "C10")
        found.append(grounds(project, period))

    assert len({json.dumps(dict(each.inputs)) for each in found}) == 3
    assert as_read(found[-1], gather(project, period).value) == found[-1]


def test_a_form_changed_after_the_project_was_loaded_is_not_told_as_used(office):
    project = load_project(office)
    before = grounds(project, project.period("6m2024"))
    (office / "forms").mkdir(exist_ok=True)
    shipped_forms = Path(version.__file__).parent / "data" / "forms"
    form = next(shipped_forms.glob("*.toml"))
    (office / "forms" / form.name).write_bytes(form.read_bytes() + b"# x\n")

    assert grounds(project, project.period("6m2024")) == before
    assert grounds(load_project(office), project.period("6m2024")) != before


def test_a_report_is_current_until_something_changes(office):
    out = office / "out" / "6m2024"
    assert run(["report", "--project", str(office), "--period", "6m2024", "--format", "docx", "--format", "md"]) == 0

    def current(formats=("docx", "md")):
        project = load_project(office)
        return is_current(out, about(grounds(project, project.period("6m2024")), outputs(office, "so-ket", formats)))

    assert current()
    assert not current(("docx", "html"))
    content = (out / "so-ket.md").read_bytes()
    (out / "so-ket.md").write_bytes(content + b"x")
    assert not current()
    (out / "so-ket.md").unlink()
    assert not current()
    (out / "so-ket.md").write_bytes(content)
    assert current()
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    for each in manifest["outputs"].values():
        del each["recipe"]  # as versions before 1.0 wrote it
    (out / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert not current()
    (out / MANIFEST).unlink()
    assert not current()
    assert not is_current(out, {})


def test_the_manifest_has_the_keys_of_the_contract_and_the_figures(office):
    assert run(["report", "--project", str(office), "--period", "6m2024", "--format", "docx", "--format", "md"]) == 0
    assert run(["report", "--project", str(office), "--period", "6m2024", "--template", "phu-luc"]) == 0
    told = recorded(office / "out" / "6m2024")
    project = load_project(office)

    assert sorted(told) == ["phu-luc.xlsx", "so-ket.docx", "so-ket.md"]
    for name, each in told.items():
        assert list(each) == ["sha256", "program", "reference", "template", "request", "settings", "inputs", "recipe", "figures"]
        assert each["sha256"] == hashlib.sha256((office / "out" / "6m2024" / name).read_bytes()).hexdigest()
        assert {place.rsplit("/", 1)[0] for place in each["inputs"]} == {"data/6m2024", "data/2023", "data/q1-2024", "ket-luan.txt"}
        assert all(hashlib.sha256((office / place).read_bytes()).hexdigest() == digest for place, digest in each["inputs"].items())
    assert {each["figures"] for each in told.values()} == {figures_digest(summarise(gather(project, project.period("6m2024")).value))}
    assert told["so-ket.docx"]["request"] == {
        "unit": "200",
        "period": "6m2024",
        "periods": ["6m2024", "2023", "q1-2024"],
        "format": "docx",
        "draft": False,
    }


def figure(value, period, **kind):
    return Figure(**{"id": "a", "label": "A", "unit": "hộ", "period": period, "value": value, **kind})


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"value": 10}, {"value": Decimal("10.00")}, True),
        ({"value": 100}, {"value": 1}, False),
        ({"value": 0}, {"value": None}, False),
        ({"value": ()}, {"value": None}, False),
        ({"value": ("a", "b")}, {"value": ("b", "a")}, False),
        ({"value": 1, "scope": "1"}, {"value": 1}, False),
        ({"value": 1, "by": {"a": "1", "b": "2"}}, {"value": 1, "by": {"b": "2", "a": "1"}}, True),
        ({"value": 1, "by": {"a": "1"}}, {"value": 1, "by": {"a": "2"}}, False),
        ({"value": 1, "label": "A"}, {"value": 1, "label": "B"}, True),
        ({"value": 1, "unit": "hộ"}, {"value": 1, "unit": "người"}, False),
        ({"value": Decimal("0.30")}, {"value": Decimal("0.3")}, True),
        ({"value": Decimal("1E+2")}, {"value": 100}, True),
    ],
)
def test_two_digests_are_alike_if_the_values_are(period, one, other, alike):
    def of(**values):
        return digest([figure(period=period, **values)], {})

    assert (of(**one) == of(**other)) is alike
    assert (digest([], {"l": (Record({"a": figure(period=period, **one)}),)}) == digest([], {"l": (Record({"a": figure(period=period, **other)}),)})) is alike


def test_the_order_of_figures_does_not_matter_but_that_of_a_list_does(period):
    a, b = figure(1, period), figure(2, period, scope="1")

    assert digest([a, b], {}) == digest([b, a], {})
    assert digest([], {"l": (Record({"a": "1"}), Record({"a": "2"}))}) != digest([], {"l": (Record({"a": "2"}), Record({"a": "1"}))})


CHANGES = ("forms", "criteria", "programmes", "indicators", "tables", "van-ban", "units")


def test_the_digest_of_the_reference_data(tmp_path):
    before = version.reference(tmp_path)
    assert before == version.reference() == version.reference(tmp_path / "khong-co")
    seen = {before}
    for name in CHANGES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.toml").write_bytes(b"a = 1\n")
        seen.add(version.reference(tmp_path))
    assert len(seen) == len(CHANGES) + 1

    last = version.reference(tmp_path)
    other = tmp_path.parent / "noi-khac"
    shutil.copytree(tmp_path, other)
    assert version.reference(other) == last
    (other / "forms" / "x.toml").write_bytes(b"a = 1\r\n")
    assert version.reference(other) == last
    (other / "forms" / "x.toml").rename(other / "forms" / "y.toml")
    assert version.reference(other) != last
    (other / "forms" / "y.toml").rename(other / "criteria" / "y.toml")
    assert version.reference(other) != last
    for name in ("forms/ghi-chu.txt", "templates/x.toml", "data/x.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a", encoding="utf-8")
    assert version.reference(tmp_path) == last


def test_the_shipped_data_count_by_content(tmp_path, monkeypatch):
    for name in ("a", "b"):
        shutil.copytree(version.DATA, tmp_path / name / "reference" / "data")

    def of(name):
        monkeypatch.setattr(version, "DATA", tmp_path / name / "reference" / "data")
        version._shipped.cache_clear()
        return version.reference()

    try:
        first = of("a")
        units = next((tmp_path / "b").rglob("*.csv"))
        units.write_bytes(units.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        assert of("b") == first
        units.write_bytes(units.read_bytes() + b"x")
        assert of("b") != first
    finally:
        version._shipped.cache_clear()


def test_the_build_is_of_this_machine_and_the_version_is_not(tmp_path, monkeypatch):
    package = tmp_path / "mtqg_cli"
    (package / "reference" / "data").mkdir(parents=True)
    (package / "a.py").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(version, "DATA", package / "reference" / "data")

    def of():
        version.build.cache_clear()
        return version.build()

    try:
        first = of()
        assert of() == first
        os.utime(package / "a.py", (10**9, 10**9))
        moved = of()
        (package / "b.py").write_text("", encoding="utf-8")
        assert len({first, moved, of()}) == 3
    finally:
        version.build.cache_clear()
