"""What was read before is known again and nothing else is: same results, same documents, and files are read only when something about them is new."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "planted"))

import harvest
from cell_faults import FAULTS

from mtqg_cli import pipeline, reading
from mtqg_cli.cli.app import run
from mtqg_cli.core.diagnostic import Decision, Severity
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.ledger import cache
from mtqg_cli.project import load_project
from mtqg_cli.reading import reading_key
from mtqg_cli.reference.request import Acceptance, Judgement, Request
from mtqg_cli.settings import Settings
from mtqg_cli.validate.check import check_file

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path.name for path in (ROOT / "sample_data" / "specs").iterdir())
PERIOD = "6m2024"


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read from here on."""
    names = []

    def noting(taken):
        names.append(taken.file)
        return original(taken)

    original = reading.read_taken
    monkeypatch.setattr(reading, "read_taken", noting)
    return names


@pytest.fixture
def unreadable(monkeypatch):
    """From here on no workbook can be read."""

    def forbid():
        monkeypatch.setattr(reading, "read_taken", lambda taken: pytest.fail(f"{taken.file} was read"))
        monkeypatch.setattr("mtqg_cli.intake.read.read_workbook", lambda *_: pytest.fail("a workbook was read"))

    return forbid


def gathered(folder, period=PERIOD):
    """All that comes of a project, written out: equal is not enough (1, 1.0 and True are)."""
    project = load_project(folder)
    found = pipeline.gather(project, project.period(period))
    return repr((found.value.batches, found.value.request.excused, found.diagnostics))


def database(folder):
    return folder / ".mtqg" / cache.NAME


def rows(folder):
    with sqlite3.connect(database(folder)) as connection:
        found = dict(connection.execute("SELECT key, content FROM fact"))
    connection.close()
    return found


# --- the same results -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_is_the_same_from_the_cache(sample, tmp_path, unreadable):
    folder = tmp_path / sample
    shutil.copytree(ROOT / "sample_data" / sample, folder, ignore=shutil.ignore_patterns("out", ".mtqg"))
    periods = [path.name for path in (folder / "data").iterdir()]
    none = {period: gathered(ROOT / "sample_data" / sample, period) for period in periods}
    cold = {period: gathered(folder, period) for period in periods}
    unreadable()

    assert cold == none
    assert {period: gathered(folder, period) for period in periods} == none


@pytest.fixture(scope="module")
def planted(full_project, tmp_path_factory):
    """The project with every form, with a fault in each of its workbooks."""
    folder = tmp_path_factory.mktemp("gieo") / "du-an"
    shutil.copytree(full_project.folder, folder, ignore=shutil.ignore_patterns(".mtqg"))
    clean = harvest.read_clean(full_project)
    names = [name for name in FAULTS if name not in harvest.UNMOVED]
    for number, submission in enumerate(clean.batch.submissions):
        for name in names[number :: len(clean.batch.submissions)]:
            spoil(clean, name, submission, folder / "data" / PERIOD / submission.file)
    return folder


def spoil(clean, name, submission, path):
    planter = harvest.Planter(clean, submission, harvest.Editor(path.read_bytes()), harvest.random.Random(3))
    FAULTS[name](planter)
    if not planter.drop and not planter.extra:
        path.write_bytes(planter.editor.content())


COMMANDS = {
    "validate": ("validate", "--period", PERIOD, "--format", "json"),
    "text": ("validate", "--period", PERIOD),
    "summary": ("summary", "--period", PERIOD, "--format", "json"),
    "status": ("status", "--period", PERIOD, "--format", "json"),
    "report": ("report", "--period", PERIOD, "--draft", *(f"--format={each}" for each in ("docx", "html", "md", "xlsx"))),
}


