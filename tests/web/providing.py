"""A small provider of identities on this machine: discovery, consent, token, keys, particulars, as OpenID Connect asks.

It signs its tokens, keeps to one client, takes a code once, and checks the proof of who asked (PKCE).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "van-phong", "bí mật của văn phòng"


class Provider(ThreadingHTTPServer):
    """What it remembers: whom it will vouch for, and which codes it has given."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.subject = "so-1"
        self.audience = CLIENT
        self.asked: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        """Discovery, consent (given at once), keys, particulars."""
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            paths = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            ends = {f"{name}_endpoint": f"{self.server.issuer}/{path}" for name, path in paths.items()}
            self._tell({"issuer": self.server.issuer, "jwks_uri": f"{self.server.issuer}/keys", **ends})
        elif asked.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key()))
            self._tell({"keys": [{**key, "kid": "1", "use": "sig", "alg": "RS256"}]})
        elif asked.path == "/authorize" and query["client_id"] == CLIENT:
            code = secrets.token_urlsafe(16)
            self.server.asked[code] = query
            self._send(302, b"", f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")
        elif asked.path == "/userinfo" and self.headers["Authorization"].removeprefix("Bearer ") in self.server.tokens:
            self._tell({"sub": self.server.subject, "name": "Người Của Nhà Nước", "email": "lan@example.org"})
        else:
            self._send(400, b"{}")

    def do_POST(self) -> None:
        """A token for a code, to who asked for it."""
        length = int(self.headers["Content-Length"])
        told = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        asked = self.server.asked.pop(told.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(told.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        is_right = told.get("client_id") == CLIENT and told.get("client_secret") == SECRET
        if asked is None or not is_right or asked.get("code_challenge") != proof.decode():
            self._send(400, b'{"error": "invalid_grant"}')
            return
        now, token = int(time.time()), secrets.token_urlsafe(16)
        self.server.tokens.add(token)
        claims = {
            "iss": self.server.issuer,
            "aud": self.server.audience,
            "sub": self.server.subject,
            "iat": now,
            "exp": now + 60,
        }
        signed = jwt.encode(claims, self.server.key, algorithm="RS256", headers={"kid": "1"})
        self._tell({"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": signed})

    def _tell(self, what: dict[str, Any]) -> None:
        self._send(200, json.dumps(what).encode())

    def _send(self, status: int, body: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: Any) -> None:
        """Keeps quiet."""


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, as long as it is needed."""
    made = Provider()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        made.shutdown()
        made.server_close()
