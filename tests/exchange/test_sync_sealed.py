"""Sealed change files: an encrypted journal shares nothing that can be read, and any device can still be let in."""

import io
import os
import pty
import random
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.cli import unlock
from painlog.cli.session import Keys
from painlog.errors import BadInput
from painlog.exchange.sync import change_files, encrypted_files, folder, pairing_words
from painlog.storage.encryption import keys
from painlog.storage.journal import Journal
from tests.conftest import NOW, Device, Ran, Run, Terminal
from tests.exchange.test_sync import files, listed
from tests.storage.test_journal import folds
from tests.support import warm
from tests.support.terminals import read_to_close

pytest.importorskip("cryptography", reason="takes the extra painlog[encryption]")

NOTE = "canary-note-7f3a"
COMMAND = "printf 'the passphrase of the canary'"
SECRET, OTHER = bytes(range(20)), bytes(range(1, 21))
ANY_SECRET = st.binary(min_size=20, max_size=20)


@pytest.fixture(autouse=True)
def typist(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(unlock, "has_terminal", lambda: made.there)
    monkeypatch.setattr(unlock, "read_passphrase", made)
    monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})())
    return made


@pytest.fixture
def encrypts(monkeypatch: pytest.MonkeyPatch) -> Callable[[Device], None]:
    """Record something on a device and encrypt its journal."""
    pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
    monkeypatch.setattr(keys, "ROUNDS", 1000)
    monkeypatch.setenv(keys.KEY_COMMAND, COMMAND)

    def encrypt(device: Device) -> None:
        device("pain", "6", "--note", NOTE)
        assert device("encrypt").code == 0

    return encrypt


@pytest.fixture
def encrypted(run: Run, encrypts: Callable[[Device], None]) -> Run:
    encrypts(run)
    return run


def keep(path: Path, secret: bytes = SECRET) -> None:
    """Let a plain journal know a secret, as if it had been typed."""
    with Journal.open(path, NOW) as journal:
        journal.meta.share_with(secret)


def shown(device: Device) -> str:
    return device("sync", "--words").out.strip()


def heads(shared: Path) -> set[bytes]:
    """How the files of a folder begin."""
    return {each.read_bytes()[: len(encrypted_files.MAGIC)] for each in files(shared)}


def flat(ran: Ran) -> str:
    return " ".join(ran.err.split())


# What an encrypted journal does


def test_nothing_that_an_encrypted_journal_shares_can_be_read(encrypted: Run, shared: Path, path: Path) -> None:
    ran = encrypted("sync", str(shared))
    assert (ran.code, ran.out) == (0, f"0 changes taken over, 1 written to {shared}\n")
    assert "what was written is sealed; painlog sync --words shows the words" in flat(ran)
    assert "readable" not in ran.err
    encrypted("note", NOTE)
    assert encrypted("sync", str(shared)).err == ""
    with Journal.open(path, NOW, keys=Keys()) as journal:
        ops = journal.history.changes()
        (secret,) = journal.meta.sharing_secrets
    telling = [NOTE, "pain", "note", secret.hex(), *(text for op in ops for text in (op[0], op[2], op[6]))]
    assert len(files(shared)) == 2
    for each in files(shared):
        content = each.read_bytes().replace(b'{"painlog":2', b"")
        assert [text for text in telling if text.encode() in content or text in each.name] == []
        assert re.fullmatch(r"[0-9a-f]{24}-[0-9a-f]{8}-[0-9a-f]{16}\.sealed", each.name)
        assert each.stat().st_mode & 0o777 == 0o600


def test_the_other_device_asks_for_the_words_once_and_reads_and_seals_from_then_on(
    encrypted: Run, other: Device, shared: Path, typist: Terminal, tmp_path: Path
) -> None:
    encrypted("sync", str(shared))
    other("mood", "4")
    typist.types = [shown(encrypted)]
    ran = other("sync", str(shared))
    assert (ran.code, ran.out) == (0, f"1 change taken over, 1 written to {shared}\n"), ran.err
    assert typist.asked == ["Group 1 of 8: "]
    assert "shows its pairing words; type them here" in flat(ran)
    assert heads(shared) == {encrypted_files.MAGIC}, "a plain journal seals what it writes there"
    assert "1 change taken over, 0 written" in encrypted("sync", str(shared)).out
    assert sorted(listed(encrypted)) == sorted(listed(other)) == ["mood 4", f"pain 6, {NOTE}"]
    assert shown(other) == shown(encrypted)
    for each in files(shared):
        each.unlink()
    other("sync", str(shared))
    assert heads(shared) == {encrypted_files.MAGIC}, "also where the folder was emptied"
    (tmp_path / "elsewhere").mkdir()
    assert other("sync", str(tmp_path / "elsewhere")).code == 0
    assert heads(tmp_path / "elsewhere") == {encrypted_files.MAGIC}
    assert len(typist.asked) == 1


