"""Files of settings that no library reads to their end: a slip in the syntax like any other, wherever the file lies."""

from __future__ import annotations

import pytest

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.reference.book import load_book
from mtqg_cli.reference.document_rules import load_rules
from mtqg_cli.reference.mistakes import read_settings
from mtqg_cli.reference.template import load_templates

SLIPS = pytest.mark.parametrize("text", ["[a", f"a = {'9' * 5000}", f"a = {'[' * 5000}", "a = 2024-02-31"], ids=["table", "digits", "brackets", "day"])


@SLIPS
def test_in_settings_and_lists_of_jobs(tmp_path, text):
    path = tmp_path / "mtqg.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MtqgError) as caught:
        read_settings(path, absent="", unreadable="", malformed="Sửa đi.")
    assert caught.value.message.startswith(f"Tệp {path} viết sai cú pháp")
    assert (caught.value.hint, caught.value.exit_code) == ("Sửa đi.", 2)


@SLIPS
def test_in_reference_data(tmp_path, text):
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "thu.toml").write_text(text, encoding="utf-8")
    (found,) = load_book(tmp_path).diagnostics
    assert (found.code, found.location.file) == ("K101", "thu.toml")
    assert found.message.startswith("Tệp viết sai cú pháp TOML")


@SLIPS
@pytest.mark.parametrize(
    ("place", "load"), [("templates/so-ket/template.toml", load_templates), ("van-ban/nd-30-2020.toml", load_rules)], ids=["template", "rules"]
)
def test_in_templates_and_rules_of_documents(tmp_path, text, place, load):
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MtqgError, match="viết sai cú pháp"):
        load(tmp_path)