def everything(folder, capsys):
    """What every command says and writes, and what the ledger keeps."""
    said = {}
    for name, arguments in COMMANDS.items():
        code = run([*arguments, "--project", str(folder)])
        captured = capsys.readouterr()
        said[name] = (code, captured.out, captured.err)
    made = {path.name: path.read_bytes() for path in sorted((folder / "out").rglob("*")) if path.is_file()}
    with sqlite3.connect(folder / ".mtqg" / "so-theo-doi.sqlite") as ledger:
        kept = ledger.execute("SELECT period, unit, sha256, file, errors, warnings, facts FROM receipt ORDER BY 1, 2, 3").fetchall()
    ledger.close()
    return said, made, kept


def start_again(folder):
    """As if nothing had ever been made or received, but for the cache."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    (folder / ".mtqg" / "so-theo-doi.sqlite").unlink(missing_ok=True)


@pytest.mark.parametrize("which", ["sample", "planted"])
def test_everything_made_is_the_same_from_the_cache(which, planted, project_copy, capsys, monkeypatch, unreadable):
    folder = project_copy if which == "sample" else planted
    monkeypatch.setattr("mtqg_cli.cli.clock.now", lambda: dt.datetime(2024, 6, 25, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=7))))
    with monkeypatch.context() as without:
        without.setattr(cache, "place", lambda project: project / "không có" / "tệp")
        none = everything(folder, capsys)
    start_again(folder)
    cold = everything(folder, capsys)
    start_again(folder)
    unreadable()
    warm = everything(folder, capsys)

    assert none[0]["report"][0] == 0
    assert len(none[1]) >= 5
    assert cold == none
    assert warm == none


# --- what is read again, and only that ------------------------------------------------------------------------------------------------


def test_one_changed_workbook_is_read_and_no_other(project_copy, read):
    gathered(project_copy)
    path = project_copy / "data" / PERIOD / "quang-lam.xlsx"
    path.write_bytes(path.read_bytes() + b"\0")
    read.clear()
    gathered(project_copy)

    assert read == ["quang-lam.xlsx"]


def test_a_workbook_under_another_name_is_another_workbook(project_copy, read):
    gathered(project_copy)
    path = project_copy / "data" / PERIOD / "quang-lam.xlsx"
    path.rename(path.with_name("quang-lam (2).xlsx"))
    read.clear()
    gathered(project_copy)

    assert read == ["quang-lam (2).xlsx"]


def test_a_changed_correction_concerns_its_file_only(project_copy, read):
    gathered(project_copy)
    read.clear()
    line = '\n[[correction]]\nfile = "quang-lam.xlsx"\nsheet = "Biểu 06"\ncell = "D10"\nold = 1020\nnew = {}\nreason = "a"\nby = "b"\ndate = 2024-06-25\n'
    for value in ("1100", "1101", "1100"):
        settings = (project_copy / "mtqg.toml").read_text(encoding="utf-8").split("\n[[correction]]")[0]
        (project_copy / "mtqg.toml").write_text(settings + line.format(value), encoding="utf-8")
        assert "thay cho “1.020”" in gathered(project_copy)
    assert read == ["quang-lam.xlsx", "quang-lam.xlsx"]


def everybody(folder, period=PERIOD):
    return sorted(path.name for path in (folder / "data" / period).iterdir())


@pytest.mark.parametrize("what", ["form", "criteria", "program", "library"])
def test_another_form_or_program_reads_everything_again(what, project_copy, read, monkeypatch):
    gathered(project_copy)
    read.clear()
    shipped = ROOT / "src" / "mtqg_cli" / "reference" / "data"
    if what == "program":
        monkeypatch.setattr(reading, "build", lambda: "another")
    elif what == "library":
        monkeypatch.setattr(reading, "libraries", lambda *_: "9.9")
    else:
        source = next((shipped / ("forms" if what == "form" else "criteria")).glob("*.toml"))
        target = project_copy / source.parent.name / source.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes() + "# một dòng khác\n".encode())
    gathered(project_copy)

    assert set(everybody(project_copy)) <= set(read)


def test_what_cannot_be_read_is_not_kept(project_copy, read):
    gathered(project_copy)
    before = rows(project_copy)
    path = project_copy / "data" / PERIOD / "hong.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    for _ in range(2):
        read.clear()
        assert "hong.xlsx" in gathered(project_copy)
        assert read == ["hong.xlsx"]
    assert rows(project_copy) == before


# --- the key ----------------------------------------------------------------------------------------------------------------------

#: Settings that nothing said of one file by itself depends on. Everything else is part of the key.
LEFT_OUT = {
    "accepted",
    "not_reporting",
    "issue",
    "event",
    "style.leading_zero",
    "style.decimals",
    "reporting.deadline",
    "programmes.poverty_line_basis",
    "unit.date",
}
WHO = {"reason": "a", "by": "b", "date": "2024-06-25"}
CORRECTION = {"file": "quang-lam.xlsx", "sheet": "Biểu 06", "cell": "D10", "old": 1020, "new": 1}
#: For every setting another value than the sample's.
OTHERS = {
    "unit.name": "Huyện Ba Chẽ",
    "unit.date": "2024-02-01",
    "unit.order": ["Xã Quảng An"],
    "reporting.regime": "nd09",
    "reporting.cutoff": {PERIOD: "2024-06-19"},
    "reporting.as_of": {"thu-nhap": "2022"},
    "reporting.deadline": {PERIOD: "2024-06-30"},
    "programmes.use": ["ntm-2021-2025"],
    "programmes.criteria": ["xa-ntm-nang-cao-2021-2025"],
    "programmes.criteria_of": {"Xã Quảng An": ["xa-ntm-nang-cao-2021-2025"]},  # which of two sets a commune has: see the forms' units below
    "programmes.bands": [19, [10, 18], [0, 9]],
    "programmes.poverty_line": "tw",
    "programmes.poverty_line_basis": "Nghị quyết khác",
    "programmes.absolute_exit": "net-fall",
    "forms.extra": ["ocop"],
    "forms.without": ["ho-ngheo"],
    "style.leading_zero": False,
    "style.decimals": {"ty_le_ngheo": 1},
    "issue": {"signer": "Người khác"},
    "event": {"name": "Hội nghị khác"},
    "rules.severity": {"T332": "ghi chú"},
    "rules.limits": {"bien_dong_so_ho": 4},
    "accepted": [{"rule": "T332", "file": "quang-lam.xlsx", **WHO}],
    "correction": [{**CORRECTION, **WHO}],
    "not_reporting": [{"unit": "Xã Quảng An", "period": PERIOD, "reason": "a"}],
}
WHOLE = {"issue", "event", "accepted", "correction", "not_reporting"}


def keys_of_settings():
    for name, about in Settings.model_fields.items():
        if name in WHOLE:
            yield name
        else:
            yield from (f"{name}.{field}" for field in about.annotation.model_fields)


def sample_with(change, monkeypatch):
    """The sample with one setting changed."""
    folder = ROOT / "sample_data" / "dam-ha"
    settings = load_project(folder).settings.model_dump(mode="json")
    for name, value in change.items():
        section, _, key = name.partition(".")
        if name == "unit.name":
            settings["unit"]["order"] = []
        if key:
            assert settings[section][key] != value, f"{name}: choose another value"
            settings[section][key] = value
        else:
            settings[section] = {**settings[section], **value} if isinstance(value, dict) else value
    monkeypatch.setattr("mtqg_cli.project._settings", lambda _: Settings.model_validate(settings))
    return load_project(folder)


def key_of(project, file="quang-lam.xlsx"):
    return reading.Reader(project, reading.Asked(PERIOD), "").key(reading.Taken(file, "0", b""))


def test_every_setting_has_another_value_here():
    assert set(keys_of_settings()) == set(OTHERS)
    assert set(OTHERS) >= LEFT_OUT


@pytest.mark.parametrize("setting", OTHERS)
def test_every_setting_that_is_not_left_out_is_part_of_the_key(setting, monkeypatch):
    plain = key_of(sample_with({}, monkeypatch))
    other = key_of(sample_with({setting: OTHERS[setting]}, monkeypatch))

    assert (other != plain) == (setting not in LEFT_OUT)


class Forbidden(dict):
    """Nobody may look into it."""

    def _forbid(self, *_):
        pytest.fail("a rule for a single file looked at what is left out of the key")

    __getitem__ = __contains__ = __iter__ = __len__ = __bool__ = get = items = keys = values = _forbid


def test_what_is_left_out_of_the_key_is_looked_at_by_no_rule_for_one_file(full_project, tmp_path):
    """Over workbooks with every kind of fault."""
    clean = harvest.read_clean(full_project)
    made = (next((each for one in clean.batch.submissions if (each := harvest.plant(clean, name, one, 7, tmp_path)) is not None), None) for name in FAULTS)
    sources = [source for each in made if each is not None for source in each.sources]
    request = clean.request
    closed = replace(request, excused=Forbidden(), judgement=replace(request.judgement, accepted=Forbidden()))

    assert len(sources) > 50
    assert [repr(check_file(each, closed)) for each in sources] == [repr(check_file(each, request)) for each in sources]


def test_a_request_has_nothing_that_the_key_does_not_know(dam_ha, period):
    """A new field must be put into the key, or found to be without effect on a single file."""
    request = dam_ha.request(period)
    unit = replace(request.unit, code="0")
    others = {
        "unit": unit,
        "parent": unit,
        "communes": request.communes[1:],
        "period": dam_ha.period("2023"),
        "forms": request.forms[1:],
        "programmes": ("ntm-2021-2025",),
        "criteria": (),
        "bands": (),
        "poverty_line": "tw",
        "as_of": {},
        "absolute_exit": "net-fall",
        "judgement": Judgement(severities={"T332": Severity.NOTE}),
    }
    limits = replace(request, judgement=Judgement(limits={"bien_dong_so_ho": Decimal(4)}))
    decision = Decision("a", "b")
    left_out = replace(request, excused={"06898": decision}, judgement=Judgement(accepted=(Acceptance("T332", "a", "", "", None, decision),)))
    plain = reading_key(request, "")

    of_a_set = sum(isinstance(getattr(form, name), set | frozenset) for form in request.forms for name in type(form).model_fields)
    single = [replace(request, forms=(request.forms[0].model_copy(update={"units": frozenset(units)}), *request.forms[1:])) for units in ("ab", "ac", "")]

    assert of_a_set == 0  # in JSON their order would be another in each process
    assert len({reading_key(each, "") for each in (request, *single)}) == 4
    assert {each.name for each in fields(Request)} == {*others, "book", "corrections", "excused"}  # the book is in the edition
    assert all(reading_key(replace(request, **{name: value}), "") != plain for name, value in others.items())
    assert reading_key(limits, "") != plain
    assert reading_key(request, "another") != plain
    assert reading_key(left_out, "") == plain


# --- files that change under the reader's hands ------------------------------------------------------------------------------------------


def test_what_is_kept_belongs_to_the_bytes_that_were_read(project_copy, monkeypatch):
    """The file is replaced between taking its bytes and reading them: the old bytes' result is kept for the old bytes."""
    path = project_copy / "data" / PERIOD / "quang-lam.xlsx"
    other = (project_copy / "data" / PERIOD / "quang-an.xlsx").read_bytes()
    plain = gathered(project_copy)
    shutil.rmtree(project_copy / ".mtqg")
    old = path.read_bytes()

    def replacing(taken):
        if taken.file == path.name:
            path.write_bytes(other)
        return original(taken)

    original = reading.read_taken
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_taken", replacing)
        assert gathered(project_copy) == plain
    assert gathered(project_copy) != plain
    path.write_bytes(old)
    assert gathered(project_copy) == plain