def test_two_encrypted_journals_are_let_in_group_by_group(
    encrypted: Run, encrypts: Callable[[Device], None], other: Device, shared: Path, typist: Terminal
) -> None:
    encrypted("sync", str(shared))
    right = shown(encrypted).split()
    encrypts(other)
    typist.types = [
        *(right[0].lower(), "", f"{right[1][:2]}-{right[1][2:]} {right[2]}", right[4], f"{right[4]} {right[3]}"),
        *(" ".join(right[3:7]), right[7]),
    ]
    ran = other("sync", str(shared))
    assert ran.code == 0, ran.err
    assert "1 change taken over, 1 written" in ran.out
    assert typist.asked == [f"Group {n} of 8: " for n in (1, 2, 2, 4, 4, 4, 8)]
    assert ran.err.count("group 4 of the pairing words is mistyped") == 2
    assert not [word for word in right if word in ran.err], "no group is repeated on the screen"
    encrypted("sync", str(shared))
    assert listed(encrypted) == listed(other)


def test_where_nobody_can_be_asked_nothing_is_written(
    encrypted: Run, other: Device, shared: Path, typist: Terminal, tmp_path: Path
) -> None:
    encrypted("sync", str(shared))
    other("mood", "4")
    before = [(each, each.read_bytes()) for each in files(shared)]
    typist.there = False
    ran = other("sync", str(shared))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert f"what is in {shared} is sealed, and nobody is here to type its pairing words" in ran.err
    assert [(each, each.read_bytes()) for each in files(shared)] == before
    assert listed(other) == ["mood 4"]
    with Journal.open(tmp_path / "other.db", NOW) as journal:
        assert journal.meta.sharing_secrets == []


def test_the_words_may_come_from_a_pipe(
    encrypted: Run, other: Device, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypted("sync", str(shared))
    right = shown(encrypted)
    for text, says in (
        (right[:-6], "pairing words are 8 groups of 5 letters and digits, not 7"),
        ("", "not 0"),
        (pairing_words.spell(OTHER), f"these are not the pairing words of what is in {shared}; nothing was changed"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        ran = other("sync", str(shared), "--pair")
        assert (ran.code, says in ran.err, ran.out) == (2, True, ""), ran
    for place in (0, 20, len(right) - 1):
        mistyped = f"{right[:place]}U{right[place + 1 :]}"
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(mistyped.encode())))
        ran = other("sync", str(shared), "--pair")
        assert (ran.code, f"group {place // 6 + 1} of the pairing words is mistyped" in ran.err) == (2, True)
    assert (listed(other), len(files(shared))) == ([], 1)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{right.lower()}\r\n".encode())))
    assert other("sync", str(shared), "--pair").code == 0
    assert listed(other) == [f"pain 6, {NOTE}"]


def test_without_anything_sealed_there_are_no_words(run: Run, other: Device, tmp_path: Path) -> None:
    run("pain", "6")
    for device in (run, other):
        ran = device("sync", "--words")
        assert (ran.code, "what this journal shares is not sealed" in ran.err) == (1, True)
    assert not (tmp_path / "other.db").exists()


# Folders of both sorts


def test_an_encrypted_journal_reads_a_plain_folder_and_compacting_seals_it(
    encrypted: Run, other: Device, shared: Path, tmp_path: Path
) -> None:
    other("note", "canary of the other")
    other("sync", str(shared))
    ran = encrypted("sync", str(shared))
    assert (ran.code, "1 change taken over, 1 written" in ran.out) == (0, True)
    assert "1 file there can be read by anyone who opens the folder" in flat(ran)
    assert "painlog sync --compact seals what is in changes" in flat(ran)
    assert len(heads(shared)) == 2
    ran = encrypted("sync", str(shared), "--compact")
    assert "2 files put into 1" in ran.out
    assert "but for old versions that a cloud or a backup keeps" in flat(ran)
    (one,) = files(shared)
    assert heads(shared) == {encrypted_files.MAGIC}
    assert b"canary" not in one.read_bytes()
    assert "nothing to put together" in encrypted("sync", str(shared), "--compact").err
    own = shared / "by hand.jsonl"
    with Journal.open(tmp_path / "other.db", NOW) as journal:
        own.write_bytes(next(change_files.pack([change_files.line(journal.history.changes()[0])]))[1])
    ran = encrypted("sync", str(shared), "--compact")
    assert "1 file there can be read by anyone who opens the folder, such as by hand.jsonl" in flat(ran)
    assert own.exists(), "what lies outside painlog's own place is the person's"


def test_one_plain_file_is_sealed_by_compacting_too(run: Run, shared: Path, path: Path) -> None:
    run("pain", "6")
    run("sync", str(shared))
    keep(path)
    assert "1 file put into 1" in run("sync", str(shared), "--compact").out
    assert heads(shared) == {encrypted_files.MAGIC}


@pytest.mark.usefixtures("encrypts")
def test_encrypting_names_what_the_folder_of_the_settings_holds(run: Run, shared: Path) -> None:
    run("config", "set", "sync_dir", str(shared))
    run("pain", "6")
    run("sync")
    said = flat(run("encrypt"))
    assert "note: 1 file in " in said
    assert "can be read too; painlog sync --compact seals them" in said
    assert "1 file put into 1" in run("sync", "--compact").out
    assert "stays sealed with the same pairing words" in flat(run("decrypt"))
    run("note", NOTE)
    run("sync")
    assert heads(shared) == {encrypted_files.MAGIC}, "a folder once sealed stays sealed"


def test_two_that_sealed_unseen_by_each_other_are_brought_together(
    encrypted: Run, encrypts: Callable[[Device], None], other: Device, shared: Path, typist: Terminal, tmp_path: Path
) -> None:
    """Each was the first in its own view of the folder, so there are two secrets until one device takes the other's."""
    encrypts(other)
    encrypted("sync", str(shared))
    (tmp_path / "late").mkdir()
    other("sync", str(tmp_path / "late"))
    folder_of = {each.relative_to(tmp_path / "late"): each.read_bytes() for each in files(tmp_path / "late")}
    for name, content in folder_of.items():
        (shared / name).parent.mkdir(exist_ok=True)
        (shared / name).write_bytes(content)
    for device in (encrypted, other, encrypted, other):
        done = device("sync", str(shared))
        assert (done.code, "0 changes taken over, 0 written" in done.out) == (0, True)
        assert flat(done).count("it is sealed with other pairing words; painlog sync --pair takes them") == 1
    assert {name: (shared / name).read_bytes() for name in folder_of} == folder_of, "left as they are"
    assert typist.asked == []
    typist.types = [shown(encrypted)]
    assert "1 change taken over, 1 written" in other("sync", str(shared), "--pair").out
    assert not [name for name in folder_of if (shared / name).exists()], "what it wrote before is sealed anew"
    assert "1 change taken over, 0 written" in encrypted("sync", str(shared)).out
    assert listed(encrypted) == listed(other)
    for device in (encrypted, other):
        assert device("sync", str(shared)) == (0, f"0 changes taken over, 0 written to {shared}\n", "")


def test_crossed_words_end_too(run: Run, other: Device, shared: Path, path: Path, tmp_path: Path) -> None:
    """Each device took the other's words: each goes on with another secret, and both read everything."""
    for device, journal, secrets in ((run, path, (OTHER, SECRET)), (other, tmp_path / "other.db", (SECRET, OTHER))):
        device("pain", "6")
        for secret in secrets:
            keep(journal, secret)
    for device in (run, other, run, other):
        assert device("sync", str(shared)).code == 0
    before = [(each, each.read_bytes()) for each in files(shared)]
    for device in (run, other):
        assert device("sync", str(shared)) == (0, f"0 changes taken over, 0 written to {shared}\n", "")
    assert [(each, each.read_bytes()) for each in files(shared)] == before
    assert listed(run) == listed(other)


def test_pairing_may_come_before_the_files(run: Run, shared: Path, path: Path, typist: Terminal) -> None:
    run("pain", "6")
    typist.types = [pairing_words.spell(SECRET)]
    assert run("sync", str(shared), "--pair").code == 0
    assert heads(shared) == {encrypted_files.MAGIC}
    with Journal.open(path, NOW, keys=Keys()) as journal:
        assert journal.meta.sharing_secrets == [SECRET]


# Damage


@pytest.fixture
def one(run: Run, shared: Path, path: Path) -> Path:
    """A sealed file."""
    run("pain", "6", "--where", "knee_l")
    keep(path)
    run("sync", str(shared))
    (file,) = files(shared)
    return file


def test_a_flipped_bit_is_noticed_wherever_it_is(one: Path, shared: Path) -> None:
    raw, chance = one.read_bytes(), random.Random(7)
    for at in range(len(raw)):
        one.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :])
        found = folder.decrypt_files(folder.read(shared), [SECRET])
        assert (found.good, len(found.bad), found.locked) == ({}, 1, {}), at
    for cut in range(len(raw)):
        one.write_bytes(raw[:cut])
        found = folder.decrypt_files(folder.read(shared), [SECRET])
        assert (found.good, len(found.bad), found.locked) == ({}, 1, {}), cut
    one.write_bytes(raw + b"x")
    assert folder.decrypt_files(folder.read(shared), [SECRET]).bad == {
        str(one.relative_to(shared)): "its bytes are not those that were written"
    }


