"""painlog(1): the commands with their options, as ``--help`` has them, and the pages of the manual, as roff."""

import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from textwrap import wrap
from typing import Any

import typer

from painlog import __version__
from painlog.cli.app import typer_app
from painlog.cli.manual import PAGES, read_page
from painlog.cli.sections import help_lines
from painlog.view.manual import MARKED, Block, Code, Heading, Paragraph, Terms

SUMMARY = "a private journal for people who live with chronic pain"
_LEFT_OUT = ("commands", "changes")  # the first stands here with all options


def build_man_page() -> str:
    """Return the whole page."""
    lines = [*_head(), *_commands(), *_manual(), *_end()]
    kept = [line for before, line in pairwise(["", *lines]) if line != ".PP" or not before.startswith((".SH", ".SS"))]
    return "\n".join(kept) + "\n"


def _head() -> Iterator[str]:
    changes = next(block for block in read_page("changes") if isinstance(block, Heading) and block.level == 2)
    version, _, day = changes.text.rstrip(")").partition(" (")
    assert version == __version__
    root = typer.main.get_command(typer_app)
    yield '.\\" Made by tests/cli/test_manual.py from the commands and painlog/manual; do not edit.'
    yield f'.TH PAINLOG 1 "{day}" "painlog {version}" "User Commands"'
    yield from (".SH NAME", f"painlog \\- {SUMMARY}", ".SH SYNOPSIS", ".B painlog", "[\\fIoptions\\fR]")
    yield from ("[\\fIcommand\\fR [\\fIarguments\\fR]]", ".SH DESCRIPTION")
    yield from _help(root.help or "")
    yield ".SH OPTIONS"
    yield from _options(root, root.make_context("painlog", [], resilient_parsing=True))


def _commands() -> Iterator[str]:
    root = typer.main.get_command(typer_app)
    parent = root.make_context("painlog", [], resilient_parsing=True)
    for heading, lines in help_lines().items():
        yield f".SH COMMANDS: {heading.upper()}"
        for name in lines:
            yield from _command(root.get_command(parent, name), name, parent)  # type: ignore[attr-defined]


def _command(command: Any, name: str, parent: Any) -> Iterator[str]:
    context = command.make_context(name, [], parent, resilient_parsing=True)
    yield f".SS {_text(' '.join([context.command_path, *command.collect_usage_pieces(context)]))}"
    yield from _help(command.help or "")
    yield from _options(command, context)
    for each in getattr(command, "list_commands", lambda _: ())(context):
        yield from _command(command.get_command(context, each), each, context)


def _help(text: str) -> Iterator[str]:
    for index, part in enumerate(inspect.cleandoc(text).split("\n\n")):
        if part.startswith("\b"):
            yield from _example(part.splitlines()[1:])
        else:
            yield from ([".PP"] if index else [])
            yield from _sentences(" ".join(part.split()))


def _options(command: Any, context: Any) -> Iterator[str]:
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record and (context.parent is None or param.name != "help"):
            yield from (".TP", f"\\fB{_text(record[0])}\\fR", *_sentences(record[1] or "The same."))


def _manual() -> Iterator[str]:
    for name in PAGES:
        if name not in _LEFT_OUT:
            for block in read_page(name):
                yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f".SH {_text(text.upper())}" if level == 1 else f".SS {_text(text)}"
        case Paragraph(text, mark):
            sign = "\\(bu" if mark == "- " else _text(mark.strip())
            yield f'.IP "{sign}" 3' if mark else ".PP"
            yield from _sentences(text)
        case Code(lines):
            yield from _example(lines)
        case Terms(rows):
            for term, text in rows:
                yield from (".TP", _styled(term), *_sentences(text))


def _example(lines: Any) -> Iterator[str]:
    yield from (".PP", ".RS 2", ".nf", *(_text(line.rstrip()) or "\\&" for line in lines), ".fi", ".RE")


def _end() -> Iterator[str]:
    yield from (".SH FILES", ".TP", "\\fI~/.local/share/painlog/journal.db\\fR", "The journal, on Linux.")
    yield from (".SH EXIT STATUS", "0 done, 1 painlog could not, 2 not understood, 130 interrupted.")


def _sentences(text: str) -> Iterator[str]:
    """A sentence a line, as roff wants it, and none too long."""
    for sentence in re.split(r"(?<=[a-z)`][.?!]) (?=[A-Z`\d])", text):
        lines = wrap(_styled(sentence), 72, break_long_words=False, break_on_hyphens=False)
        yield from (f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def _styled(text: str) -> str:
    styled = MARKED.sub(lambda found: f"\0{found[0].strip('`*')}\1", text)
    return _text(styled).replace("\0", "\\fB").replace("\1", "\\fR")


def _text(text: str) -> str:
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe
