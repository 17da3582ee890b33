"""Commands to begin with, and to find help."""