def forged(one: Path, **parts: object) -> bytes:
    """A file whose first line says something else and fits itself."""
    mark, nonce, size, head = encrypted_files._first_line(one.read_bytes())
    said = {"mark": mark, "nonce": nonce.hex(), "size": size} | parts
    return encrypted_files._head(**said) + one.read_bytes()[len(head) :]  # type: ignore[arg-type]


DAMAGED: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "in its magic": (lambda one: one.read_bytes().replace(b"sealed", b"seaLed"), "a newer painlog wrote it"),
    "in its mark": (
        lambda one: one.read_bytes().replace(b'"sealed":"', b'"sealed":"0', 1),
        "its first line is damaged",
    ),
    "in its nonce": (lambda one: forged(one, nonce="0" * 24), "its bytes are not those that were written"),
    "in its size": (lambda one: forged(one, size=999_999_999), "of 999,999,999 bytes are here"),
    "smaller": (lambda one: forged(one, size=10), "its bytes are not those that were written"),
    "cut": (lambda one: one.read_bytes()[:-9], "bytes are here"),
    "in its end": (lambda one: one.read_bytes()[:-1] + b"?", "its bytes are not those that were written"),
    "empty": (lambda _: b"", "it is empty"),
    "no change file within": (lambda _: encrypted_files.encrypt(b"hello\n", SECRET)[1], "its first line is damaged"),
    "nothing within": (lambda _: encrypted_files.encrypt(b"", SECRET)[1], "it is empty"),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_file_is_listed_and_left_and_what_it_held_is_written_again(
    how: str, run: Run, other: Device, one: Path, shared: Path, tmp_path: Path
) -> None:
    damage, says = DAMAGED[how]
    raw = damage(one)
    one.write_bytes(raw)
    other("mood", "4")
    keep(tmp_path / "other.db")
    done = other("sync", str(shared))
    assert (done.code, says in flat(done), done.err.count("left:")) == (0, True, 1), done
    assert ("0 changes taken over, 1 written" in done.out, one.read_bytes()) == (True, raw)
    assert "1 change taken over, 1 written" in run("sync", str(shared)).out
    assert "1 change taken over, 0 written" in other("sync", str(shared)).out
    assert listed(run) == listed(other)
    assert folds(tmp_path / "other.db")
    assert one.read_bytes() == raw


def test_a_file_of_another_secret_is_said_and_let_be(run: Run, one: Path, shared: Path) -> None:
    _, theirs = encrypted_files.encrypt(change_files.unpack.__doc__.encode(), OTHER)  # type: ignore[union-attr]
    foreign = one.with_name("foreign")
    foreign.write_bytes(theirs)
    run("note", "more")
    for more in ([], ["--compact"]):
        done = run("sync", str(shared), *more)
        assert "it is sealed with other pairing words; painlog sync --pair takes them" in flat(done)
    assert foreign.read_bytes() == theirs
    assert len(files(shared)) == 2
    for each in files(shared):
        if each != foreign:
            each.unlink()
    assert "0 changes taken over, 2 written" in run("sync", str(shared)).out, "it keeps nobody from healing the folder"
    assert foreign.read_bytes() == theirs


