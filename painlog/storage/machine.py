"""Which machine this is, so that a journal that was copied to another one notices it.

Two copies that write under one name could give two changes the same clock. Only 32 bits of what the system calls
the machine are kept, so that a journal that is passed on does not tell it. Nothing where the system has no name for it.
"""

import sys
import zlib
from functools import cache
from pathlib import Path

_NAMED = ("/etc/machine-id", "/var/lib/dbus/machine-id")


@cache
def machine() -> str:
    """Return what stands for this machine, as hex; empty where that cannot be told."""
    named = _named()
    return f"{zlib.crc32(f'painlog {named}'.encode()):08x}" if named else ""


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
