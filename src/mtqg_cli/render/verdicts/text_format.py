"""Verdicts on delivered files as text: one line a question, then what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.render.standing.words import change_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.core.verdict import InputChange, Question, Verdict

QUESTIONS: dict[Question, str] = {
    "file": "Tệp",
    "inputs": "Dữ liệu đã nhận",
    "program": "Chương trình",
    "reference": "Dữ liệu tham chiếu",
    "settings": "Thiết lập (mtqg.toml)",
    "template": "Mẫu",
    "figures": "Số liệu",
}
_KINDS = {"changed": "đã thay đổi", "missing": "không còn", "added": "mới có thêm", "unreadable": "không đọc được lúc này"}
_MOST_FILES, _MOST_CHANGES = 20, 3


def render(verdicts: Sequence[Verdict]) -> str:
    """Everything about each file, and a last line about all of them where there are several."""
    lines = [line for verdict in verdicts for line in _verdict(verdict)]
    if len(verdicts) > 1:
        counts = [sum(each.holds is holds for each in verdicts) for holds in (True, False, None)]
        lines.append(f"{len(verdicts)} tệp: {counts[0]} khớp, {counts[1]} không khớp, {counts[2]} chưa kết luận được.")
    return "\n".join(lines)


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.path}{' (bản dự thảo)' if verdict.draft else ''}"
    if verdict.of:
        yield f"  Bản sao của {verdict.of}"
    for answer in verdict.answers:
        yield f"  {QUESTIONS[answer.question]}: {answer.told}."
        for each in answer.inputs[:_MOST_FILES]:
            yield f"    {each.file}: {_change(each)}"
        if len(answer.inputs) > _MOST_FILES:
            yield f"    … và {len(answer.inputs) - _MOST_FILES} tệp khác"
    yield f"  → {conclusion(verdict)}"


def conclusion(verdict: Verdict) -> str:
    """What a person wants to know."""
    if verdict.holds:
        return "Khớp: tệp nguyên như khi lập và đúng với dữ liệu hiện có."
    answers = {answer.question: answer.holds for answer in verdict.answers}
    if answers.get("file") is False and answers.get("figures") is False:
        return "Không khớp: tệp đã bị sửa và số liệu đã khác. Lập lại báo cáo bằng mtqg report; bản sửa tay được giữ lại."
    if answers.get("figures") is False:
        return "Không khớp: số liệu đã khác. Lập lại báo cáo bằng mtqg report."
    if answers.get("file") is False:
        return "Không khớp: tệp đã bị sửa bằng tay; mtqg không biết chỗ sửa có đúng không."
    return "Chưa kết luận được."


def _change(change: InputChange) -> str:
    told = _KINDS[change.kind]
    if change.changes is None:
        return told
    if not change.changes:
        return f"{told}, số liệu trong biểu vẫn như cũ"
    more = len(change.changes) - _MOST_CHANGES
    shown = "; ".join(change_text(each) for each in change.changes[:_MOST_CHANGES])
    return f"{told}: {shown}{f'; và {more} thay đổi khác' if more > 0 else ''}"
