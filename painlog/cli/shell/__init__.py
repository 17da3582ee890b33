"""What a shell asks, and the fast path: the only place with tricks for speed.

Typer costs three times what recording does, so what a prompt, TAB and a bad day ask for is done before it is imported;
an odd line is left to it. ``fast_answers`` (``due --short``, own words at TAB) loads no more than declarations and a
query, ``fast_record`` (``pain 6 --note x``) all that recording takes. Both call the functions that the commands call.

They may load ``typing``, ``json``, ``re`` and ``contextlib``; not ``dataclasses`` or ``pathlib``, which cost 0.7 and
0.25 of a bare process that inserts a row, and nothing that is to be installed. ``tests/test_guards.py`` holds this
fence, and ``tests/bench`` the bounds.
"""
