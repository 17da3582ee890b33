"""The log of changes: its clock, the fold into entries, undo, and changes of other devices."""
