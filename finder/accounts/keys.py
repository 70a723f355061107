"""What is kept secret from whoever reads the database: keys, all derived from the one secret of the settings."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Keys:
    """Seals what we must read again, and tells apart what we need not know, with the secret of an installation.

    With older secrets it opens what they sealed; it seals with the newest alone.
    """

    def __init__(self, secret: str, *older: str) -> None:
        self._secret = secret
        self._fernet = MultiFernet([Fernet(urlsafe_b64encode(_derived(each, "seal"))) for each in (secret, *older)])

    def seal(self, value: str) -> str:
        """The value, encrypted."""
        return self._fernet.encrypt(value.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """What was sealed; empty if that was with another secret."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return ""

    def sealed_anew(self, sealed: str) -> str:
        """The same value, sealed with the newest secret; empty if none of ours opens it."""
        value = self.unseal(sealed)
        return self.seal(value) if value else ""

    def fingerprint(self, *parts: str) -> str:
        """64 hexadecimal digits, the same for the same parts, that tell nothing about them to who lacks the secret."""
        told = "".join(f"{len(part)}:{part}" for part in parts)  # so that "ab", "c" isn't "a", "bc"
        return hmac.new(_derived(self._secret, "fingerprint"), told.encode(), "sha256").hexdigest()


def digest(token: str) -> str:
    """What we keep of a token of our own making, which is too long to be guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"finder {purpose}".encode(), "sha256")
