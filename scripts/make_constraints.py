"""Writes constraints.txt: the version of every distribution that mtqg was tested with, of this environment.

What only Windows needs (colorama) is not installed elsewhere: pip is asked which version it would take. No hashes: pip would then refuse
mtqg's own wheel, which cannot know its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "constraints.txt"
_ABOUT = """# Bộ phiên bản đã kiểm thử cùng mtqg; tạo bởi scripts/make_constraints.py, không sửa tay.
# Dùng: pip install -c constraints.txt …
"""
#: Where mtqg is used: what stands behind a marker is needed there, if not here.
_PLACES = ({"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}, {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"})
_PYTHONS = ("3.11", "3.12", "3.13")


def needed() -> dict[str, str]:
    """Every distribution that pyproject's dependencies and extras lead to, by name, with the version that is installed; blank for none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(each) for part in (project["dependencies"], *project["optional-dependencies"].values()) for each in part]
    waiting += [Requirement(each) for each in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]]
    found: dict[str, str] = {}
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            found[name] = ""
            continue
        found[name] = installed.version
        waiting += [each for line in installed.requires or () if _is_needed(each := Requirement(line), requirement.extras)]
    return dict(sorted(found.items()))


def _is_needed(requirement: Requirement, extras: set[str]) -> bool:
    if requirement.marker is None:
        return True
    environments = ({**default_environment(), **place, "python_version": each, "python_full_version": f"{each}.0"} for place in _PLACES for each in _PYTHONS)
    return any(requirement.marker.evaluate({**each, "extra": extra}) for each in environments for extra in ("", *extras))


def _version_elsewhere(name: str) -> str:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--no-deps", "--report", "-", name]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - a name from installed metadata
    return str(report["install"][0]["metadata"]["version"])


if __name__ == "__main__":
    lines = [f"{name}=={version or _version_elsewhere(name)}\n" for name, version in needed().items()]
    FILE.write_text(_ABOUT + "".join(lines), encoding="utf-8")
