"""What is kept of a file comes back as it was, whatever stood in its cells; what was spoilt does not come back at all."""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "planted"))

import harvest
from cell_faults import FAULTS

from mtqg_cli.core.diagnostic import Decision, Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.sheet import RawCell, Unreadable
from mtqg_cli.core.submission import FileResult, FileStatus, Submission
from mtqg_cli.core.table import Cell, Row, Table
from mtqg_cli.core.unit import Unit
from mtqg_cli.ledger import packing
from mtqg_cli.ledger.packing import pack, unpack
from mtqg_cli.validate.check import check_file

PERIOD = parse_period("6m2024")
UNITS = tuple(Unit(code, f"Xã {code}", "Xã", "xã", None, None, None) for code in ("00001", "00002"))

words = st.text(st.characters(), max_size=12)
numbers = st.integers(0, 2**40) | st.integers() | st.just(10**400)
values = st.one_of(
    st.none(),
    st.booleans(),
    numbers,
    st.floats(),
    words,
    st.decimals(allow_nan=True),
    st.sampled_from([Decimal("1.0"), Decimal(1), Decimal("1E+3"), 1, 1.0, True, 0.0, -0.0, "1", "", "None"]),
    st.dates(),
    st.datetimes().map(lambda each: each.replace(fold=0)),
    st.times().map(lambda each: each.replace(fold=0)),
    st.timedeltas(),
)
kinds = st.sampled_from(["number", "text", "bool", "date", "error", "formula_without_value"])
in_file = st.builds(RawCell, kinds, values, st.none() | words, st.booleans(), st.sampled_from([None, "TCVN3", "VNI"]))
raws = st.none() | st.builds(RawCell, kinds, values, st.none() | words, st.booleans(), st.sampled_from([None, "TCVN3", "VNI"]), st.none() | in_file)
places = st.builds(Location, words, st.none() | words, st.none() | numbers, st.none() | numbers)
days = st.none() | st.dates()
decisions = st.none() | st.builds(Decision, words, words, days)
remedies = st.lists(st.tuples(places, numbers), max_size=2).map(tuple)


def diagnostics(consequences):
    texts = st.none() | words
    related = st.lists(places, max_size=2).map(tuple)
    return st.builds(Diagnostic, words, st.sampled_from(Severity), places, words, words, texts, texts, related, consequences, decisions, remedies)


found = diagnostics(st.lists(diagnostics(st.just(())), max_size=2).map(tuple))


@st.composite
def tables(draw):
    where = Location(draw(words), draw(words))
    at = st.tuples(st.integers(1, 9), st.integers(1, 4)).map(lambda place: Location(where.file, where.sheet, *place))
    cells = st.builds(Cell, at, raws, values, st.none() | words, st.none() | words, st.booleans())
    rows = st.builds(Row, st.dictionaries(st.sampled_from(["ten", "so_ho", "ghi_chu", "key"]), cells), words, numbers)
    return Table(draw(words), where, tuple(draw(st.lists(rows, max_size=4))), draw(st.none() | rows))


@st.composite
def results(draw):
    status = FileStatus(draw(words), draw(words), draw(st.none() | words), draw(st.booleans()))
    sent = Submission(draw(words), draw(words), draw(st.sampled_from(UNITS)), PERIOD, draw(st.dictionaries(words, tables(), max_size=3)))
    return FileResult(status, draw(st.sampled_from([None, sent])), tuple(draw(st.lists(found, max_size=2))))


@settings(deadline=None, max_examples=300)
@given(results())
def test_a_result_comes_back_as_it_was(result):
    again = unpack(pack(result), UNITS, PERIOD)

    assert repr(again) == repr(result)  # 1, 1.0 and True are equal and not the same, and nothing is equal to NaN


def test_what_is_found_in_spoilt_workbooks_comes_back(full_project, tmp_path):
    """Faults of every kind, each in a workbook of its own."""
    clean = harvest.read_clean(full_project)
    sources = [source for name in FAULTS for source in planted_sources(clean, name, tmp_path)]
    units = (*clean.request.communes, clean.request.unit)
    made = [check_file(source, clean.request) for source in sources]

    assert len(made) > len(FAULTS) * 0.9
    assert sum(bool(each.diagnostics) for each in made) > len(FAULTS) * 0.8
    assert [repr(unpack(pack(each), units, clean.request.period)) for each in made] == [repr(each) for each in made]


def planted_sources(clean, name, folder):
    made = (harvest.plant(clean, name, submission, 7, folder) for submission in clean.batch.submissions)
    each = next((each for each in made if each is not None), None)
    return [source for source in each.sources if not isinstance(source, Unreadable)] if each is not None else []


def of_a_workbook(gathered):
    sent = gathered.value.batch.submissions[0]
    return FileResult(FileStatus(sent.file, sent.sha256, sent.unit.code), sent, ())


def test_whatever_the_bytes_are_the_answer_is_a_result_or_none(gathered):
    """The sum beside the content says that it is whole; here nobody has looked at it."""
    request = gathered.value.request
    content = pack(of_a_workbook(gathered))
    chance = random.Random(5)
    for _ in range(400):
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 3)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        answer = unpack(bytes(spoilt[: chance.randint(0, len(spoilt))]), request.communes, request.period)
        assert answer is None or isinstance(answer, FileResult)


@pytest.mark.parametrize("document", [b"[]", b"{}", b"1", b"[" * 100_000, b'{"status": [], "values": [], "odd": [[9, "decimal", "x"]]}', b"\xff"])
def test_another_document_is_no_result(document):
    assert unpack(packing.zlib.compress(document), UNITS, PERIOD) is None


def test_a_result_of_a_unit_that_is_not_asked_is_none(gathered):
    request = gathered.value.request
    result = of_a_workbook(gathered)
    others = [unit for unit in request.communes if unit != result.submission.unit]

    assert unpack(pack(result), others, request.period) is None


def test_a_small_content_that_swells_is_left(monkeypatch, gathered):
    content = pack(of_a_workbook(gathered))
    monkeypatch.setattr(packing, "LARGEST", 500)

    assert unpack(content, gathered.value.request.communes, gathered.value.request.period) is None
    assert pack(of_a_workbook(gathered)) is None


@pytest.mark.parametrize(
    "odd", [object(), b"bytes", {"a": 1}, type("Text", (str,), {})("một lớp con"), 10**5000], ids=["object", "bytes", "dict", "subclass", "digits"]
)
def test_what_is_not_known_how_to_be_kept_is_not_kept(odd):
    where = Location("a.xlsx", "Biểu 01")
    table = Table("bieu", where, (Row({"ten": Cell(where._replace(row=1, column=1), None, odd)}, "dòng", 1),))
    sent = Submission("a.xlsx", "0", UNITS[0], PERIOD, {"bieu": table})

    assert pack(FileResult(FileStatus("a.xlsx", "0", "00001"), sent, ())) is None


def test_known_types_are_all_there():
    """What calamine may give, and what forms read it as."""
    for value in (date(2024, 6, 1), datetime(2024, 6, 1, 7, 30, 1, 5), time(7, 30), timedelta(days=-1, microseconds=3), Decimal("0.10")):
        where = Location("a.xlsx", "Biểu 01", 1, 1)
        table = Table("bieu", Location("a.xlsx", "Biểu 01"), (Row({"ten": Cell(where, RawCell("date", value), value)}, "dòng", 1),))
        result = FileResult(FileStatus("a.xlsx", "0", "00001"), Submission("a.xlsx", "0", UNITS[0], PERIOD, {"bieu": table}), ())
        assert repr(unpack(pack(result), UNITS, PERIOD)) == repr(result)
