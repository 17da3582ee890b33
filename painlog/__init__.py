"""painlog: a private journal for people who live with chronic pain. This is the map of the house.

Folders are layers. A layer imports only from those above it here, inside functions too, and no modules import each
other in a circle (tests hold both):

- ``errors``    what painlog says no with: a fact, a sentence and an exit code each.
- ``domain``    what can be recorded, and the language people say it in. Pure: no file, no clock but ``clock.now``.
    - ``kinds``     ``registry`` names every kind of entry; ``kind``, ``fields`` and ``declaration`` are what a
      declaration is made of; then a file a subject, such as ``pain_mood`` and ``care``.
    - ``language``  from words to fields: ``vocabulary`` knows what each word means, ``lines`` divides a line into
      clauses and reads them, ``dates``, ``durations`` and ``amounts`` read values, ``understanding`` places what was
      read in time or asks, ``suggestions`` are for what is not understood.
    - and beside them ``entries``, ``rules`` (what a journal allows beside what it holds), ``variables`` (the numbers
      that days have), ``periods``, ``plan``, ``flares``, ``regions``, ``questionnaires``, ``settings``.
- ``storage``   the journal, one SQLite file. ``journal`` is what others call; ``connection`` opens files and is the one
  place that writes; ``log`` holds the changes, from which every entry follows; ``schema`` the tables, ``views`` what
  other programs see; ``recovery`` backs up, looks over and repairs; ``encryption`` locks.
- ``analysis``  days and entries in, frozen values out: ``report`` the page, ``patterns`` links and effects (alone in
  loading numpy), and the smaller ones: charts, calendars, the body.
- ``exchange``  other people's formats, in and out: ``csv``, ``fhir``, ``sync``, and ``importers``, a file an app.
- ``view``      the same values as text, Markdown, HTML and pictures. The home of rich, plotext and jinja2.
- ``cli``       commands: parse, fetch, compute, show. It alone joins the layers; ``exchange`` and ``view`` never see a
  journal. ``record``, ``look``, ``keep`` and ``begin`` are the headings of the help; ``shell`` is all that is only for
  speed, and for the shell.

What happens at ``painlog pain 6``:

1. ``cli.main`` takes the words. They are plain, so ``cli.shell`` reads them without Typer; the declaration of ``pain``
   says which options there are. Whatever is not plain goes through ``cli.app``, and meets this path again in 3.
2. ``cli.session`` knows the settings, the journal's place and the present moment, which it read once, from the clock.
3. ``cli.record`` has the texts by field: ``{"score": ["6"]}``. ``Kind.read`` parses and checks them, and
   ``domain.entries`` makes a ``Draft``: the kind, the moment and ``{"score": 6}``. What is wrong is a ``BadInput``.
4. ``storage`` opens the file and begins the one transaction. ``domain.rules`` says whether the draft goes with what is
   there. The draft becomes a change (a row of ``ops``), and the entry (a row of ``entries``) is the fold of its
   changes. If the view of ``pain`` is not as it is declared now, ``views`` makes all anew. Then the file is on disk.
5. ``analysis.summary`` puts the day beside the last seven, ``view.screens.capture`` writes the lines, ``cli`` prints
   them: data on standard output, talk on standard error. ``painlog undo`` appends a change that takes it back.
"""

__version__ = "0.1.0"
