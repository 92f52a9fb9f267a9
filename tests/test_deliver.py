"""Files on the disk: what a broken manifest or a failure half-way may not do."""

from __future__ import annotations

import json

import pytest

from mtqg_cli import deliver as module
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.deliver import MANIFEST, deliver

TWO = (Artifact("so-ket.docx", b"mot"), Artifact("tin-bai.docx", b"hai"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def outputs(folder):
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"outputs": null}',
        '{"outputs": ["a"]}',
        '{"outputs": {"so-ket.docx": "abc"}}',
        '{"outputs": {"so-ket.docx": null}}',
        '{"outputs": {"so-ket.docx": {"sha256": 5}}}',
        '{"outputs": {"so-ket.docx": {}}}',
    ],
)
def test_a_manifest_of_another_shape_counts_as_empty(tmp_path, manifest):
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    (tmp_path / "so-ket.docx").write_bytes(b"sua tay")

    delivered = deliver(tmp_path, TWO, {"period": "6m2024"})

    assert delivered.paths == (tmp_path / "so-ket.docx", tmp_path / "tin-bai.docx")
    assert [path.read_bytes() for path in delivered.kept] == [b"sua tay"]
    assert sorted(outputs(tmp_path)) == ["so-ket.docx", "tin-bai.docx"]


def test_what_was_written_before_a_failure_is_known_to_the_next_run(tmp_path, monkeypatch):
    whole = module.write

    def fails_at_the_second(path, content):
        if path.name == "tin-bai.docx":
            raise MtqgError("Không ghi được tệp.")
        whole(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(module, "write", fails_at_the_second)
        with pytest.raises(MtqgError):
            deliver(tmp_path, TWO, {})

    assert names(tmp_path) == [MANIFEST, "so-ket.docx"]
    assert list(outputs(tmp_path)) == ["so-ket.docx"]
    again = deliver(tmp_path, (Artifact("so-ket.docx", b"moi"), TWO[1]), {})
    assert again.kept == ()
    assert names(tmp_path) == [MANIFEST, "so-ket.docx", "tin-bai.docx"]


def test_other_entries_of_the_manifest_stay_and_the_same_bytes_come_again(tmp_path):
    deliver(tmp_path, TWO, {"period": "6m2024"})
    first = (tmp_path / MANIFEST).read_bytes()

    assert deliver(tmp_path, TWO[:1], {"period": "6m2024"}).kept == ()
    assert (tmp_path / MANIFEST).read_bytes() == first


def test_nothing_is_left_where_the_first_file_cannot_be_written(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(MtqgError):
        deliver(tmp_path, TWO, {})
    assert names(tmp_path) == []
