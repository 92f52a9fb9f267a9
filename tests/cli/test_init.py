"""`mtqg init`: whatever unit it is for, the settings load; what stands in the way is told and nothing is half made."""

from __future__ import annotations

import shlex
import tomllib

import pytest

from mtqg_cli.cli.app import run
from mtqg_cli.project import load_project

COMMUNE = ("--unit", "Xã Đầm Hà, Tỉnh Quảng Ninh", "--date", "2025-09-30")
DISTRICT = ("--unit", "Huyện Đầm Hà, Tỉnh Quảng Ninh", "--date", "2024-06-30")
PROVINCE = ("--unit", "Tỉnh Quảng Ninh", "--date", "2025-09-30")


@pytest.fixture
def init(capsys):
    def calling(folder, *arguments):
        code = run(["init", str(folder), *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return calling


@pytest.mark.parametrize(("unit", "count"), [(COMMUNE, 0), (DISTRICT, 9), (PROVINCE, 54)])
def test_the_settings_load_for_every_unit(init, tmp_path, unit, count):
    code, _, _ = init(tmp_path / "d", *unit)

    assert code == 0
    order = tomllib.loads((tmp_path / "d" / "mtqg.toml").read_text(encoding="utf-8"))["unit"]["order"]
    assert len(order) == count
    assert [each.label for each in load_project(tmp_path / "d").communes] == order


def test_a_unit_without_children_is_told_so(init, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _, _, err = init("d", *COMMUNE)

    assert "chưa có đơn vị cấp dưới trong danh mục; " in err.replace("\n", " ")
    assert "0 đơn vị" not in err
    assert max(map(len, err.splitlines())) <= 80


@pytest.mark.parametrize(("unit", "period"), [(COMMUNE, "9m2025"), (DISTRICT, "6m2024")])
@pytest.mark.parametrize("folder", ["d", "báo cáo của huyện/chương trình mục tiêu quốc gia năm 2024"])
def test_the_next_step_is_a_line_that_can_be_copied(init, tmp_path, monkeypatch, unit, period, folder):
    monkeypatch.chdir(tmp_path)
    _, _, err = init(folder, *unit)

    (step,) = (line for line in err.splitlines() if "mtqg forms" in line)
    assert shlex.split(step)[-4:] == ["--project", folder, "--period", period]
    assert len(step) <= 80 or step.strip().startswith("mtqg forms")


@pytest.mark.parametrize("occupied", ["d", "d/data", "d/data/.."])
def test_a_file_in_the_place_of_a_folder_is_told(init, tmp_path, occupied):
    path = tmp_path / "d" / "data" if occupied == "d/data" else tmp_path / "d"
    path.parent.mkdir(exist_ok=True)
    path.write_text("của tôi", encoding="utf-8")

    code, out, err = init(tmp_path / ("d/e" if occupied == "d/data/.." else "d"), *DISTRICT)

    assert (code, out) == (3, "")
    assert f"{path} là một tệp" in err
    assert path.read_text(encoding="utf-8") == "của tôi"
    assert not (tmp_path / "d" / "mtqg.toml").exists()


def test_a_folder_that_cannot_be_made_is_told(init, tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "data").symlink_to(tmp_path / "không có" / "đâu")

    code, out, err = init(tmp_path / "d", *DISTRICT)

    assert (code, out) == (3, "")
    assert "Không tạo được thư mục" in err
    assert not (tmp_path / "d" / "mtqg.toml").exists()


def test_a_folder_that_is_there_already_is_used(init, tmp_path):
    (tmp_path / "d" / "data").mkdir(parents=True)

    assert init(tmp_path / "d", *DISTRICT)[0] == 0


def test_a_project_asks_for_extra_forms_by_name(init, tmp_path, capsys):
    init(tmp_path / "d", *DISTRICT)
    path = tmp_path / "d" / "mtqg.toml"
    text = path.read_text(encoding="utf-8")

    assert len(load_project(tmp_path / "d").forms) == 12
    path.write_text(text.replace("extra = []", 'extra = ["huy-dong", "ocop"]'), encoding="utf-8")
    assert {form.id for form in load_project(tmp_path / "d").forms if form.extra} == {"huy-dong", "ocop"}

    path.write_text(text.replace("extra = []", 'extra = ["huy-dongg"]'), encoding="utf-8")
    assert run(["list", "forms", "--project", str(tmp_path / "d")]) == 2
    err = capsys.readouterr().err
    assert "không có biểu bổ sung “huy-dongg”" in err
    assert "huy-dong, ocop, mo-hinh" in err.replace("\n", " ")
