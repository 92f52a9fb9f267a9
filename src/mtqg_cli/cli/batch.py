"""`mtqg batch`: the reports of many projects and periods, unattended."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqg_cli.cli import bugs, clock, console
from mtqg_cli.cli.options import choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.batch.job import Status
    from mtqg_cli.batch.log import Log
    from mtqg_cli.batch.orders import JobOrder
    from mtqg_cli.batch.run import Ended, Manner, Run
    from mtqg_cli.batch.workers import Crew
    from mtqg_cli.cli.progress import Progress

_STATUS: dict[Status, str] = {"made": "đã lập", "unchanged": "không đổi", "refused": "số liệu còn lỗi", "failed": "không lập được"}
_SHARD = re.compile(r"(\d{1,4})/(\d{1,4})")
_INTERRUPTED = 130
#: Seconds to wait for another run, where nothing else is said.
_WAIT = 30.0


def batch(  # noqa: PLR0913, PLR0917 - the options of the command
    jobs: Annotated[Path, typer.Argument(metavar="VIỆC.toml", help="Tệp danh sách việc: dự án, kỳ, mẫu, dạng tệp cần lập.")],
    workers: Annotated[
        int | None, typer.Option("--jobs", min=1, metavar="SỐ", help="Số tiến trình chạy song song; không ghi thì bằng số nhân của máy. Kết quả luôn như nhau.")
    ] = None,
    only_changed: Annotated[  # noqa: FBT002
        bool, typer.Option("--only-changed", help="Chỉ lập lại việc có tệp Excel, mẫu, thiết lập, dữ liệu tham chiếu hoặc phiên bản mtqg đã đổi.")
    ] = False,
    log: Annotated[Path | None, typer.Option("--log", metavar="TỆP", help="Ghi thêm vào tệp này một dòng JSON cho mỗi việc.")] = None,
    shard: Annotated[str | None, typer.Option("--shard", metavar="K/N", help="Chia các dự án làm N phần, chỉ làm phần thứ K; mỗi máy làm một phần.")] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ĐỊA_CHỈ", help="Chạy trên cụm máy Dask có sẵn, ví dụ tcp://10.0.0.5:8786, thay cho --jobs.")
    ] = None,
    wait: Annotated[
        float, typer.Option("--wait", min=0, show_default=False, metavar="GIÂY", help="Thời gian chờ khi có lần chạy khác trên cùng dự án; mặc định 30 giây.")
    ] = _WAIT,
    print_task: Annotated[
        str | None, typer.Option("--print-task", metavar="windows|cron|systemd", help="Không lập báo cáo; in ra mục để đặt lịch chạy hằng ngày.")
    ] = None,
) -> int:
    """Lập báo cáo của nhiều dự án, nhiều kỳ mà không cần người theo dõi. Việc không lập được không làm dừng các việc khác."""
    from mtqg_cli.batch.orders import load_orders, sharded  # noqa: PLC0415
    from mtqg_cli.batch.run import Manner, refuse_doubles  # noqa: PLC0415

    path = jobs.resolve()
    orders = load_orders(path)
    refuse_doubles(orders)
    name, total = path.name, len(orders)
    if shard is not None:
        part, parts = _part(shard)
        orders = sharded(orders, part, parts)
        name = f"{name}.{part}-{parts}"
    if print_task is not None:
        from mtqg_cli.cli.tasks import task_of  # noqa: PLC0415

        choice(print_task, ("windows", "cron", "systemd"), "--print-task")
        more = {"--shard": shard, "--jobs": workers, "--scheduler": scheduler, "--wait": f"{wait:g}" if wait != _WAIT else None}
        console.out(task_of(print_task, path, log, [word for name, value in more.items() if value is not None for word in (name, str(value))]))
        return 0
    if not orders:
        console.err(f"Phần {shard} không có dự án nào.")
        return 0
    return _run(orders, Manner(path, name, total, only_changed, wait, clock.now), log, _Hands(workers, scheduler))


class _Hands:
    """Who does the work, as it was asked for; nobody is started before a run has the list to itself."""

    def __init__(self, workers: int | None, scheduler: str | None) -> None:
        from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415

        if workers is not None and scheduler is not None:
            message = "--jobs và --scheduler không dùng cùng nhau."
            raise MtqgError(message, "Bỏ --jobs: số tiến trình của cụm máy do cụm máy quyết định.", exit_code=2)
        self._workers, self._scheduler = workers, scheduler

    def crew(self, jobs: Path) -> Crew:
        from mtqg_cli.batch.workers import Here, Pool  # noqa: PLC0415

        if self._scheduler is not None:
            from mtqg_cli.batch.cluster import Cluster  # noqa: PLC0415

            return Cluster(self._scheduler, jobs)
        width = self._workers if self._workers is not None else os.cpu_count() or 1
        return Pool(width) if width > 1 else Here()


def _run(orders: Sequence[JobOrder], manner: Manner, log: Path | None, hands: _Hands) -> int:
    from mtqg_cli.batch.log import Log  # noqa: PLC0415
    from mtqg_cli.batch.run import Run  # noqa: PLC0415
    from mtqg_cli.batch.stopping import Stopping  # noqa: PLC0415
    from mtqg_cli.cli.progress import progress_of  # noqa: PLC0415

    try:
        with Stopping() as stopping, ExitStack() as closing:
            run = Run(orders, manner, stopping)
            closing.callback(run.close)
            written = Log(log) if log is not None else None
            if written is not None:
                closing.callback(written.close)
            crew = hands.crew(manner.path)
            closing.callback(crew.close)
            for note in run.notes:
                console.err(note)
            progress = progress_of(orders)
            closing.callback(progress.close)
            ended = _follow(run, crew, progress, written)
    except KeyboardInterrupt:
        console.err("Không tệp nào bị ghi dở. Chạy lại đúng lệnh này để làm tiếp các việc còn lại.")
        return _INTERRUPTED
    _sum_up(ended)
    code = max(each.made.exit_code for each in ended)
    if written is None or written.failure is None:
        return code
    console.failure(written.failure.message, written.failure.hint)
    return max(code, written.failure.exit_code)


def _follow(run: Run, crew: Crew, progress: Progress, log: Log | None) -> list[Ended]:
    ended: list[Ended] = []
    run.watch(progress.read)
    for each in run.results(crew):
        ended.append(each)
        progress.finished(each.order)
        progress.line(_line(each, len(str(run.total)), run.total))
        if each.made.trouble:
            console.err(bugs.keep(each.made.trouble, f"-{each.order.number}"))
        if log is not None:
            log.add(each)
    return ended


def _line(ended: Ended, width: int, total: int) -> str:
    """One job: “[ 3/34] Huyện Đầm Hà, 6m2024: đã lập 2 tệp; 0 lỗi, 3 cảnh báo”."""
    order, made = ended.order, ended.made
    head = f"[{order.number:>{width}}/{total}] {made.unit or order.name}, {order.period}"
    files = f" {len(ended.hashes) - 1} tệp" if made.status == "made" else ""
    told = f"; {made.errors} lỗi, {made.warnings} cảnh báo" if made.errors is not None else ""
    code = f" (mã {made.exit_code})" if made.status == "failed" else ""
    resumed = " (đã xong ở lần chạy trước bị ngắt)" if ended.resumed else ""
    return f"{head}: {_STATUS[made.status]}{files}{code}{told}{resumed}"


def _sum_up(ended: Sequence[Ended]) -> None:
    """The end of a run: what has to be looked at by a person, then the numbers."""
    for each in ended:
        for note in each.notes:
            console.err(f"[{each.order.number}] {note}")
        for kept in each.kept:
            console.err(f"[{each.order.number}] Bản sửa tay được giữ ở: {kept}")
        if each.made.exit_code:
            console.err(f"[{each.order.number}] {each.made.message}" + (f" → {each.made.hint}" if each.made.hint else ""))
    numbers = Counter(each.made.status for each in ended)
    told = ", ".join(f"{numbers[status]} {words}" for status, words in _STATUS.items() if numbers[status])
    console.err(f"Xong {len(ended)} việc: {told}.")


def _part(text: str) -> tuple[int, int]:
    from mtqg_cli.core.errors import MtqgError  # noqa: PLC0415

    found = _SHARD.fullmatch(text)
    part, parts = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= part <= parts:
        message = f"--shard không có lựa chọn “{text}”."
        raise MtqgError(message, "Ghi phần thứ mấy trên tổng số phần, ví dụ --shard 2/4.", exit_code=2)
    return part, parts
