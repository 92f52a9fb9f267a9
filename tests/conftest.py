"""What all tests share: the sample project as it lies in the repository, read once."""

from __future__ import annotations

import gc
import shutil
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from fullproject import make_full_project

from mtqg_cli.ledger import cache
from mtqg_cli.pipeline import gather, summarise
from mtqg_cli.project import load_project

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_data"
#: Modules that take long, the longest first: begun last, one of them would be waited for by every other process.
LONG = ("test_random_districts", "test_annex", "test_status", "test_planted", "test_guides", "test_sources", "test_docs", "test_report_formats", "test_cli")

#: How long an example takes says how busy the machine is: several processes test at once.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

#: As the program itself does (`cli/app.py`): what is read is kept, and looking for garbage finds none.
gc.set_threshold(500_000)


def pytest_configure():
    """What a shell starts in the background inherits that Ctrl-C is ignored, and so would every program that the tests start and stop."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    """Puts the long modules first; the order within a module stays."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


@pytest.fixture(scope="session", autouse=True)
def nothing_is_written_beside_the_samples():
    """Other processes read the samples as well, and what a run left there would be found by the next."""
    before = _contents(SAMPLES)
    yield
    assert _contents(SAMPLES) == before


def _contents(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if "__pycache__" not in path.parts}


@pytest.fixture(scope="session", autouse=True)
def _untouched():
    """The projects of the checkout are read without a cache: in a file nothing can be kept."""
    with pytest.MonkeyPatch.context() as patch:
        place = cache.place
        patch.setattr(cache, "place", lambda project: ROOT / "pyproject.toml" / "tệp" if project.is_relative_to(ROOT) else place(project))
        yield


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """A copy of the sample projects, to be read and reported on; a test that changes them takes a copy of its own."""
    folder = tmp_path_factory.mktemp("mau") / "sample_data"
    shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("out", ".mtqg", "__pycache__"))
    return folder


@pytest.fixture(scope="session")
def dam_ha(samples):
    """The project Đầm Hà."""
    return load_project(samples / "dam-ha")


@pytest.fixture(scope="session")
def period(dam_ha):
    return dam_ha.period("6m2024")


@pytest.fixture(scope="session")
def gathered(dam_ha, period):
    return gather(dam_ha, period)


@pytest.fixture(scope="session")
def aggregates(gathered):
    return summarise(gathered.value)


@pytest.fixture
def project_copy(tmp_path):
    """A copy of the project Đầm Hà that a test may spoil."""
    folder = tmp_path / "Đầm Hà 2024"
    shutil.copytree(SAMPLES / "dam-ha", folder, ignore=shutil.ignore_patterns("out", ".mtqg"))
    return folder


@pytest.fixture(scope="session")
def full_project(tmp_path_factory):
    """The project Đầm Hà with every extra form: 2023 and 6m2024, made from tests/data/full over the sample's specifications."""
    folder = tmp_path_factory.mktemp("du-an") / "day-du"
    make_full_project(folder)
    return load_project(folder)