def test_a_file_that_vanishes_before_it_is_read_is_not_kept(project_copy):
    project = load_project(project_copy)
    period = project.period(PERIOD)
    work = pipeline.unread(project, period)
    (project_copy / "data" / PERIOD / "quang-lam.xlsx").unlink()
    (project_copy / "data" / PERIOD / "quang-an.xlsx").write_bytes(b"PK\x03\x04")
    packed = [each for one in work for each in pipeline.check_work(one)]
    pipeline.keep(project_copy, packed)

    assert len(packed) == sum(len(one.asked) * len(one.paths) for one in work) - 2
    assert sorted(each for one in pipeline.unread(project, period) for each in one.paths) == [project_copy / "data" / PERIOD / "quang-an.xlsx"]


# --- work for other processes ---------------------------------------------------------------------------------------------------------------


def test_other_processes_read_and_nothing_is_left_to_read(project_copy, unreadable):
    plain = gathered(ROOT / "sample_data" / "dam-ha")
    project = load_project(project_copy)
    work = pipeline.unread(project, project.period(PERIOD))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for packed in pool.map(pipeline.check_work, work):
            pipeline.keep(project_copy, packed)
    unreadable()

    assert sorted(path.name for one in work for path in one.paths) == sorted([*everybody(project_copy), *everybody(project_copy, "2023")])
    assert all(len(one.paths) <= 16 for one in work)
    assert pickle.loads(pickle.dumps(work)) == work  # noqa: S301 - our own
    assert pipeline.unread(project, project.period(PERIOD)) == ()
    assert gathered(project_copy) == plain


