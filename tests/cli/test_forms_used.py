"""Which forms a project uses: the usual ones, less those that it leaves out, and those that it asks for."""

from __future__ import annotations

import openpyxl
import pytest

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.project import load_project

UNIT = '[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\ndate = 2024-06-30\n'


def project(folder, forms):
    (folder / "mtqg.toml").write_text(f"{UNIT}[forms]\n{forms}\n", encoding="utf-8")
    return load_project(folder)


def test_a_form_that_is_left_out_is_neither_printed_nor_missed(tmp_path, call):
    loaded = project(tmp_path, 'without = ["ho-ngheo", "ho-can-ngheo", "von-don-vi"]')
    code, _, _ = call("forms", "--period", "6m2024", "--project", tmp_path, "--out", tmp_path / "data" / "6m2024")
    sheets = openpyxl.load_workbook(tmp_path / "data" / "6m2024" / "quang-lam.xlsx", read_only=True).sheetnames
    _, told, _ = call("validate", "--period", "6m2024", "--project", tmp_path)

    assert code == 0
    assert not {"ho-ngheo", "ho-can-ngheo", "von-don-vi"} & {form.id for form in loaded.forms}
    assert {"Biểu 04", "Biểu 06"} <= set(sheets)
    assert not {"Biểu 02", "Biểu 03"} & set(sheets)
    assert "Biểu 02" not in told


def test_a_criteria_form_is_left_out_with_all_its_sets(tmp_path):
    assert not [form.id for form in project(tmp_path, 'without = ["tieu-chi-ntm"]').forms if form.id.startswith("tieu-chi-ntm")]


@pytest.mark.parametrize(("forms", "named"), [('without = ["ho-nghèo"]', "ho-nghèo"), ('without = ["thong-tin"]', "thong-tin"), ('without = ["ocop"]', "ocop")])
def test_only_usual_forms_can_be_left_out(tmp_path, forms, named):
    with pytest.raises(MtqgError, match=f"không có biểu bỏ được “{named}”") as error:
        project(tmp_path, forms)
    assert "ho-ngheo" in error.value.hint


def test_a_form_of_communes_has_room_for_each_of_them_twice(dam_ha):
    from mtqg_cli.reference.book import load_book

    book = load_book().value
    communes = tuple(dam_ha.communes) * 4  # 32 xã
    form = next(each for each in book.in_use((), (), communes) if each.id == "cong-nhan-ntm")
    few = next(each for each in dam_ha.forms if each.id == "cong-nhan-ntm")

    assert form.capacity == 64
    assert few.capacity == 30
