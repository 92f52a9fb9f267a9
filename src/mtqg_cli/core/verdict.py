"""What can be said today of a file that was delivered: whether it still is what the manifest says, and still what the data say. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from mtqg_cli.core.receipt import Change

#: Is the file as it was written? Are the inputs, the program, the reference data, mtqg.toml, the template the same? Do the figures come out the same?
Question = Literal["file", "inputs", "program", "reference", "settings", "template", "figures"]


@dataclass(frozen=True, slots=True)
class InputChange:
    """A file that a report was made from, as it is now. `changes` are the cells that differ, None where that is not known."""

    file: str
    kind: Literal["changed", "missing", "added", "unreadable"]
    changes: tuple[Change, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`holds` is None where it cannot be told; `told` says how it is, or why nothing can be said."""

    question: Question
    holds: bool | None
    told: str
    inputs: tuple[InputChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answers about one file. `of` is the file of the manifest that it is a copy of, if it lies elsewhere under another name."""

    path: Path
    answers: tuple[Answer, ...]
    draft: bool = False
    of: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether it is as it was written and as the data say: only these two decide, the other answers say why."""
        deciding = [answer.holds for answer in self.answers if answer.question in ("file", "figures")]
        return False if False in deciding else None if None in deciding else True
