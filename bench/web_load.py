"""A load generator: ``python -m bench.web_load MODE CONNECTIONS SECONDS PORT FILE [SAVES AFTER SERVER]``.

It speaks HTTP over plain sockets kept open, so that it takes as little as it can of the cores that it shares with the
server, and prints what it saw as JSON. Modes: ``alive`` a page that does nothing, ``open`` a form, ``save`` all its
cells, ``cell`` one of them about once a second, ``deadline`` (each client once: all cells, then submitted), ``random``
(the crash drill: so many saves, and after so many acknowledged ones the whole server, a group of processes, is killed
as a power cut does it; every acknowledged save is told, with its cells).
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

TOKEN = "b" * 32
_NEVER_STALE = 10**9  # a version typed over that no other can be newer than


class Line:
    """One connection to the server, of one reporter after another."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.rest = b""

    def ask(self, method: str, path: str, session: str, body: bytes = b"") -> tuple[int, bytes]:
        """One request; status and body. A connection that the server closed is opened again."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=120)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.rest = b""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}; csrftoken={TOKEN}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            self.socket.sendall(head.encode() + body)
            return self._answer()
        except OSError:
            self.close()
            raise

    def _answer(self) -> tuple[int, bytes]:
        assert self.socket is not None
        told = self.rest
        while b"\r\n\r\n" not in told:
            told += self._more()
        head, _, body = told.partition(b"\r\n\r\n")
        fields = head.lower().split(b"\r\n")
        length = next(int(field[15:]) for field in fields if field.startswith(b"content-length:"))
        while len(body) < length:
            body += self._more()
        self.rest = body[length:]
        if b"connection: close" in fields:
            self.close()
        return int(head[9:12]), body[:length]

    def _more(self) -> bytes:
        assert self.socket is not None
        found = self.socket.recv(262_144)
        if not found:
            raise ConnectionError("the server closed the line")
        return found

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket = None


class Load:
    """What all connections do together, and what came of it."""

    def __init__(self, mode: str, port: int, told: dict[str, Any]) -> None:
        self.mode, self.port = mode, port
        self.clients, self.cells = told["clients"], told["cells"]
        self.waits: list[float] = []
        self.refused: list[str] = []
        self.acknowledged: list[tuple[int, str, dict[str, str]]] = []
        self.sent, self.most, self.after, self.server = 0, 0, 0, 0
        self.next = 0
        self.lock = threading.Lock()

    def run(self, connections: int, seconds: float) -> float:
        """Work for so long, or until every client has had its turn; how long it took."""
        begun = time.perf_counter()
        until = begun + seconds
        threads = [threading.Thread(target=self._work, args=(at, until)) for at in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - begun

    def _work(self, at: int, until: float) -> None:
        line, dice = Line(self.port), random.Random(at)
        client = self.clients[at % len(self.clients)]
        while time.perf_counter() < until:
            if self.mode == "deadline":
                with self.lock:
                    if self.next >= len(self.clients):
                        break
                    client = self.clients[self.next]
                    self.next += 1
            if self.mode == "random":
                with self.lock:
                    if self.sent >= self.most:
                        break
                    self.sent += 1
            self._pause(dice)
            begun = time.perf_counter()
            try:
                self._once(line, client, dice)
            except OSError:
                if self.mode != "random":
                    raise
                break
            self.waits.append(time.perf_counter() - begun)
        line.close()

    def _pause(self, dice: random.Random) -> None:
        """Reporters type: each changes a cell about once a second."""
        if self.mode == "cell":
            time.sleep(dice.uniform(0.5, 1.5))

    def _once(self, line: Line, client: dict[str, Any], dice: random.Random) -> None:
        path = f"/forms/{client['entry']}/"
        if self.mode in ("open", "alive"):
            self._expect(line.ask("GET", path if self.mode == "open" else "/alive", client["session"]))
            return
        count = {"cell": 1, "random": dice.randint(1, 20)}.get(self.mode, len(self.cells))
        texts = {cell: f"{dice.randrange(10**6)},5" for cell in dice.sample(self.cells, count)}
        request = uuid.uuid4().hex
        told = {"base": _NEVER_STALE, "request": request, "cells": texts}
        body = self._expect(line.ask("POST", f"{path}save", client["session"], json.dumps(told).encode()))
        if self.mode == "random" and body is not None:
            self._acknowledge((client["entry"], request, texts))
        if self.mode == "deadline" and body is not None:
            given = {"version": body["version"], "request": uuid.uuid4().hex}
            self._expect(line.ask("POST", f"{path}submit", client["session"], json.dumps(given).encode()))

    def _acknowledge(self, saved: tuple[int, str, dict[str, str]]) -> None:
        with self.lock:
            self.acknowledged.append(saved)
            if len(self.acknowledged) == self.after:
                os.killpg(self.server, signal.SIGKILL)

    def _expect(self, answer: tuple[int, bytes]) -> Any:
        status, body = answer
        if status != 200:
            self.refused.append(f"{status} {body[:200]!r}")
            return None
        return json.loads(body) if body[:1] == b"{" else body


def main() -> None:
    mode, connections, seconds, port = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    load = Load(mode, port, json.loads(Path(sys.argv[5]).read_text(encoding="utf-8")))
    if len(sys.argv) > 6:
        load.most, load.after, load.server = map(int, sys.argv[6:9])
    took = load.run(connections, seconds)
    waits = sorted(load.waits) or [0.0]
    told = {
        "count": len(load.waits),
        "seconds": took,
        "p50": waits[len(waits) // 2],
        "p95": waits[int(len(waits) * 0.95)],
        "p99": waits[int(len(waits) * 0.99)],
        "refused": load.refused[:5],
        "acknowledged": load.acknowledged,
        "sent": load.sent,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
