"""New files beside others: never somebody else's, and a refusal is one at once."""

from __future__ import annotations

import os

import pytest

from mtqg_cli.core import fresh
from mtqg_cli.core.fresh import fresh_file


def test_a_new_file_takes_bytes_as_they_are(tmp_path):
    descriptor, path = fresh_file(tmp_path, ".mtqg-", ".tmp")
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"mot\nhai\r\n\x1a")
    assert path.read_bytes() == b"mot\nhai\r\n\x1a"
    assert path.parent == tmp_path
    assert path.name.startswith(".mtqg-")
    assert path.name.endswith(".tmp")


def test_a_name_that_is_taken_is_left_alone(tmp_path, monkeypatch):
    draws = iter([b"\x00" * 4, b"\x01" * 4])
    monkeypatch.setattr(fresh.os, "urandom", lambda _: next(draws))
    (tmp_path / "00000000.tmp").write_bytes(b"cua nguoi khac")
    descriptor, path = fresh_file(tmp_path, "", ".tmp")
    os.close(descriptor)
    assert path.name == "01010101.tmp"
    assert (tmp_path / "00000000.tmp").read_bytes() == b"cua nguoi khac"


@pytest.mark.parametrize("refusal", [PermissionError, FileExistsError])
def test_a_folder_that_may_not_be_written_is_told_at_once(tmp_path, monkeypatch, refusal):
    tried = []

    def refuse(*arguments):
        tried.append(arguments)
        raise refusal(13, "refused")

    monkeypatch.setattr(fresh.os, "open", refuse)
    with pytest.raises(refusal):
        fresh_file(tmp_path, "", ".tmp")
    assert len(tried) <= 10
