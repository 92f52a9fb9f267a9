"""The program: its commands, and the one place where failures become words and exit codes."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from mtqg_cli.cli import bugs, console
from mtqg_cli.cli.batch import batch
from mtqg_cli.cli.check_format import check_format
from mtqg_cli.cli.demo import demo
from mtqg_cli.cli.explain import explain
from mtqg_cli.cli.forms import forms
from mtqg_cli.cli.help_words import Command, Group, usage_message
from mtqg_cli.cli.init import init
from mtqg_cli.cli.listing import list_known
from mtqg_cli.cli.merge import merge
from mtqg_cli.cli.report import report
from mtqg_cli.cli.status import status
from mtqg_cli.cli.summary import summary
from mtqg_cli.cli.validate import validate
from mtqg_cli.cli.verify import verify
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.system import answer

#: 0 fine · 1 the data has errors · 2 wrong usage · 3 could not read or write · 4 a bug.
USAGE, CANNOT, BUG, STOPPED = 2, 3, 4, 130

#: What is read is kept to the end: looking for garbage after every 700 new things takes a tenth of the time and finds none.
_FEW_LOOKS = 500_000

_ABOUT = "Kiểm tra biểu Excel của các xã, tổng hợp số liệu thực hiện các Chương trình mục tiêu quốc gia và lập báo cáo Word."

app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    subcommand_metavar="LỆNH [THAM SỐ]...",
    options_metavar="[TÙY CHỌN]",
)
for name, command, summary_line in (
    ("init", init, "Tạo thư mục dự án cho một đơn vị."),
    ("forms", forms, "Lập biểu Excel trắng cho các xã và cho đơn vị mình."),
    ("validate", validate, "Kiểm tra các tệp Excel đã nhận, nêu lỗi ở từng ô."),
    ("status", status, "Xem đơn vị nào đã gửi, chưa gửi, gửi lại và số nào thay đổi."),
    ("summary", summary, "Tổng hợp mọi số liệu của kỳ, kèm ô nguồn."),
    ("report", report, "Lập báo cáo Word của kỳ."),
    ("batch", batch, "Lập báo cáo của nhiều dự án, nhiều kỳ mà không cần người theo dõi."),
    ("verify", verify, "Kiểm chứng báo cáo đã lập còn nguyên và còn khớp dữ liệu."),
    ("merge", merge, "Cộng số liệu (so-lieu.json) mà nhiều đơn vị đã gửi."),
    ("check-format", check_format, "Kiểm tra thể thức văn bản Word theo Nghị định 30/2020/NĐ-CP."),
    ("list", list_known, "Liệt kê biểu mẫu, quy tắc, chỉ tiêu, mẫu báo cáo …"),
    ("explain", explain, "Giải thích một quy tắc hoặc một chỉ tiêu."),
    ("demo", demo, "Chép dự án mẫu huyện Đầm Hà để chạy thử."),
):
    app.command(name, cls=Command, options_metavar="[TÙY CHỌN]", short_help=summary_line)(command)


@app.callback(help=_ABOUT, invoke_without_command=True)
def program(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="In phiên bản rồi thoát.", is_eager=True)] = False,  # noqa: FBT002
) -> None:
    """Prints the version if that is asked for; Typer shows the program's own help text instead of this line."""
    if version:
        from mtqg_cli.reference.version import program as installed  # noqa: PLC0415

        console.out(f"mtqg {installed() or '(chưa cài đặt)'}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        console.err(context.get_help())
        raise typer.Exit(USAGE)


def main() -> None:
    """Runs the program and ends it with its exit code."""
    console.start_again_in_utf8()
    console.prepare()
    gc.set_threshold(_FEW_LOOKS)
    sys.exit(console.finish(run(sys.argv[1:])))


def run(arguments: list[str]) -> int:
    """Runs one call and gives its exit code; nothing that a user can cause shows a traceback."""
    try:
        result = app(arguments, prog_name="mtqg", standalone_mode=False)
    except MtqgError as error:
        console.failure(error.message, error.hint)
        return error.exit_code
    except OSError as error:
        named = f" {error.filename}" if error.filename else ""
        console.failure(f"Không đọc hoặc không ghi được{named}: {answer(error)}.", "Kiểm tra ổ đĩa, quyền đọc, quyền ghi và dung lượng đĩa, rồi chạy lại.")
        return CANNOT
    except KeyboardInterrupt:
        return _stopped()
    except Exception as error:  # noqa: BLE001 - the last resort is what this place is for
        return _other(error)
    if result == STOPPED:  # which is what Typer makes of a KeyboardInterrupt
        return _stopped()
    return result if isinstance(result, int) else 0


def _other(error: Exception) -> int:
    if type(error).__name__ in {"Exit", "Abort"}:
        return int(getattr(error, "exit_code", 1))
    if type(error).__name__ == "NoArgsIsHelpError":
        console.err(str(getattr(error, "ctx").get_help()))  # noqa: B009 - typed as any Exception
        return USAGE
    if hasattr(error, "format_message"):
        console.failure(usage_message(error), "Xem cách dùng: mtqg LỆNH --help.")
        return USAGE
    return _bug()


def _stopped() -> int:
    console.err("Đã dừng theo yêu cầu.")
    return STOPPED


def _bug() -> int:
    """Two lines for the user, the traceback into a file."""
    import traceback  # noqa: PLC0415

    console.failure(bugs.SORRY, bugs.keep(traceback.format_exc()))
    return BUG
