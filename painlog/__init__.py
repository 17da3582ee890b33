"""painlog: a private journal for people who live with chronic pain.

Folders are layers, and a layer imports only from those above it in this list:

- ``errors``    what painlog says no with
- ``domain``    what can be recorded: kinds, fields, regions, dates, the grammar of ``log``
- ``storage``   the journal file: open, migrate, record, undo, read
- ``analysis``  days in, frozen report values out
- ``exchange``  other people's formats
- ``view``      report values in, text out; the home of rich and plotext
- ``cli``       commands: parse, fetch, compute, show
"""

__version__ = "0.1.0"
