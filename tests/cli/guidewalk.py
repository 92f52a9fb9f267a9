"""A guide followed step by step, as a reader would: commands typed, files written as shown, sentences typed into Word, what is said to come out looked for.

```sh                      commands; the comment "kết thúc với mã 1" says that the data or the template has errors
```bat                     xcopy of folders; ĐƯỜNG_DẪN is where the shipped templates lie
```toml  # path.toml       a file of the project, whole; of mtqg.toml the sections and keys that change
```text  # x.docx, dưới đoạn “…”   paragraphs typed under the first one that holds those words
```text  # trong x.docx    what the document says
```text                    what the last commands printed
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from copy import deepcopy
from pathlib import Path

from docx import Document

from mtqg_cli.reference.resources import shipped

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TYPED = re.compile(r"# (?P<path>\S+\.docx), dưới đoạn “(?P<under>.+?)”")
_SAID = re.compile(r"# trong (?P<path>\S+\.docx)")
_FILE = re.compile(r"# (?P<path>\S+\.toml)")


def blocks(path, language):
    """The blocks of a guide in a language."""
    return [text for kind, text in _BLOCK.findall(path.read_text(encoding="utf-8")) if kind == language]


class Walk:
    """A reader at a command line in a folder; `call` is the program."""

    def __init__(self, call):
        self.call = call
        self.printed = ""
        self.done = 0

    def follow(self, guide):
        for kind, text in _BLOCK.findall(guide.read_text(encoding="utf-8")):
            getattr(self, f"_{kind}", self._other)(text)

    def _sh(self, text):
        self.printed = ""
        for line in text.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["cd"]:
                os.chdir(words[1])
            elif words:
                assert words[0] == "mtqg", line
                code, out, err = self.call(*words[1:])
                self.printed += out + err
                self.done += 1
                assert code == (1 if "kết thúc với mã 1" in line else 0), (line, err)

    def _bat(self, text):
        for line in text.splitlines():
            command, *words = shlex.split(line.replace("\\", "/"))
            source, target = (word for word in words if not re.fullmatch(r"/\w", word))
            assert command == "xcopy"
            shutil.copytree(source.replace("ĐƯỜNG_DẪN", str(shipped("templates"))), target, dirs_exist_ok=True)

    def _toml(self, text):
        head, _, rest = text.partition("\n")
        named = _FILE.match(head)
        if named is None:
            return
        path = Path(named["path"])
        if path.name == "mtqg.toml":
            path.write_text(_settled(path.read_text(encoding="utf-8"), rest), encoding="utf-8")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def _text(self, text):
        head, _, rest = text.partition("\n")
        if typed := _TYPED.match(head):
            _type(Path(typed["path"]), typed["under"], rest.splitlines())
        else:
            said = _SAID.match(head)
            shown = _bare(_words(Path(said["path"])) if said else self.printed)
            for line in (rest if said else text).splitlines():
                assert _bare(line) in shown, line

    def _other(self, _):
        """What is only shown: JSON."""


def _settled(settings, changes):
    """mtqg.toml with keys of its sections set anew."""
    section = ""
    for line in changes.splitlines():
        if line.startswith("["):
            section = line
        elif line:
            assert f"\n{section}\n" in settings
            key = line.split(" = ")[0]
            before, after = settings.split(f"\n{section}\n")
            within, *others = re.split(r"(?m)^(?=\[)", after, maxsplit=1)
            kept = re.sub(rf"(?m)^{key} = .*\n", "", within)
            settings = f"{before}\n{section}\n{line}\n{kept}{''.join(others)}"
    return settings


def _type(path, under, lines):
    """Word with the cursor at the end of a paragraph: Enter, then the lines, in the looks of the paragraph above."""
    document = Document(path)
    above = next(each for each in document.paragraphs if under in each.text)
    at = above
    for line in lines:
        made = deepcopy(above._p)
        at._p.addnext(made)
        at = next(each for each in document.paragraphs if each._p is made)
        for run in at.runs[1:]:
            run._r.getparent().remove(run._r)
        at.runs[0].text = line
    document.save(path)


def _words(path):
    document = Document(path)
    return "\n".join(each.text for each in document.paragraphs)


def _bare(text):
    return " ".join(text.split())
