"""What mtqg.toml says was decided about a period's data, as the stages take it: excused units, accepted warnings, corrected cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Decision, Severity
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.location import cell_position
from mtqg_cli.core.vietnamese import name_key, nfc
from mtqg_cli.reference.limits import LIMITS
from mtqg_cli.reference.request import Acceptance, Correction, Judgement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mtqg_cli.core.period import Period
    from mtqg_cli.settings import Decided, NotReporting, Settings

_SEVERITIES: dict[str, Severity | None] = {"lỗi": Severity.ERROR, "cảnh báo": Severity.WARNING, "ghi chú": Severity.NOTE, "tắt": None}
#: The end of Excel's own sheets.
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def decision_of(line: Decided | NotReporting) -> Decision:
    """The reason, the person and the day of a line."""
    return Decision(line.reason, line.by, line.date)


def corrections_of(settings: Settings, period: Period, read: Callable[[str], Period]) -> tuple[Correction, ...]:
    """The corrections of a period; raises MtqgError for a cell that is none, or one that is corrected twice."""
    found: list[Correction] = []
    for line in settings.correction:
        if not line.period or str(read(line.period)) == str(period):
            each = Correction(nfc(line.file), nfc(line.sheet), _cell(line.cell, "correction"), line.old, line.new, decision_of(line), bool(line.period))
            if any(_place(other) == _place(each) for other in found):
                message = f"mtqg.toml, mục [[correction]]: ô {each.file}!{each.sheet}!{each.cell} được sửa hai lần."
                raise MtqgError(message, "Giữ lại một mục cho mỗi ô.", exit_code=2)
            found.append(each)
    return tuple(found)


#: What cannot be read, or is not counted, leaves a hole in every figure: nobody may call that less than an error.
_UNREAD_SCOPES = {"file", "sheet", "cell"}
_UNREAD = {"R204", "T303", "X401", "X402", "X404"}


def _check_severities(severities: Mapping[str, Severity | None]) -> None:
    from mtqg_cli.validate.registry import rules  # noqa: PLC0415 - loads every rule

    known = {rule.code: rule for rule in rules()} if severities else {}
    for code, severity in severities.items():
        rule = known.get(code)
        if rule is None:
            message = f"mtqg.toml, mục [rules] severity: không có quy tắc “{code}”."
            raise MtqgError(message, "Xem các mã bằng lệnh mtqg list rules.", exit_code=2)
        unread = rule.severity is Severity.ERROR and (rule.scope in _UNREAD_SCOPES or code in _UNREAD)
        if unread and severity is not Severity.ERROR:
            message = f"mtqg.toml, mục [rules] severity: không hạ mức của {code} được."
            hint = f"{rule.headline} Số liệu không đọc được thì không được tính, nên phải sửa; đơn vị được miễn thì ghi ở [[not_reporting]]."
            raise MtqgError(message, hint, exit_code=2)


def _place(each: Correction) -> tuple[str, str, str]:
    return each.file, name_key(each.sheet), each.cell


def judgement_of(settings: Settings, period: Period, read: Callable[[str], Period]) -> Judgement:
    """Severities, limits and the acceptances of a period; raises MtqgError for a name that nobody knows."""
    unknown = [name for name in settings.rules.limits if name not in LIMITS]
    if unknown:
        message = f"mtqg.toml, mục [rules] limits: không có “{unknown[0]}”."
        raise MtqgError(message, f"Các tên dùng được: {', '.join(LIMITS)}.", exit_code=2)
    accepted = tuple(
        Acceptance(
            line.rule.upper(),
            nfc(line.file),
            nfc(line.sheet),
            _cell(line.cell, "accepted") if line.cell else "",
            line.found,
            decision_of(line),
            bool(line.period),
        )
        for line in settings.accepted
        if not line.period or str(read(line.period)) == str(period)
    )
    severities = {code.upper(): _SEVERITIES[word] for code, word in settings.rules.severity.items()}
    _check_severities(severities)
    return Judgement(severities, settings.rules.limits, accepted)


def _cell(name: str, section: str) -> str:
    try:
        row, column = cell_position(name)
    except ValueError:
        row = column = 0
    if not (1 <= row <= _LAST_ROW and column <= _LAST_COLUMN):
        message = f"mtqg.toml, mục [[{section}]]: “{name}” không phải là tên ô."
        raise MtqgError(message, "Ghi tên ô như Excel, ví dụ K12.", exit_code=2)
    return name.upper()
