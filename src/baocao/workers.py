"""The same work on many files, over several cores, with the results in the order of the files."""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pack_lightly(*nouns: type[Any]) -> None:
    """Let frozen dataclasses travel as their fields alone; the way of their own takes twice as long."""

    def packing(noun: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
        names = [field.name for field in fields(noun)]
        return lambda value: (noun, tuple(getattr(value, name) for name in names))

    for noun in nouns:
        copyreg.pickle(noun, packing(noun))


def spread(
    work: Callable[[Task], Outcome], tasks: Sequence[Task], workers: int
) -> Iterator[tuple[Task, Outcome | Exception]]:
    """Each task with its outcome, in the order of the tasks. What a task raised is its outcome.

    A worker that the system kills (it took too much memory) takes the others with it; the tasks that
    are left are then done each in a process of its own, so that only the guilty one fails.
    """
    pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_leave_at_once)
    try:
        futures = [pool.submit(work, task) for task in tasks]
        for task, future in zip(tasks, futures, strict=True):
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                yield task, _alone(work, task)
            elif isinstance(error, Exception):
                yield task, error
            else:
                yield task, future.result()
    except BaseException:
        for worker in multiprocessing.active_children():  # a signal to this process alone does not reach them
            worker.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()  # the idle workers go at once; unawaited, the interpreter's exit would stumble over their pipes


def _alone(work: Callable[[Task], Outcome], task: Task) -> Outcome | Exception:
    with ProcessPoolExecutor(1, mp_context=_context(), initializer=_leave_at_once) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            return MemoryError("the process was killed")
        except Exception as error:
            return error


def _context() -> BaseContext:
    """Forking where it is safe and quick: the workers start before this process has a second thread."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _leave_at_once() -> None:
    """Ctrl-C reaches the workers too: they go without a word, and who asked for them answers it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
