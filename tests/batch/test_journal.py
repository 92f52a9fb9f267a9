"""The journal of a run: what stands in it whole counts, and only for the same job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mtqg_cli.batch.journal import Journal
from mtqg_cli.batch.orders import JobOrder

ORDERS = tuple(JobOrder(number, Path("/du an/Đầm Hà") / str(number), "6m2024") for number in (1, 2, 3))


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".mtqg" / "viec.toml.nhat-ky"


def test_what_was_finished_is_known_to_the_next_run(path):
    Journal(path).add(ORDERS[0])
    again = Journal(path)

    assert again.left_over(ORDERS) == {ORDERS[0]}
    again.add(ORDERS[2])
    assert Journal(path).left_over(ORDERS) == {ORDERS[0], ORDERS[2]}


def test_a_finished_run_leaves_none(path):
    journal = Journal(path)
    journal.add(ORDERS[0])
    journal.close()

    assert not path.exists()
    assert Journal(path).left_over(ORDERS) == frozenset()


@pytest.mark.parametrize("cut", range(1, 50, 7))
def test_a_line_cut_short_counts_for_nothing_and_spoils_none_after_it(path, cut):
    journal = Journal(path)
    journal.add(ORDERS[0])
    journal.add(ORDERS[1])
    path.write_bytes(path.read_bytes()[:-cut])

    again = Journal(path)
    assert again.left_over(ORDERS) == {ORDERS[0]}
    again.add(ORDERS[2])
    assert Journal(path).left_over(ORDERS) == {ORDERS[0], ORDERS[2]}


@pytest.mark.parametrize(
    "change", [{"draft": True}, {"period": "2023"}, {"formats": ("md",)}, {"templates": ("tin-bai",)}, {"out": Path("/ra")}, {"project": Path("/khac")}]
)
def test_another_order_is_another_job(path, change):
    Journal(path).add(ORDERS[0])

    assert Journal(path).left_over([replace(ORDERS[0], number=9)])
    assert not Journal(path).left_over([replace(ORDERS[0], **change)])


def test_where_it_cannot_be_written_the_run_goes_on(tmp_path):
    (tmp_path / ".mtqg").write_text("", encoding="utf-8")
    journal = Journal(tmp_path / ".mtqg" / "viec.toml.nhat-ky")
    journal.add(ORDERS[0])

    assert "Không ghi được danh sách việc đã xong" in journal.note
    assert journal.left_over(ORDERS) == frozenset()


def test_damage_is_an_empty_journal(path):
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00")

    assert Journal(path).left_over(ORDERS) == frozenset()
