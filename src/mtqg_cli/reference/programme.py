"""A National Target Programme of one phase: its name and its tree of dự án; the key of a dự án is (programme, code)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mtqg_cli.reference.quantity import Model


class Project(Model):
    """A dự án, tiểu dự án or nội dung thành phần; `provenance` S is sourced, K is general knowledge."""

    code: str
    name: str
    kind: Literal["du_an", "tieu_du_an", "noi_dung", "hop_phan"]
    parent: str = ""
    provenance: str = ""


class Programme(Model):
    """A programme file; the file's stem is `id`. `family` tells what the phases of one programme have in common.

    `title` is the full official name, `name` what stands behind "Chương trình" in a sentence, `short` what a drop-down shows.
    """

    id: str
    family: Literal["ntm", "gnbv", "dtts", "hop-nhat"]
    title: str
    name: str
    short: str
    phase: str
    basis: str
    valid_from: date
    valid_to: date
    origin: str = ""
    projects: Annotated[tuple[Project, ...], Field(alias="project")] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def parts(self) -> tuple[Project, ...]:
        """The tiểu dự án: those that belong to a dự án."""
        return tuple(each for each in self.projects if each.parent)
