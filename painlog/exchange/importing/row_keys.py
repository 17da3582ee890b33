"""What tells an imported entry from all others of its file, today and in a later export. Pure."""

from collections import Counter


class Keys:
    """Keys made of texts; the same texts again in one file are a second thing, with a key of its own."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, *parts: str) -> str:
        """Return the key of the next entry that these texts identify."""
        key = "\x1f".join(parts)
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key}\x1f#{self._seen[key]}"