def test_no_two_files_are_alike_in_name_or_nonce() -> None:
    made = [encrypted_files.encrypt(b"the same", SECRET) for _ in range(2000)]
    assert len({name for name, _ in made}) == len({encrypted_files._first_line(raw)[1] for _, raw in made}) == 2000
    assert len({raw[-20:] for _, raw in made}) == 2000
    assert [len({name.split("-")[part] for name, _ in made}) for part in (0, 2)] == [2000, 2000], "no part tells"
    assert {encrypted_files.decrypt(raw, SECRET) for _, raw in made} == {b"the same"}
    assert encrypted_files.mark_of(SECRET) not in SECRET.hex()


# Words


@given(secret=ANY_SECRET, between=st.sampled_from([" ", "-", "", "  ", "\n", " - ", ", "]))
def test_words_say_the_secret_however_they_are_typed(secret: bytes, between: str) -> None:
    text = pairing_words.spell(secret)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5} ){7}[0-9A-HJKMNP-TV-Z]{5}", text)
    typed = between.join(text.split()).lower().replace("0", "o").replace("1", "l")
    assert pairing_words.read_secret(pairing_words.split_groups(typed)) == secret


@given(secret=ANY_SECRET, data=st.data())
def test_the_mistyped_group_is_named(secret: bytes, data: st.DataObject) -> None:
    groups = pairing_words.spell(secret).split()
    count = data.draw(st.integers(0, 7))
    group, (one, two) = groups[count], sorted(data.draw(st.sets(st.integers(0, 4), min_size=2, max_size=2)))
    letter = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZU*"))
    swapped = f"{group[:one]}{group[two]}{group[one + 1 : two]}{group[one]}{group[two + 1 :]}"
    other = groups[data.draw(st.integers(0, 7).filter(lambda n: n != count))]
    for wrong in (f"{group[:one]}{letter}{group[one + 1 :]}", swapped, group[:4], ""):
        if wrong != group:
            with pytest.raises(BadInput, match=f"group {count + 1} "):
                pairing_words.read_secret([*groups[:count], wrong, *groups[count + 1 :]])
    with pytest.raises(BadInput, match=f"group {count + 1} "):
        pairing_words.check_group(other, count + 1)


# Where the secret is, and where it is not


