"""Days and entries in, frozen report values out. Never a connection, never a print."""
