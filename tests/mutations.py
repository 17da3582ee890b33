"""Bugs put in on purpose, and whether the short tests notice: ``python -m tests.mutations [NAME...]``.

Each is made in a copy of the package, and the tests named with it run on that. Prints a line for each and a sum; the
exit code is 1 where one was not noticed, did not fit the source any more, or was noticed though it is none.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
NOTICED, QUIET, WRONG = "noticed", "not noticed", "wrong"
_PASSED, _FAILED = 0, 1  # exit codes of pytest
_LEFT_OUT = "not clean and not loads and not somebody_who and not one_may_not"  # slow, or as somebody else


class Bug(NamedTuple):
    """``old`` in a file of the package becomes ``new``; ``tests`` are what should notice.

    Each of them is a file of tests, after a colon with words of the names of those in it that can notice, ``|`` between
    them. ``harmless`` says why nothing can notice where that is so.
    """

    file: str
    old: str
    new: str
    tests: str
    harmless: str = ""


BUGS = {
    # The write path
    "sync less": Bug("storage/connection.py", '"synchronous=EXTRA"', '"synchronous=FULL"', "journal:settings"),
    "sync never": Bug("storage/connection.py", '"synchronous=EXTRA"', '"synchronous=OFF"', "journal:settings"),
    "begin late": Bug("storage/connection.py", 'execute("BEGIN IMMEDIATE")', 'execute("BEGIN")', "processes:two_terminals"),
    "no rollback": Bug("storage/connection.py", 'if conn.in_transaction:\n                conn.execute("ROLLBACK")', "pass", "journal:breaks_off"),
    "commit what failed": Bug(
        "storage/connection.py", 'if conn.in_transaction:\n                conn.execute("ROLLBACK")',
        'if conn.in_transaction:\n                conn.execute("COMMIT")', "journal:breaks_off",
    ),
    "do not wait": Bug("storage/connection.py", "timeout=wait", "timeout=0", "processes:two_terminals"),
    "no look at links": Bug("storage/connection.py", "if found.st_nlink > 1:", "if False:", "journal:no_journal"),
    "open to others": Bug("storage/files.py", 'getattr(os, "O_NOFOLLOW", 0), 0o600)', 'getattr(os, "O_NOFOLLOW", 0), 0o644)', "journal:owner"),
    "commit line by line": Bug(
        "storage/writing.py", '            self._rows.conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", made)\n',
        '            self._rows.conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", made)\n            self._rows.conn.execute("COMMIT"); self._rows.conn.execute("BEGIN IMMEDIATE")\n', "power_cut:loses_nothing",
    ),
    "a new journal for a lost one": Bug("storage/recovery/loss.py", "    if not (beside := lost_beside(path, keys) if is_there else _beside(path)):", "    if True:", "backups:gone"),
    "full disk not told": Bug("storage/connection.py", "    if is_disk_full(error, path):\n", "    if False:\n", "processes:full_disk"),
    "cut short not seen": Bug("storage/connection.py", "            if short:\n", "            if False:\n", "backups:cut_short journal"),
    # The log and the fold
    "clock goes back": Bug("storage/log/changes.py", "if milliseconds > self._milliseconds:", "if True:", "journal:stamps"),
    "first writer wins": Bug("storage/log/changes.py", "self.attributes = {**self.attributes, **data}", "self.attributes = {**data, **self.attributes}", "journal:undone"),
    "emptied fields stay": Bug("storage/log/changes.py", "if value is not None}", "}", "edit"),
    "fields forgotten": Bug("storage/log/changes.py", "        self.fields = {**self.fields, **fields}", "        self.fields = fields or self.fields", "edit journal:earlier"),
    "checksum of less": Bug("storage/log/changes.py", "return Change(*six, checksum(*six))", "return Change(*six, checksum(*six[:5]))", "journal:stack"),
    "last day wins": Bug("storage/log/changes.py", "    folding = Fold(first.entry, first.recorded_at)", "    folding = Fold(first.entry, changes[-1].change.recorded_at)", "journal:undone"),
    "stamps without a device": Bug("storage/log/changes.py", '{self._count:04x}{self.device}"', '{self._count:04x}00000000"', "journal:undo_takes"),
    # Many at once
    "a night like any clause": Bug("domain/entries.py", "if kind.main.spans or [", "if [", "bulk"),
    "the first thousands only": Bug("storage/log/changes.py", "    while some := [*islice(left, AT_ONCE)]:", "    if some := [*islice(left, AT_ONCE)]:", "bulk"),
    "the first page of an undo": Bug("storage/log/history.py", "        while found := self._rows.select(sql, command", "        if found := self._rows.select(sql, command", "bulk"),
    "a command for each thousands": Bug("storage/writing.py", "self._name = self._name or hlc", "self._name = hlc", "bulk"),
    "a rule before a line": Bug("domain/rules.py", "            refused = error", "            raise", "bulk"),
    "flares of now": Bug("domain/rules.py", '            held.of("flare")  # as it was before any of these\n', "", "bulk"),
    # Undo
    "undo only one": Bug("storage/log/undo.py", "self._history.of_command(command, newest_first=True):", "[*self._history.of_command(command, newest_first=True)][:1]:", "journal:undo_takes"),
    "undo in order": Bug("storage/log/undo.py", "self._history.of_command(command, newest_first=True):", "self._history.of_command(command):", "journal:in_order"),
    "undo counts itself": Bug("storage/log/undo.py", '        if verb == "undo":\n            settled', '        if False:\n            settled', "journal:undo"),
    "redo after a record": Bug("storage/log/undo.py", '        elif verb != "undo":\n            return None', '        elif verb != "undo":\n            continue', "journal:undo"),
    "undo by any device": Bug("storage/log/history.py", "WHERE hlc < ? AND substr(hlc, 17) = ? ORDER", "WHERE hlc < ? AND ? <> '' ORDER", "sync:undo"),
    "redo stays deleted": Bug("storage/log/undo.py", 'return changed | {"deleted": 0} if "kind" in changed else changed', "return changed", "journal:undo"),
    # Two devices
    "two changes of one clock": Bug("storage/log/merging.py", "            if clock in placed or clock in there:", "            if False:", "sync:copies"),
    "the lesser keeps the clock": Bug("storage/log/merging.py", "less, placed[clock] = sorted((each, other), key=itemgetter(0))", "placed[clock], less = each, other", "sync:copies"),
    "checksums of lines alone": Bug("exchange/sync/change_files.py", "if sha256(body).hexdigest() != hashed or len(body) > size:", "if len(body) > size:", "sync:damaged"),
    "cut files read": Bug("exchange/sync/change_files.py", "    if len(body) < size:\n", "    if False:\n", "sync:damaged"),
    "nothing is ever replaced": Bug("storage/log/conflicts.py", "    return sorted({hlc for part in _parts(data) for hlc in stand.get(part, ())})", "    return []", "sync:conflicts|settle"),
    "nothing stands beside": Bug("storage/log/conflicts.py", "        if any(value != next(iter(values.values())) for value in values.values())", "        if False", "sync:conflicts"),
    "merge forgets what was there": Bug("storage/writing.py", "        changes |= self._history.past(begun)\n", "", "sync:undo"),
    "edit leaves it deleted": Bug("storage/transaction.py", 'changed | {"deleted": 0}) if changed', "changed) if changed", "sync:deletion"),
    "damaged not written again": Bug("cli/keep/sync.py", "found.good.keys() - doubtful.keys() - former", "found.good.keys() - former", "sync:written_again"),
    "one name for two copies": Bug("storage/transaction.py", "        if self._meta.own_device() in devices:", "        if False:", "sync:copies"),
    "one name on two machines": Bug("storage/meta.py", '        if known.get("machine", here) != here:', "        if False:", "sync:machine"),
    "compacting takes what waits": Bug("exchange/sync/folder.py", "known.issuperset(held)]", "True]", "sync:compacting"),
    "compacting unread": Bug("cli/keep/sync.py", "    if {line for name in names for line in again.good.get(name, ())} != set(lines):", "    if False:", "sync:compacting"),
    "carriers' keepsakes read": Bug("exchange/sync/folder.py", 'if not each.startswith("."))\n', ")\n", "sync:hidden"),
    # Escaping
    "controls let through": Bug("view/visible.py", "    return joined.translate(_signs())", "    return joined", "commands:hostile|raw|leaves"),
    "C1 let through": Bug("domain/invisible_characters.py", "*range(0x80, 0xA0),", "", "commands:leaves"),
    "bidi let through": Bug("domain/invisible_characters.py", "*(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),", "", "commands:leaves|raw"),
    "a label raw": Bug("cli/look/calendar.py", "{term(found.variable.label)}", "{found.variable.label}", "static:safe_where boundaries"),
    "a note raw": Bug("view/screens/capture.py", "text = term(entry.text[: LONGEST + 1])", "text = entry.text[: LONGEST + 1]", "commands:raw boundaries"),
    "a refusal raw": Bug("cli/talk.py", "{term(message)}", "{message}", "commands:raw"),
    "formulas in cells": Bug("exchange/csv/cells.py", '_OPENS = tuple("\'=+-@', '_OPENS = tuple("\'+-@', "csv_cells"),
    "scripts in the page": Bug("view/page/html.py", "autoescape=True", "autoescape=False", "boundaries:page"),
    "scripts in the pictures": Bug("view/pictures/svg.py", "escape(visible(text).translate({0xFFFE: \"\\ufffd\", 0xFFFF: \"\\ufffd\"}), quote=True)", "visible(text)", "page_html:hostile"),
    # Import and export
    "import twice": Bug("storage/completing.py", "if draft.id in there else draft", "if False else draft", "import"),
    "import twice from before": Bug("storage/completing.py", "                found[draft.id] = entry\n", "", "import_again:earlier"),
    "deleted comes again": Bug("storage/completing.py", 'if past[-1].change.source.startswith("undo:")', "if True", "import"),
    "merge unchecked": Bug("storage/log/merging.py", "        if not _is_whole(change):", "        if False:", "import:changed_on_its_way"),
    "follow a link": Bug("exchange/files.py", "            temporary.replace(path)", "            path.write_bytes(temporary.read_bytes())", "exports:link"),
    "write over": Bug("exchange/files.py", "    if not force and os.path.lexists(path):", "    if False:", "exports:export"),
    "left-over files": Bug("exchange/files.py", "            temporary.unlink(missing_ok=True)", "            pass", "processes:full_disk"),
    "exports for all": Bug("exchange/files.py", "os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)", "os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)", "exports:export"),
    "export before the disk": Bug("exchange/files.py", "                os.fsync(file.fileno())\n", "", "faults:on_the_disk"),
    # Backups and faults
    "half a backup": Bug("storage/recovery/backups.py", "            unfinished.unlink(missing_ok=True)", "            pass", "backups:full_disk"),
    "backup unchecked": Bug("storage/recovery/backups.py", "            if look_through(unfinished, keys) == before:", "            if True:", "backups:while_others"),
    "backup before the disk": Bug("storage/recovery/backups.py", "            to_disk(unfinished)\n", "", "faults:on_the_disk"),
    "rotation forgets": Bug("storage/recovery/backups.py", "keep = {*snapshots[:LAST],", "keep = {*snapshots[:1],", "backups:nine_hundred|rotation"),
    "damage quoted": Bug("storage/recovery/backups.py", '.partition(" with text ")', '.partition("nothing of that")', "faults:no_error"),
    "NUL kept": Bug("domain/kinds/declaration.py", r"[\x00\ud800-\udfff]", r"[\ud800-\udfff]", "faults:text"),
    "clock unsaid": Bug("storage/log/history.py", "> CLOCK_SLACK", "> CLOCK_SLACK * 10**9", "faults:clock"),
    # Restoring and repairing
    "restore without a backup": Bug("storage/recovery/restoring.py", "        if back_up and live", "        if False and live", "backups:restore"),
    "restore takes code along": Bug("storage/recovery/restoring.py", '        if sort == "trigger" or not own:', "        if False:", "backups:no_whole_copy"),
    "restore what is unsound": Bug("storage/recovery/restoring.py", "            if not files.is_sound(conn):", "            if False:", "backups:no_whole_copy"),
    "restore while others write": Bug("storage/recovery/restoring.py", "    with files.exclusive(live, path):", "    if True:", "backups:nobody_writes"),
    "restore as another device": Bug("storage/recovery/restoring.py", "return dict(content.meta) if own else {}", "return dict(content.meta)", "backups:device"),
    "aside over another": Bug("storage/recovery/replacing.py", "next(name for name in names if not os.path.lexists(name))", "next(names)", "backups:moved_aside"),
    "repair from one place": Bug("storage/recovery/repairing.py", "            known.setdefault(change.hlc, change)", "            pass", "doctor:come_from"),
    "repair without the entries": Bug("storage/recovery/repairing.py", "    restated = list(_restate(found, known.values(), lost, present_at))", "    restated = []", "doctor:wrong_everywhere"),
    "wrong entries unseen": Bug("storage/recovery/checkup.py", "(follow - stored) + (stored - follow)", "(follow - follow)", "doctor:another_program"),
    "damaged changes unseen": Bug("storage/recovery/checkup.py", "    if bad := len(columns) - len(good):", "    if bad := 0:", "doctor:another_program|damage"),
    # What comes from elsewhere, whose a backup is, and which comes first
    "a stranger's file unasked": Bug("cli/keep/backup.py", "    if not mine and source.absolute() not in own:", "    if False:", "hostile_changes:strangers"),
    "own backups through the gate": Bug("cli/keep/backup.py", "    if not mine and source.absolute() not in own:", "    if not mine:", "hostile_changes:strangers"),
    "the machine's clock orders backups": Bug("storage/recovery/backups.py", "(i <= last, content(each, keys), -i, each)", "(i <= last, -i, -i, each)", "trust:clock_that_was"),
    "what a restore left behind comes first": Bug("storage/recovery/backups.py", "(i <= last, content(each, keys), -i, each)", "(True, content(each, keys), -i, each)", "trust:left_behind"),
    "rotation takes what was just made": Bug("storage/recovery/backups.py", "    stay = choose_kept(snapshots) | set(made)", "    stay = choose_kept(snapshots)", "trust:rotation"),
    "a copy takes the backups along": Bug("storage/recovery/ownership.py", "self._others.get(named) != self._own and identity", "identity", "trust:copy_of"),
    "a name is enough": Bug("storage/recovery/ownership.py", "        if named == stem(self._path):\n            return not", "        if named == stem(self._path):\n            return True or not", "trust:change_names|stem_alone"),
    "only the first is looked at": Bug("storage/log/gate.py", "    for number, each in enumerate(arrived, first):", "    for number, each in enumerate([*arrived][:1], first):", "gate:bound"),
    "any day ahead": Bug("storage/log/gate.py", '    if "day" in data and data["day"] >', '    if "day" in data and data["day"][:4] >', "gate:bound"),
    "the whole room is taken": Bug("storage/log/gate.py", "_LEAST + ROOM // 2)", "_LEAST + ROOM)", "gate:room"),
    "each file reached alone": Bug("storage/log/gate.py", "                limit = max(limit, stamp + _CLOSELY)", "                pass", "gate:in_steps"),
    "moved over what stands there": Bug("storage/log/merging.py", "        coming = moved\n", "        placed |= {each.change.hlc: each for each in moved}\n        break\n", "sync_planted:written_over"),
    "one kind for ever": Bug("storage/log/merging.py", "            if not _fits(data, [", "            if data.get(\"kind\") not in (None, *sorted(named)[:1]) or not _fits(data, [", "sync_planted:another_kind"),
    "sealed for anyone": Bug("cli/forgotten.py", "(not secrets or name in found.secrets)", "True", "sync_planted:seals_nothing"),
    "a repair opens the folder's gate": Bug("storage/recovery/repairing.py", "    for change in carried_in:", "    for change in sound_changes(_unknown(chain.from_iterable(carried(secrets) if carried else ()), known)):", "gate:repair"),
    "plain files in a sealed folder's repair": Bug("cli/merge.py", "        for name in found.secrets if secrets else found.good:", "        for name in found.good:", "gate:plain_file"),
    "undo passes a restore": Bug("storage/recovery/restoring.py", ' | {"taken": f"restore {latest}"}', "", "trust:after_a_restore"),
    # Forgetting
    "a restore brings words back": Bug("storage/recovery/restoring.py", "forget_all([*found.changes, *_find_forgotten(live, found.changes)])", "[*found.changes]", "forget:never_comes"),
    "a merge brings words back": Bug("storage/transaction.py", "[without_words(each, marks) for each in read_changes(some)]", "read_changes(some)", "forget:never_comes"),
    "a repair brings words back": Bug("storage/recovery/repairing.py", "for change in forget_all(known.values())}", "for change in known.values()}", "forget:repair"),
    "remains in free pages": Bug("storage/journal.py", "                connection.vacuum(self.rows.conn, self.rows.place)", "                pass", "forget:no_byte|cleared"),
    "numbers can be forgotten": Bug("storage/log/forgetting.py", "name in kind.wordy or name not in kind.by_name for", "True for", "forget:forged"),
    # Encryption
    "sealed with a readable backup": Bug("storage/encryption/rewriting.py", "        _export(conn, target, key)\n        if", "        _export(conn, target, PLAIN)\n        if", "encrypt:nothing_of_it"),
    "sealed in place of what came": Bug("storage/encryption/rewriting.py", "with closing(connection.connect(path, keys=keys, sealing=PLAIN)) as conn, files.exclusive(conn, path):", "with closing(connection.connect(path, keys=keys, sealing=PLAIN)) as conn:", "rewriting:nobody_writes"),
    "sealed before the disk": Bug("storage/encryption/rewriting.py", "            files.to_disk(new)\n", "", "rewriting:on_the_disk"),
    "a key soon guessed": Bug("storage/encryption/keys.py", "ROUNDS = 256_000", "ROUNDS = 1_000", "encrypt:sqlcipher"),
    "one salt for all": Bug("storage/encryption/keys.py", "salt = salt or os.urandom(SALT_BYTES)", "salt = salt or bytes(range(SALT_BYTES))", "encrypt:rekey"),
    "a key that shows itself": Bug("storage/encryption/keys.py", '        return "Key(…)"', "        return self.raw.hex()", "unlocking:shows_itself"),
    "readable copies not named": Bug("storage/encryption/rewriting.py", "        return not connection.salt_of(path) or any(sound_changes(carve(path)))", "        return False", "encrypt:can_still_be_read"),
    "any ring will do": Bug("storage/encryption/keys.py", 'return type(ring).__module__ in {f"keyring.backends.{name}" for name in _SAFE_RINGS}', "return True", "unlocking:ring"),
    "a kept key not forgotten": Bug("storage/encryption/keys.py", "        _ask_ring(lambda ring: ring.delete_password(_SERVICE, name))", "        pass", "encrypt:rekey|decrypt"),
    # No bug: were it noticed, the others would be noticed by tests that fail without them
    "nothing": Bug("errors.py", "exit_code = 1", "exit_code = 1", "", "it changes nothing"),
}  # fmt: skip


def main() -> int:
    """Try the bugs named, or all; say which were noticed and of the others why."""
    names = sys.argv[1:] or [*BUGS]
    if misplaced := [name for name in names if problem(BUGS[name])]:
        for name in misplaced:
            _say(name, problem(BUGS[name]))
        return 1
    quiet: dict[str, str] = {}
    wrong: list[str] = []
    for name in names:
        outcome, by = tried(BUGS[name])
        _say(name, f"{outcome}: {by}" if by else outcome)
        if outcome == WRONG:
            wrong.append(name)
        elif outcome == QUIET:
            quiet[name] = BUGS[name].harmless
    bugs = [name for name in names if not BUGS[name].harmless]
    missed = [name for name in quiet if not quiet[name]]
    _say(f"noticed {len([name for name in bugs if name not in {*missed, *wrong}])} of {len(bugs)}")
    for name, why in quiet.items():
        _say(f"not noticed: {name}", why or "no test fails")
    return int(bool(missed or wrong))


def problem(bug: Bug) -> str:
    """Say why a bug cannot be made in the source; empty where it can."""
    text = (ROOT / "painlog" / bug.file).read_text()
    if text.count(bug.old) != 1:
        return f"{bug.file} holds {text.count(bug.old)} times what it changes"
    try:
        ast.parse(text.replace(bug.old, bug.new))
    except SyntaxError as error:
        return f"{bug.file} could not be read after it: {error}"
    return ""


def tried(bug: Bug) -> tuple[str, str]:
    """Make a bug in a copy and run its tests; return what came of it, and by which test."""
    with tempfile.TemporaryDirectory(prefix="painlog-bug-") as place:
        copy = Path(place)
        for name in ("painlog", "tests", ".github", "pyproject.toml", "README.md"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "golden"))
            else:
                shutil.copy(source, copy / name)
        changed = copy / "painlog" / bug.file
        changed.write_text(changed.read_text().replace(bug.old, bug.new))
        for each in bug.tests.split() or all_tests():
            code, failed = _run(copy, each)
            if code != _PASSED:
                as_meant = code == _FAILED and not bug.harmless
                return NOTICED if as_meant else WRONG, f"{each.partition(':')[0]}: {failed}"
        return QUIET, ""


def file_of(name: str) -> Path:
    """The file of tests of that name, in whichever folder it is."""
    (found,) = (ROOT / "tests").rglob(f"test_{name}.py")
    return found


def all_tests() -> list[str]:
    """All that any bug names, a group for each file."""
    words: dict[str, set[str]] = {}
    for each in (group for bug in BUGS.values() for group in bug.tests.split()):
        file, _, some = each.partition(":")
        words.setdefault(file, set()).update(some.split("|"))
    return [f"{file}:{'|'.join(sorted(some - {''}))}" if "" not in some else file for file, some in words.items()]


def _run(copy: Path, tests: str) -> tuple[int, str]:
    """Run a group of tests on a copy up to the first that fails; return pytest's exit code and that test's name."""
    file, _, words = tests.partition(":")
    chosen = f"({' or '.join(words.split('|'))}) and {_LEFT_OUT}" if words else _LEFT_OUT
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", str(file_of(file).relative_to(ROOT)), "-k", chosen],
        cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    failed = [
        line.split("::")[1].split(" ")[0] for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))
    ]
    return ran.returncode, failed[0] if failed else "it does not run"


def _say(name: str, what: str = "") -> None:
    print(f"{name:<32}{what}".rstrip(), flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
