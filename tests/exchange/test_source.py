"""Files that are damaged, or made to do harm: each ends in one sentence, soon, and never in another exception."""

import codecs
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painlog.errors import FileRefused
from painlog.exchange.importing.source import HEAD, MOST_COLUMNS, Source, read_table

TABLE = "Date;Größe;Note\n2026-11-01;1,5;müde\n2026-11-02;2;\n"
PARTS = {"a/Diary.csv": TABLE.encode(), "b.json": b'{"a": [1, 2]}', "big.bin": bytes(200_000)}


def saved(path: Path, raw: bytes) -> Source:
    path.write_bytes(raw)
    return Source(path)


def zipped(members: dict[str, bytes] = PARTS, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, raw in members.items():
            packed.writestr(name, raw)
    return out.getvalue()


def everything(source: Source) -> None:
    """What importers do with a file before and while they read it."""
    for member in (*source.members, ""):
        source.start(member)
        source.columns(member)
        for work in (source.table, source.rows, source.json):
            try:
                found = work(member)
                list(getattr(found, "rows", found) or ())
            except FileRefused:
                pass
            except TypeError:
                assert work == source.json  # a number has nothing to go through


def harmless(source_path: Path) -> None:
    said = ""
    try:
        everything(Source(source_path))
    except FileRefused as refusal:
        said = str(refusal)
    assert "\n" not in said


@pytest.mark.parametrize(
    "raw",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("cp1252"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16-be", "cp1252", "crlf", "cr"],
)
def test_every_usual_encoding_reads_the_same(tmp_path: Path, raw: bytes) -> None:
    source = saved(tmp_path / "x", raw)
    assert source.columns() == ("Date", "Größe", "Note")
    table = source.table()
    assert table.columns == ("Date", "Größe", "Note")
    assert [(row.number, row.cells["Größe"], row.cells["Note"]) for row in table.rows] == [
        (2, "1,5", "müde"),
        (3, "2", ""),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_seen_from_the_header(tmp_path: Path, separator: str) -> None:
    source = saved(tmp_path / "x", f'a{separator}b\n1{separator}"x, y; z\t"\n'.encode())
    assert [row.cells for row in source.table().rows] == [{"a": "1", "b": "x, y; z"}]


def test_a_table_may_begin_after_some_lines(tmp_path: Path) -> None:
    source = saved(tmp_path / "x", b"Sleep\r\na;b\r\n1;2\r\n")
    assert source.columns(skip=1) == ("a", "b")
    assert [(row.number, row.cells) for row in source.table(skip=1).rows] == [(3, {"a": "1", "b": "2"})]
    assert source.columns(skip=9) == ()
    assert source.table(skip=9).columns == ()


def test_rows_count_as_in_a_spreadsheet_and_empty_ones_are_passed_over() -> None:
    table = read_table('a,b\n1,"two\nlines"\n , \n3\n', "x")
    assert [(row.number, row.cells) for row in table.rows] == [(2, {"a": "1", "b": "two\nlines"}), (4, {"a": "3"})]


def test_a_character_cut_in_two_at_the_end_of_the_head_is_left_out(tmp_path: Path) -> None:
    source = saved(tmp_path / "x", b"a" * (HEAD - 1) + "ü".encode() + b"\n")
    assert source.start() == "a" * (HEAD - 1)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'a,b\n1,"open\n2,3\n4,5\n', "is damaged after row"),
        (b'"a,b\n1,2\n', "is damaged in its first row"),
        (b'a,b\n1,"x"y\n', "is damaged after row 1"),
        (",".join(f"c{i}" for i in range(10_000)).encode() + b"\n", "10,000 columns"),
        (b"\x00\x01\x02" * 99, "is not a text file"),
        (TABLE.encode("utf-16")[:-1], "is not a text file"),
    ],
    ids=["open quote", "open first", "after quote", "columns", "binary", "half a character"],
)
def test_a_damaged_table_is_refused_in_a_sentence(tmp_path: Path, raw: bytes, said: str) -> None:
    source = saved(tmp_path / "x", raw)
    source.columns()
    with pytest.raises(FileRefused, match=said):
        list(source.table().rows)