@pytest.mark.usefixtures("one")
def test_the_secret_stays_in_the_journal(run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("export", "jsonl", "-o", "a.jsonl")
    run("export", "csv", "-o", "a.csv")
    run("export", "fhir", "-o", "a.json")
    secret = [
        SECRET.hex().encode(),
        SECRET,
        pairing_words.spell(SECRET).encode(),
        encrypted_files.mark_of(SECRET).encode(),
    ]
    for name in ("a.jsonl", "a.csv", "a.json"):
        assert not [text for text in secret if text in Path(name).read_bytes()]
    run("backup")
    run("restore", "1", "--yes")
    assert shown(run) == pairing_words.spell(SECRET)
    new = tmp_path / "new.db"
    run("--journal", str(new), "merge", str(path))
    with Journal.open(new, NOW, keys=Keys()) as journal:
        assert (len(journal.entries()), journal.meta.sharing_secrets) == (1, [])


def test_merging_takes_a_sealed_file_where_the_secret_is_known(
    run: Run, other: Device, one: Path, tmp_path: Path
) -> None:
    assert run("merge", str(one)).out.startswith("0 changes taken over of 1")
    ran = other("merge", str(one))
    assert (ran.code, "it is sealed with other pairing words" in ran.err, ran.err.count("\n")) == (1, True, 1)
    other("mood", "4")
    keep(tmp_path / "other.db")
    assert other("merge", str(one)).out == "1 change taken over\n"
    one.write_bytes(one.read_bytes()[:-1])
    assert f"{one} was not taken over: " in other("merge", str(one)).err


def test_what_a_damaged_journal_says_of_its_secrets_stops_nothing(run: Run, one: Path, path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute(f"UPDATE meta SET value = 'x {SECRET.hex()} abc' WHERE name = 'sharing'")
    conn.commit()
    conn.close()
    assert run("sync", str(one.parents[2])).out.startswith("0 changes taken over, 0 written")


# Without the extra


def test_without_the_extra_there_is_one_sentence(
    run: Run, other: Device, one: Path, shared: Path, monkeypatch: pytest.MonkeyPatch, typist: Terminal
) -> None:
    other("mood", "4")
    before = [(each, each.read_bytes()) for each in files(shared)]
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    for device, line in ((run, "sync"), (other, "sync"), (other, "sync --pair"), (run, "sync --compact")):
        command, *more = line.split()
        ran = device(command, str(shared), *more)
        assert (ran.code, ran.out, ran.err) == (
            1,
            "",
            (
                "painlog: sealed files in a shared folder take a part that is not installed: pip install "
                "'painlog[encryption]'\n"
            ),
        ), line
    assert "take a part that is not installed" in run("merge", str(one)).err
    assert typist.asked == []
    assert [(each, each.read_bytes()) for each in files(shared)] == before


def test_an_encrypted_journal_shares_nothing_without_the_extra(
    encrypted: Run, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    assert encrypted("sync", str(shared)).code == 1
    assert files(shared) == []


# Two devices, as processes


def test_two_devices_meet_in_a_sealed_folder(tmp_path: Path) -> None:
    """From ``encrypt`` to equal journals: each command a process, the words typed on a terminal that shows nothing."""
    pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
    shared, places = tmp_path / "shared", [tmp_path / "one", tmp_path / "two"]
    envs = []
    shared.mkdir()
    for place in places:
        place.mkdir()
        env = {"HOME": str(place), "PATH": os.environ["PATH"], "TZ": "UTC", "TERM": "dumb", keys.KEY_COMMAND: COMMAND}
        envs.append(env | {"PAINLOG_JOURNAL": str(place / "journal.db")})
        assert warm.run(["note", f"{NOTE} {place.name}"], envs[-1]).returncode == 0
        assert warm.run(["encrypt"], envs[-1]).returncode == 0
    assert warm.run(["sync", str(shared)], envs[0]).returncode == 0
    right = warm.run(["sync", "--words"], envs[0]).stdout.split()
    assert (len(right), warm.run(["sync", str(shared)], envs[1]).returncode) == (8, 1)
    code, written = on_a_terminal(["sync", str(shared)], envs[1], [right[1], *right])
    assert (code, b"1 change taken over, 1 written" in written) == (0, True), written
    assert b"group 1 of the pairing words is mistyped" in written
    assert [word for word in right if word.encode() in written] == []
    assert warm.run(["sync", str(shared)], envs[0]).stdout.startswith("1 change taken over, 0 written")
    lists = [warm.run(["list", "--json"], env).stdout for env in envs]
    assert lists[0] == lists[1]
    assert (NOTE in lists[0], heads(shared)) == (True, {encrypted_files.MAGIC})
    assert not [each for each in files(shared) if NOTE.encode() in each.read_bytes()]


def on_a_terminal(arguments: list[str], env: dict[str, str], types: list[str]) -> tuple[int, bytes]:
    """Run painlog on a terminal of its own, typing a line at each question; return what stood there."""
    ours, theirs = pty.openpty()
    worker = warm.start(arguments, env, (theirs, theirs, theirs), terminal=True)
    os.close(theirs)
    written, answers = b"", iter(types)
    for read in read_to_close(ours):
        written += read
        if written.endswith(b"of 8: "):
            os.write(ours, f"{next(answers)}\n".encode())
    os.close(ours)
    return worker.wait(30), written


@pytest.mark.parametrize("secret", [b"", SECRET])
def test_a_repair_takes_what_the_shared_folder_has(secret: bytes, run: Run, shared: Path, path: Path) -> None:
    run("config", "set", "sync_dir", str(shared))
    run("pain", "6")
    if secret:
        keep(path, secret)
    run("sync")
    before = run("list", "--json").out
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("UPDATE ops SET data = '{}'")
        conn.execute("DELETE FROM entries")
    said = run("doctor", "--repair").out
    assert "1 of them was in backups or your shared folder only" in said
    assert run("list", "--json").out == before
