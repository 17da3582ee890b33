"""Encryption at rest: keys, the cipher, opening, and writing a journal anew under another key."""
