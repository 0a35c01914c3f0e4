"""What a file may be at most: a report is never larger, and a larger one would eat the machine."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from baocao import reasons
from baocao.formats.errors import Unreadable
from baocao.model import Text

MEBIBYTE = 1024 * 1024
MAX_FILE_BYTES = 100 * MEBIBYTE
MAX_TEXT_BYTES = 32 * MEBIBYTE  # of running text, in one document
LONG_PASSAGE = 12_000  # characters; twice the longest paragraph that offices write, a longer one is parted
MAX_PASSAGE = 1_000_000  # characters without a line end: no report, whatever it is
MAX_XML_BYTES = 48 * MEBIBYTE  # of one XML part that is taken into memory as a tree (eight times its size)
MAX_TAGS = 2_000_000  # of one such part; a report of 500 pages has a tenth
MAX_PART_BYTES = 192 * MEBIBYTE  # of any other part of a zip package, unpacked
MAX_PACKAGE_BYTES = 256 * MEBIBYTE  # of all parts that are read, unpacked
MAX_PARTS = 20_000  # parts in one zip package
MAX_DEPTH = 60  # tables in tables in text boxes ...
MAX_CELLS = 1_500_000  # filled cells of one workbook
MAX_GRID = 8_000_000  # places of one sheet, empty ones counted
MAX_PAGES = 5_000
MAX_SECONDS = 120  # for another program to turn one file into another
HEAD_BYTES = 8192

_ABSENT = Text(
    "không tìm thấy tệp; hãy kiểm tra lại tên và đường dẫn.",
    "no such file; check the name and the folder.",
)
_LOOP = Text(
    "đường dẫn là một vòng liên kết tự trỏ về chính nó; hãy đưa tệp thật.",
    "the path is a loop of links that leads back to itself; give the real file.",
)
_FOLDER = Text(
    "đây là thư mục, không phải tệp; hãy đưa tệp báo cáo bên trong.",
    "this is a folder, not a file; give the report that is in it.",
)
_SPECIAL = Text(
    "đây không phải là tệp thông thường (ống dẫn, thiết bị hoặc ổ cắm); hãy lưu báo cáo thành tệp rồi đưa tệp đó.",
    "this is not an ordinary file (a pipe, a device or a socket); save the report as a file and give that.",
)
_FORBIDDEN = Text(
    "không có quyền đọc tệp này; hãy xin quyền đọc hoặc chép tệp sang thư mục của mình.",
    "no right to read this file; ask for it, or copy the file to a folder of your own.",
)
_LONG_NAME = Text(
    "tên tệp hoặc đường dẫn quá dài; hãy đặt tên ngắn hơn.",
    "the name or the path of the file is too long; give it a shorter one.",
)
_EMPTY = Text(
    "tệp rỗng (0 byte); có thể lần lưu hoặc tải về chưa xong, hãy lấy lại tệp.",
    "the file is empty (0 bytes); it may not have been saved or downloaded fully, fetch it again.",
)
_TOO_LARGE = Text(
    "tệp nặng {size} MB, giới hạn là {limit} MB; hãy tách tệp hoặc nén hình ảnh trong đó.",
    "the file has {size} MB, the limit is {limit} MB; split it, or compress the pictures in it.",
)
_BROKEN = Text(
    "không đọc được tệp từ đĩa ({seen}); hãy chép lại tệp rồi thử lại.",
    "the file cannot be read from its disk ({seen}); copy it again and retry.",
)


def unreadable(error: OSError) -> Unreadable:
    """Why the system did not hand over a file, as one line for its owner."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Unreadable(_ABSENT)
    if isinstance(error, PermissionError):
        return Unreadable(_FORBIDDEN)
    if isinstance(error, IsADirectoryError):
        return Unreadable(_FOLDER)
    if error.errno == errno.ELOOP:
        return Unreadable(_LOOP)
    if error.errno == errno.ENAMETOOLONG:
        return Unreadable(_LONG_NAME)
    return Unreadable(reasons.because(_BROKEN, error))


def admit(path: Path) -> bytes:
    """The first bytes of a file that is worth opening; any other raises ``Unreadable``.

    Nothing is opened before it is known to be an ordinary file, so that a pipe cannot hang us.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(error) from error
    except RuntimeError as error:  # how older Pythons report a loop of links
        raise Unreadable(_LOOP) from error
    except ValueError as error:  # a NUL in the name
        raise Unreadable(_ABSENT) from error
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable(_FOLDER)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(_SPECIAL)
    if status.st_size == 0:
        raise Unreadable(_EMPTY)
    if status.st_size > MAX_FILE_BYTES:
        size = -(-status.st_size // MEBIBYTE)
        raise Unreadable(_TOO_LARGE.fill(size=size, limit=MAX_FILE_BYTES // MEBIBYTE))
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise unreadable(error) from error
