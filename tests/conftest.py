"""What all tests share: the sample project as it lies in the repository, read once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fullproject import make_full_project

from mtqg_cli.ledger import cache
from mtqg_cli.pipeline import gather, summarise
from mtqg_cli.project import load_project

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_data" / "dam-ha"


@pytest.fixture(scope="session", autouse=True)
def _untouched():
    """The projects of the checkout are read without a cache: in a file nothing can be kept."""
    with pytest.MonkeyPatch.context() as patch:
        place = cache.place
        patch.setattr(cache, "place", lambda project: ROOT / "pyproject.toml" / "tệp" if project.is_relative_to(ROOT) else place(project))
        yield


@pytest.fixture(scope="session")
def dam_ha():
    """The project Đầm Hà."""
    return load_project(SAMPLE)


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
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("out", ".mtqg"))
    return folder


@pytest.fixture(scope="session")
def full_project(tmp_path_factory):
    """The project Đầm Hà with every extra form: 2023 and 6m2024, made from tests/data/full over the sample's specifications."""
    folder = tmp_path_factory.mktemp("du-an") / "day-du"
    make_full_project(folder)
    return load_project(folder)