def test_a_worker_goes_by_the_project_as_it_is_when_it_works(project_copy, read):
    """The settings change after the work was given out: what was read goes by the new ones, and is found under them."""
    project = load_project(project_copy)
    work = pipeline.unread(project, project.period(PERIOD))
    settings = project_copy / "mtqg.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('poverty_line = "tinh"', 'poverty_line = "tw"'), encoding="utf-8")
    pipeline.keep(project_copy, [each for one in work for each in pipeline.check_work(one)])
    read.clear()
    new = gathered(project_copy)

    assert read == []
    shutil.rmtree(project_copy / ".mtqg")
    assert gathered(project_copy) == new


CHILD = """
import sys
from pathlib import Path
from mtqg_cli.pipeline import gather
from mtqg_cli.project import load_project
project = load_project(Path(sys.argv[1]))
for _ in range(3):
    (project.folder / ".mtqg" / "bo-nho-dem.sqlite").unlink(missing_ok=True) if sys.argv[2] == "drops" else None
    print(len(gather(project, project.period("6m2024")).value.batch.submissions))
"""


def test_the_key_is_the_same_in_every_process(project_copy, read):
    """Whatever order sets have there."""
    for seed in ("1", "2"):
        subprocess.run([sys.executable, "-c", CHILD, str(project_copy), "reads"], check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
    gathered(project_copy)

    assert read == []
    assert len(rows(project_copy)) == 20


def test_runs_at_once_do_not_disturb_each_other(project_copy):
    runs = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(project_copy), what], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for what in ("reads", "reads", "drops")
    ]
    told = [each.communicate() for each in runs]

    assert told == [("10\n10\n10\n", "")] * 3


def test_other_stages_never_hear_of_it(project_copy, unreadable):
    """`check_file` on the sources and what is known give one and the same."""
    project = load_project(project_copy)
    asked = reading.Asked(PERIOD)
    request = asked.request(project)
    sources = [reading.read_taken(reading.take(path)) for path in reading.files_of(project.data_folder(request.period))]
    first = reading.read_all(project, [asked])[asked]
    unreadable()

    assert not any(isinstance(each, Unreadable) for each in sources)
    assert repr(first) == repr(tuple(check_file(each, request) for each in sources))
    assert repr(reading.read_all(project, [asked])[asked]) == repr(first)
