"""``python -m demo [OUT]``: the life of a fictional province's year report: figures, draft, proof-reading.

Every step is a call that an official could type; only the mistakes of the last report are planted by the program.
Everything is made anew, so a run that was stopped is simply started again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from baocao.cli.talk import WrongCall
from baocao.model.text import Text
from baocao.reasons import because
from demo.steps import INTERRUPTED, Stopped, Walk

OUT = Path("out")
_AGAIN = "Đã dừng; chạy lại “make demo” để làm từ đầu. / Stopped; run “make demo” again, it starts afresh."

_REFUSED = Text(
    "Không ghi được vào {out} ({seen}); hãy kiểm tra thư mục đó, hoặc gọi “python -m demo THƯ-MỤC-KHÁC”.",
    "{out} cannot be written to ({seen}); look at that folder, or call “python -m demo ANOTHER-FOLDER”.",
)
NOT_WRITTEN = 3


def main(arguments: list[str] | None = None) -> int:
    """Walk through all steps; 0 when each did what it is to do."""
    names = sys.argv[1:] if arguments is None else arguments
    walk = Walk((Path(names[0]) if names else OUT).resolve(), Path.cwd())
    try:
        walk.make_province()
        walk.load()
        walk.draft()
        walk.proof_read()
        walk.plant()
        walk.proof_read_planted()
        walk.sample()
    except Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return stopped.code
    except (OSError, WrongCall) as problem:
        told = problem.text if isinstance(problem, WrongCall) else because(_REFUSED, problem, out=walk.out)
        print(f"\n{told.vi} / {told.en}", file=sys.stderr)
        return NOT_WRITTEN
    except KeyboardInterrupt:
        print(f"\n{_AGAIN}", file=sys.stderr)
        return INTERRUPTED
    walk.say_where()
    return 0


if __name__ == "__main__":
    sys.exit(main())
