"""Sealed change files: without the secret nobody reads one, and nobody makes one that passes. Pure.

A sealed file is a whole change file under ChaCha20-Poly1305 (RFC 8439), each with a random nonce of its own. Its first
line names the secret by a hash and carries a CRC-32 of itself, so that damage is told from a secret that is not known
here; it is authenticated with the rest. The file's name is random and tells nothing.
"""

import os
import re
from hashlib import sha256
from typing import TYPE_CHECKING
from zlib import crc32

from painlog.errors import FileRefused, PartMissing
from painlog.exchange.sync.change_files import ALTERED, HEAD_DAMAGED, check_length

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SECRET_BYTES = 20  # 160 random bits: more than can ever be tried, and no more to type than that
MAGIC = b'{"painlog":2,"sealed":"'
_TAG_BYTES = 16
_NONCE_BYTES = 12
_HEAD = re.compile(
    MAGIC + rb'([0-9a-f]{16})","nonce":"([0-9a-f]{24})","size":([1-9][0-9]{1,8}),"crc32":"[0-9a-f]{8}"\}\n'
)


def new_secret() -> bytes:
    """Draw a secret, from which a key of 32 bytes follows."""
    return os.urandom(SECRET_BYTES)


def mark_of(secret: bytes) -> str:
    """Return what the first line calls a secret by, 16 hex digits."""
    return sha256(b"painlog change files, mark\0" + secret).hexdigest()[:16]


def mark_in(raw: bytes) -> str:
    """Return which secret a sealed file says that it takes. Raises FileRefused where its first line is damaged."""
    return _first_line(raw)[0]


def encrypt(content: bytes, secret: bytes) -> tuple[str, bytes]:
    """Return the name and the content of a sealed file. Raises PartMissing."""
    nonce = os.urandom(_NONCE_BYTES)
    head = _head(mark_of(secret), nonce.hex(), len(content) + _TAG_BYTES)
    name = f"{os.urandom(12).hex()}-{os.urandom(4).hex()}-{os.urandom(8).hex()}.sealed"
    return name, head + cipher(secret).encrypt(nonce, content, head)


def decrypt(raw: bytes, secret: bytes) -> bytes:
    """Return what a sealed file of a secret holds. Raises FileRefused for a damaged one, PartMissing."""
    opening = cipher(secret)
    from cryptography.exceptions import InvalidTag

    _, nonce, size, head = _first_line(raw)
    body = raw[len(head) :]
    check_length(body, size)
    try:
        return opening.decrypt(nonce, body, head)
    except InvalidTag:
        raise FileRefused(ALTERED) from None


def cipher(secret: bytes) -> "ChaCha20Poly1305":
    """Return the cipher of a secret. Raises PartMissing where the extra ``painlog[encryption]`` is not installed."""
    try:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    except ImportError:
        raise PartMissing(
            "sealed files in a shared folder take a part that is not installed: pip install 'painlog[encryption]'"
        ) from None
    return ChaCha20Poly1305(sha256(b"painlog change files, key\0" + secret).digest())


def _head(mark: str, nonce: str, size: int) -> bytes:
    start = MAGIC + f'{mark}","nonce":"{nonce}","size":{size}'.encode()
    return start + f',"crc32":"{crc32(start):08x}"}}\n'.encode()


def _first_line(raw: bytes) -> tuple[str, bytes, int, bytes]:
    """The mark, the nonce and the size of what follows, and the line itself. Raises FileRefused."""
    if found := _HEAD.match(raw):
        mark, nonce, size = (part.decode() for part in found.groups())
        if found.group() == _head(mark, nonce, int(size)):
            return mark, bytes.fromhex(nonce), int(size), found.group()
    raise FileRefused(HEAD_DAMAGED)