def test_as_many_columns_as_allowed_are_read(tmp_path: Path) -> None:
    assert len(saved(tmp_path / "x", b"," * (MOST_COLUMNS - 1) + b"\n").table().columns) == MOST_COLUMNS


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b'{"a": 1', b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5_000, b'"\xff\xfe', b"[1,]", b"\xef\xbb\xbf"],
)
def test_damaged_json_is_refused_in_a_sentence(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(FileRefused, match="is damaged: no whole JSON"):
        saved(tmp_path / "x", raw).json()


def test_json_with_a_mark_is_read(tmp_path: Path) -> None:
    assert saved(tmp_path / "x", codecs.BOM_UTF8 + b'{"a": [1]}').json() == {"a": [1]}
    assert saved(tmp_path / "y", '{"ä": 1}'.encode("utf-16")).json() == {"ä": 1}


def test_what_is_no_plain_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    cases = {
        tmp_path / "pipe": "a pipe",
        tmp_path / "link": "a pipe",
        tmp_path: "a folder",
        Path("/dev/zero"): "a device",
    }
    for path, sort in cases.items():
        with pytest.raises(FileRefused, match=f"is {sort}, not a file"):
            Source(path)
    for path in (tmp_path / "none", tmp_path / ("x" * 300), Path("nul\0")):
        with pytest.raises(FileRefused, match="cannot read"):
            Source(path)


def test_members_of_a_zip_are_read_by_name(tmp_path: Path) -> None:
    source = saved(tmp_path / "x", zipped())
    assert source.is_zip
    assert source.members == tuple(PARTS)
    assert source.find_member("/DIARY.csv") == "a/Diary.csv"
    assert source.find_member("none") == ""
    assert source.columns("a/Diary.csv") == ("Date", "Größe", "Note")
    assert source.json("b.json") == {"a": [1, 2]}
    assert source.read("big.bin") == bytes(200_000)
    with pytest.raises(FileRefused, match="cannot read none"):
        source.open("none")


def test_a_zip_within_a_zip_is_a_member_and_is_not_opened(tmp_path: Path) -> None:
    inner = zipped()
    for _ in range(20):
        inner = zipped({"inner.zip": inner})
    source = saved(tmp_path / "x", inner)
    assert source.members == ("inner.zip",)
    assert source.start("inner.zip") == ""


def test_a_zip_that_swells_is_refused(tmp_path: Path) -> None:
    raw = bytearray(zipped({"bomb": bytes(3_000_000)}))
    source = saved(tmp_path / "x", bytes(raw))
    assert len(source.read("bomb")) == 3_000_000  # as much as DEFLATE can do is no bomb yet
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 4_000_000_000)
    with pytest.raises(FileRefused, match="unpacks to more"):
        _ = saved(tmp_path / "y", bytes(raw)).members


def test_a_member_larger_than_it_says_is_damaged(tmp_path: Path) -> None:
    raw = bytearray(zipped({"liar": bytes(range(256)) * 2_000}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 1_000)
    with pytest.raises(FileRefused, match="is damaged"):
        saved(tmp_path / "x", bytes(raw)).read("liar")


def overlapping(copies: int) -> bytes:
    """Many entries of the directory that share one packed member."""
    raw = zipped({"one": os.urandom(9_000)})
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    entry = raw[start:end]
    directory = b"".join(entry.replace(b"one", f"{i:03d}".encode()) for i in range(copies))
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, copies, copies, len(directory), start, 0)
    return raw[:start] + directory + tail


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="overlap"):
        _ = saved(tmp_path / "x", overlapping(300)).members


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_has_no_bounds_is_refused(tmp_path: Path, method: int) -> None:
    with pytest.raises(FileRefused, match="unpack it first"):
        saved(tmp_path / "x", zipped({"a": b"1" * 9_000}, method)).read("a")


def test_a_locked_zip_is_said_to_be_locked(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    with pytest.raises(FileRefused, match="locked with a password"):
        saved(tmp_path / "x", bytes(raw)).read("a")


def test_an_unreadable_member_spares_the_others(tmp_path: Path) -> None:
    raw = bytearray(zipped({"bad": zlib.compress(b"x" * 500) * 9, "good": b"fine"}, zipfile.ZIP_STORED))
    raw[60] ^= 0xFF
    source = saved(tmp_path / "x", bytes(raw))
    assert source.read("good") == b"fine"
    with pytest.raises(FileRefused, match="is damaged"):
        source.read("bad")


@pytest.mark.parametrize("name", ["", "a/", "\n.json", "a\x1b.csv", "__MACOSX/._good"])
def test_a_member_that_no_app_names_so_is_passed_over(name: str, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("good", b"fine")
        packed.writestr(info, b"")
    assert saved(tmp_path / "x", out.getvalue()).members == ("good",)


@given(data=st.data())
@settings(max_examples=300)
def test_a_zip_cut_or_changed_anywhere_is_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    raw = bytearray(zipped({"a/Diary.csv": TABLE.encode(), "b.json": b'{"a": [1, 2]}'}))
    for _ in range(data.draw(st.integers(0, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("zip") / "x"
    path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw)
    harmless(path)


@given(raw=st.binary(max_size=300) | st.text(alphabet='",;\t\r\n\0aä{[1', max_size=200).map(str.encode))
@settings(max_examples=300)
def test_any_bytes_are_harmless(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "x"
    path.write_bytes(raw)
    harmless(path)
