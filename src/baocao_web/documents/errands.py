"""What a process for long work begins and ends with: what it was asked, its limits, its outcome or why there is none.

The outcome is given its name when it is whole, so that whoever finds it finds all of it.
"""

from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from baocao import reasons
from baocao.model.text import Problem, Text
from baocao.undisturbed import undisturbed

ASKED: Final = "asked.json"
OUTCOME: Final = "outcome.json"
SECONDS: Final = 240  # for one errand, whatever it is; printing a PDF alone may take half of it
_GIBIBYTE: Final = 1024**3
_MEMORY: Final = 4 * _GIBIBYTE
_FILE: Final = _GIBIBYTE // 2

Asked = Mapping[str, Any]
_TOO_LARGE = Text(
    "không đủ bộ nhớ để đọc tệp này; hãy tách nhỏ tệp rồi thử lại.",
    "not enough memory for this file; split it and try again.",
)
_OUR_FAULT = Text(
    "chương trình gặp lỗi với tệp này ({seen}); hãy gửi tệp cho người quản trị.",
    "the program failed on this file ({seen}); send it to the administrator.",
)


def limit(*, is_of_strangers: bool) -> None:
    """This process ends after its time, whatever it is in the middle of; over files of strangers it can take neither
    all memory nor the disk."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)
    if not is_of_strangers:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE, _FILE))


def run(folder: Path, doers: Mapping[str, Callable[[Path, Asked], Any]]) -> None:
    """Do what the folder asks for and leave the outcome there."""
    asked = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    try:
        with undisturbed():
            line = _written({"outcome": doers[asked["kind"]](folder, asked)})
    except Problem as problem:
        line = _written({"fault": _said(problem.text)})
    except MemoryError:
        line = _written({"fault": _said(_TOO_LARGE)})
    except OSError as error:
        line = _written({"fault": _said(reasons.because(_OUR_FAULT, error)), "seen": repr(error)[:2000]})
    except Exception as error:
        line = _written({"fault": _said(_OUR_FAULT.fill(seen=type(error).__name__)), "seen": repr(error)[:2000]})
    left = folder / f".{OUTCOME}"
    left.write_text(line, encoding="utf-8")
    os.replace(left, folder / OUTCOME)


def _written(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)


def _said(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
