"""Which version of the program runs, as it was installed."""

from __future__ import annotations


def program_version() -> str:
    """The version; nothing where the program runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("mtqg-cli")
    except PackageNotFoundError:
        return ""
