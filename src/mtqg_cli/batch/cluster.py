"""Work on a Dask cluster that an institution already runs: the same calls, handed to its scheduler. The extra `cluster` brings the library."""

from __future__ import annotations

import gc
import logging
import warnings
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mtqg_cli.batch.workers import FEW_LOOKS
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.reading import edition as reading_edition
from mtqg_cli.reference.version import program, reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

#: How often a worker of a cluster looks for garbage when it does not work for us.
_LOOKS = gc.get_threshold()
#: Seconds until a scheduler that does not answer counts as unreachable.
_PATIENCE = 10


class Edition(NamedTuple):
    """What a process runs: the version, the reference data, everything that workbooks are read by, and whether it sees the file of jobs."""

    program: str
    reference: str
    reading: str
    sees: bool


class Cluster:
    """The workers of a scheduler. Dask tries a call again elsewhere when its worker dies; one that kills several is given up by Dask itself."""

    patience = 1

    def __init__(self, address: str, jobs: Path) -> None:
        """Raises MtqgError where the library is missing, nobody answers, or the workers are of another edition or do not see the files."""
        client_of = _client_class()
        self._closing = ExitStack()
        self._hush()
        try:
            self._client = client_of(address, timeout=_PATIENCE, set_as_default=False)
            self._closing.callback(self._client.close, timeout=_PATIENCE)
            self._client.wait_for_workers(1, timeout=_PATIENCE)
            self.shares = self._check_workers(jobs)
            self.width = max(1, sum(self._client.nthreads().values()))
            self.ahead = 2 * self.width
            self._executor = self._client.get_executor(pure=False)
        except (OSError, ValueError, TypeError) as error:
            connected = hasattr(self, "_client")
            self._closing.close()
            raise _unreachable(address, error, connected=connected) from None
        except BaseException:
            self._closing.close()
            raise
        self._closing.callback(self._executor.shutdown, wait=False)

    def _hush(self) -> None:
        """What the library says on the way is English, and for those who run the cluster."""
        self._closing.callback(logging.disable, logging.root.manager.disable)
        logging.disable(logging.CRITICAL)
        self._closing.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")

    def _check_workers(self, jobs: Path) -> bool:
        """Tells whether all have the very same installation: only then is what they read kept under a key that this process finds."""
        try:
            found: dict[str, Edition] = self._client.run(edition, str(jobs))
        except Exception as error:
            message = "Các tiến trình của cụm máy không chạy được mtqg."
            raise MtqgError(message, f"Cài mtqg phiên bản {program()} vào môi trường Python của từng tiến trình.") from error
        own = edition(str(jobs))
        for worker, its in sorted(found.items()):
            if (its.program, its.reference) != (own.program, own.reference):
                message = (
                    f"Tiến trình {worker} dùng mtqg phiên bản {its.program or 'không rõ'} hoặc dữ liệu tham chiếu khác; máy này dùng phiên bản {program()}."
                )
                raise MtqgError(message, "Cài cùng một phiên bản mtqg ở mọi máy rồi khởi động lại các tiến trình.")
            if not its.sees:
                message = f"Tiến trình {worker} không thấy tệp {jobs}."
                raise MtqgError(message, "Để danh sách việc và các dự án trên ổ đĩa chung, cùng một đường dẫn ở mọi máy.")
        return all(its == own for its in found.values())

    def submit(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hands over a call; one that a worker joining later cannot be trusted with is refused there."""
        future: Future[Any] = self._executor.submit(_perform, program(), call, *arguments)
        return future

    def lost(self, error: BaseException) -> bool:
        """Whether Dask has given a call up because worker after worker died of it. Raises MtqgError when the scheduler itself is gone."""
        if isinstance(error, MtqgError):
            raise error
        if isinstance(error, CancelledError) or self._client.status != "running" or type(error).__name__ in ("CommClosedError", "FutureCancelledError"):
            message = "Mất kết nối với bộ điều phối của cụm máy."
            raise MtqgError(message, "Chạy lại đúng lệnh này khi cụm máy hoạt động: các việc đã xong không phải làm lại.")
        return type(error).__name__ == "KilledWorker"

    def renew(self) -> None:
        """The cluster replaces its own workers."""

    def close(self) -> None:
        """Takes back what has not been done; the cluster itself goes on."""
        self._closing.close()


def _client_class() -> Any:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        message = "Chưa cài phần chạy trên cụm máy (Dask)."
        raise MtqgError(message, 'Cài bằng lệnh: pip install "mtqg-cli[cluster]", hoặc bỏ --scheduler để chạy trên máy này.', exit_code=2) from None
    return Client


def edition(jobs: str) -> Edition:
    """Asked of every worker."""
    shipped = reference()
    return Edition(program(), shipped, reading_edition(shipped), Path(jobs).is_file())


def _perform(version: str, call: Callable[..., Any], *arguments: object) -> Any:
    if version != program():
        message = f"Một tiến trình của cụm máy dùng mtqg phiên bản {program() or 'không rõ'}, khác phiên bản {version}."
        raise MtqgError(message, "Cài cùng một phiên bản mtqg ở mọi máy rồi khởi động lại các tiến trình.")
    gc.set_threshold(FEW_LOOKS)
    try:
        return call(*arguments)
    finally:
        gc.set_threshold(*_LOOKS)


def _unreachable(address: str, error: BaseException, *, connected: bool) -> MtqgError:
    if connected:
        return MtqgError("Cụm máy chưa có tiến trình nào.", "Khởi động dask worker trên các máy rồi chạy lại.")
    why = f"không có trả lời sau {_PATIENCE} giây" if isinstance(error, OSError) else "địa chỉ không đúng"
    message = f"Không kết nối được với bộ điều phối {address}: {why}."
    return MtqgError(message, "Kiểm tra địa chỉ, dạng tcp://MÁY:8786, và bộ điều phối đang chạy; hoặc bỏ --scheduler để chạy trên máy này.")
