"""Writes into tests/cases what the rules find now; read the difference as prose before committing it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from casefile import read_cases, read_sample, told  # noqa: E402
from fullproject import make_full_project  # noqa: E402

from mtqg_cli.project import load_project  # noqa: E402
from mtqg_cli.validate.registry import rules  # noqa: E402


def main() -> None:
    """Rewrites every case file whose title or findings have changed."""
    with tempfile.TemporaryDirectory() as folder:
        make_full_project(Path(folder) / "day-du")
        samples = [read_sample(load_project(each)) for each in (ROOT / "sample_data" / "dam-ha", Path(folder) / "day-du")]
    titles = {rule.name: f"# {rule.code} {rule.headline}" for rule in rules()}
    for path in sorted((ROOT / "tests" / "cases").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        parts = [titles[path.stem]]
        for block, case in zip(text.split("\n## ")[1:], read_cases(path)[1], strict=True):
            body = "\n".join(line for line in block.split("\n") if not line.startswith("→ ")).rstrip()
            found = [f"→ {line}" for each in case.check(samples[case.every_form]) for line in told(each)]
            parts.append(f"## {body}" + ("\n\n" + "\n".join(found) if found else ""))
        made = "\n\n".join(parts) + "\n"
        if made != text:
            path.write_text(made, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
