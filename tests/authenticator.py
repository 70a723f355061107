"""A passkey made of software: what a browser sends after a key was touched, right or wrong as a test wants it."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

_TOUCHED, _HAS_KEY = 0x01, 0x40
_ES256, _P256, _EC2 = -7, 1, 2


class Authenticator:
    """One key for one site. ``count`` is how often it says that it has signed; 0 is a key that doesn't count."""

    def __init__(self, origin: str = "http://127.0.0.1:8000", *, count: int = 1) -> None:
        self.origin = origin
        self.count = count
        self._id = secrets.token_bytes(32)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: dict[str, Any]) -> str:
        """The answer to ``navigator.credentials.create``."""
        public = self._key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (public.x, public.y))
        key = cbor2.dumps({1: _EC2, 3: _ES256, -1: _P256, -2: x, -3: y})
        credential = bytes(16) + len(self._id).to_bytes(2, "big") + self._id + key
        data = self._data(options["rp"]["id"], _TOUCHED | _HAS_KEY) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(self._client("webauthn.create", options), attestationObject=attestation)

    def sign(self, options: dict[str, Any]) -> str:
        """The answer to ``navigator.credentials.get``."""
        self.count += bool(self.count)
        client, data = self._client("webauthn.get", options), self._data(options["rpId"], _TOUCHED)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(client, authenticatorData=data, signature=signature)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, client: bytes, **parts: bytes) -> str:
        name = _text(self._id)
        response = {part: _text(value) for part, value in {"clientDataJSON": client, **parts}.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
