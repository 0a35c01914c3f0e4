"""What the application server does beside its command line; gunicorn reads this file of the folder it starts in."""

from threading import Thread
from typing import Any


def post_worker_init(worker: Any) -> None:
    """Read the figures while the first visitors sign in, so that none of them waits for it."""
    from baocao_web.figures import live

    Thread(target=live.begin, name="figures", daemon=True).start()
