"""The journal file: open, migrate, record, undo, read. Knows SQLite; not what is printed."""
