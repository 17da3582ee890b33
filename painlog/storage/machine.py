"""Which machine this is, so that a journal that was copied to another one notices it.

Two copies that write under one name could give two changes the same clock. Only a hash of what the system calls the
machine is kept, so that a journal that is passed on does not tell it. Nothing where the system has no name for it.
"""

import sys
from functools import cache
from pathlib import Path

_NAMED = ("/etc/machine-id", "/var/lib/dbus/machine-id")
_LENGTH = 16


@cache
def machine() -> str:
    """Return what stands for this machine, as hex; empty where that cannot be told."""
    from hashlib import sha256

    named = _named()
    return sha256(f"painlog {named}".encode()).hexdigest()[:_LENGTH] if named else ""


def _named() -> str:
    if sys.platform == "win32":
        return _in_the_registry()
    if sys.platform == "darwin":
        return _by_the_host()
    for place in _NAMED:
        try:
            return Path(place).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
    return ""


def _in_the_registry() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    except OSError:
        return ""


def _by_the_host() -> str:
    """What macOS calls the machine: ``gethostuuid(2)``, 16 bytes."""
    import ctypes

    id_, wait = ctypes.create_string_buffer(16), (ctypes.c_long * 2)(1, 0)
    try:
        failed = ctypes.CDLL(None).gethostuuid(id_, wait)
    except (OSError, AttributeError):
        return ""
    return "" if failed else id_.raw.hex()
