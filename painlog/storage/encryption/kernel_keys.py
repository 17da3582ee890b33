"""Linux's own place for keys: memory of the kernel, one user's, gone at the end of their last session.

Answers in a tenth of a millisecond what the desktop's keyring takes a tenth of a second for. Where a kernel or a
container has no such place, nothing is kept. Numbers are those of the system's calls (see ``keyctl(2)``).
"""

import ctypes
import os
import sys

SECONDS = 12 * 3600
_CALLS = {"x86_64": (248, 250), "aarch64": (217, 219), "riscv64": (217, 219)}
_OF_THE_USER = -4
_REVOKE, _SET_PERMISSION, _SEARCH, _READ, _SET_TIMEOUT = 3, 5, 10, 11, 15
_THE_USER_MAY = 0x3F3F0000
_MOST = 64


def get(name: str) -> bytes | None:
    """Return what was put under a name; None where nothing is."""
    if (found := _find(name)) is None:
        return None
    value = ctypes.create_string_buffer(_MOST)
    length = _control(_READ, found, value, _MOST)
    return value.raw[:length] if 0 < length <= _MOST else None


def put(name: str, value: bytes) -> None:
    """Keep a value under a name for half a day."""
    if (calls := _calls()) is None:
        return
    made = _call(calls[0], b"user", _described(name), value, len(value), _OF_THE_USER)
    if made < 0:
        return
    _control(_SET_TIMEOUT, made, SECONDS)
    _control(_SET_PERMISSION, made, _THE_USER_MAY)


def remove(name: str) -> None:
    """Keep what is under a name no longer."""
    if (found := _find(name)) is not None:
        _control(_REVOKE, found)


def _find(name: str) -> int | None:
    found = _control(_SEARCH, _OF_THE_USER, b"user", _described(name), 0)
    return found if found > 0 else None


def _described(name: str) -> bytes:
    return f"painlog:{name}".encode()


def _control(*given: object) -> int:
    calls = _calls()
    return _call(calls[1], *given) if calls else -1


def _calls() -> tuple[int, int] | None:
    return _CALLS.get(os.uname().machine) if sys.maxsize > 2**32 else None


def _call(*given: object) -> int:
    try:
        call = ctypes.CDLL(None).syscall
    except (OSError, AttributeError):
        return -1
    call.restype = ctypes.c_long
    return int(call(*(ctypes.c_long(each) if isinstance(each, int) else each for each in given)))
