"""Settings: what is right and wrong for each, a file that is never in the way, and changes that keep the rest of it."""

import os
import subprocess
import sys
import tomllib
from datetime import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.cli.keep.config import config_
from painlog.domain.setting_types import SETTINGS, make_settings
from painlog.domain.settings import Settings
from painlog.errors import BadInput, FileRefused
from painlog.exchange.config_file import change_config, names_set, read_config

NAMES = st.sampled_from(sorted(SETTINGS))
COMMENTED = """\
# mine
day_starts = "04:00"  # a night owl

# asked at seven
'evening' = "19:00"
country = "DE"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


def wrote(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def run(path: Path, *arguments: str) -> None:
    command = typer.main.get_command(config_)
    command.main(args=list(arguments), standalone_mode=False, obj=SimpleNamespace(config_path=path))


def test_every_setting_is_declared_with_a_right_default_and_example() -> None:
    assert tuple(SETTINGS) == Settings._fields
    for name, setting in SETTINGS.items():
        default = getattr(Settings(), name)
        assert setting.check(setting.to_toml(default)) == default
        assert setting.read(setting.example) != default
        assert len(setting.help) <= 60


@pytest.mark.parametrize(
    ("name", "value", "held"),
    [
        ("day_starts", "12:00", time(12)),
        ("day_starts", time(4, 30), time(4, 30)),
        ("evening", "7:30 pm", time(19, 30)),
        ("morning_questions", [], ()),
        ("evening_questions", ["mood", " dry  mouth ", "mood"], ("mood", "dry mouth")),
        ("questionnaires", ["PEG", "phq2", "gad2"], ("peg", "phq2", "gad2")),
        ("phq9", True, True),
        ("country", " de ", "DE"),
        ("country", "", ""),
        ("trusted_contact", "x" * 200, "x" * 200),
    ],
)
def test_what_a_file_may_say(name: str, value: Any, held: Any) -> None:
    assert make_settings({name: value}) == (Settings()._replace(**{name: held}), [])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day_starts": 25}, "day_starts is a time of day from 00:00 to 12:00, not 25"),
        ({"day_starts": "12:01"}, "day_starts is a time of day from 00:00 to 12:00, not '12:01'"),
        ({"evening": time(18, 0, 1)}, "evening is a time of day from 00:00 to 23:59, not 18:00:01"),
        ({"evening": 16**4000}, "evening is a time of day from 00:00 to 23:59, not so large a number"),
        ({"phq9": "yes"}, "phq9 is true or false, not 'yes'"),
        ({"country": True}, "country is the two letters of a country, or empty, not true"),
        ({"country": {"x": 1}}, "country is the two letters of a country, or empty, not a table"),
        ({"trusted_contact": "a\nb"}, r"trusted_contact is one line of at most 200 characters, not 'a\nb'"),
        ({"trusted_contact": "x" * 201}, f"trusted_contact is one line of at most 200 characters, not '{'x' * 60}…'"),
        ({"evenning": "18:00"}, "'evenning' is not a setting; did you mean evening?"),
        ({"Day-Starts": "3:00"}, "'Day-Starts' is not a setting; did you mean day_starts?"),
        ({"colour": 1}, "'colour' is not a setting; painlog config lists them"),
        ({"painlog": {"phq9": True}}, "'painlog.phq9' is not a setting; did you mean phq9 above every [table]?"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_the_default_stands(values: dict[str, Any], sentence: str) -> None:
    assert make_settings(values) == (Settings(), [(sentence.partition(" ")[0].strip("'"), sentence)])


@pytest.mark.parametrize("value", ["sleep", [1], [""], ["a,b"], ["x" * 61], ["a\x1b"], [[]], ["m"] * 31, {}, None])
def test_a_list_is_one_of_short_plain_names(value: Any) -> None:
    found, [(_, sentence)] = make_settings({"morning_questions": value})
    assert found == Settings()
    assert 'is a list such as ["sleep", "pain_now"] (at most 30 names of at most 60 letters), not ' in sentence


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("day_starts", "25", "day_starts is a time of day from 00:00 to 12:00, not '25'"),
        ("evening", "", "evening is a time of day from 00:00 to 23:59, not empty"),
        ("phq9", "maybe", "phq9 is yes or no, not 'maybe'"),
        ("country", "Atlantis", "country: painlog has no numbers for 'Atlantis'"),
        ("questionnaires", "peg phq4", "questionnaires is a list such as peg, phq4 (out of peg, phq2, gad2,"),
    ],
)
def test_what_cannot_be_set(name: str, text: str, sentence: str, path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        change_config(path, name, text)
    assert str(refused.value).startswith(sentence)
    assert not path.parent.exists()


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.times(), st.datetimes(), st.dates()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(NAMES | st.text(), VALUES | st.sampled_from([s.example for s in SETTINGS.values()])))
def test_anything_yields_settings_that_hold(values: dict[str, Any]) -> None:
    found, problems = make_settings(values)
    for name, setting in SETTINGS.items():
        held = getattr(found, name)
        assert setting.check(setting.to_toml(held)) == held
        assert name in values or held == getattr(Settings(), name)
    assert bool(problems) >= bool(set(values) - set(SETTINGS))
    assert all(len(sentence) < 500 for _, sentence in problems)


@pytest.mark.parametrize(
    "text", ["", "# only a comment", COMMENTED, "[other]\nevening = 3\n", COMMENTED + "[t]\nx = 1"]
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=NAMES, data=st.data())
def test_what_is_set_is_read_and_the_rest_stays(text: str, name: str, data: st.DataObject, path: Path) -> None:
    setting, other = SETTINGS[name], st.sampled_from(["", "no"])
    typed = data.draw(st.just(SETTINGS[name].example) | (st.text() if name == "trusted_contact" else other))
    try:
        held = setting.read(typed)
    except BadInput:
        return
    change_config(wrote(path, text), name, typed)
    assert getattr(read_config(path)[0], name) == held == setting.read(setting.show(held))
    assert name in names_set(path)
    rest = [line for line in text.splitlines() if line and name not in line]
    assert [line for line in path.read_text().splitlines() if line in rest] == rest
    change_config(path, name, None)
    assert tomllib.loads(path.read_text()) == {k: v for k, v in tomllib.loads(text).items() if k != name}


def test_comments_and_order_stay(path: Path) -> None:
    wrote(path, COMMENTED)
    for name, text in (("evening", "18:30"), ("day_starts", "5 am"), ("country", None), ("phq9", "on")):
        change_config(path, name, text)
    changed = COMMENTED.replace("19:00", "18:30").replace("04:00", "05:00").replace('country = "DE"', "phq9 = true")
    assert path.read_text() == changed


def test_a_library_that_would_touch_more_is_not_trusted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tomlkit.dumps", lambda _: 'country = "AT"\n')
    with pytest.raises(FileRefused, match="edit it by hand"):
        change_config(wrote(path, COMMENTED), "country", "AT")
    assert path.read_text() == COMMENTED


def test_the_file_is_the_persons_alone_and_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    change_config(path, "phq9", None)
    assert not path.parent.exists()
    change_config(path, "phq9", "yes")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    change_config(link, "country", "at")
    assert link.is_symlink()
    assert read_config(path) == (Settings(phq9=True, country="AT"), [])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"# a\nphq9 = true\nphq9 = true", "config.toml line 3: not TOML, cannot overwrite a value"),
        (b"phq9 = true\nevening 19:00\n", "config.toml line 2: not TOML, expected '=' after a key"),
        (b"phq9 = true\nevening = [\n\n", "config.toml line 2: not TOML, invalid"),
        (b"phq9 = true\n# caf\xe9\n", "config.toml line 2: not a text in UTF-8"),
        (b"x = " + b"[" * 5000, "config.toml: nested too deeply"),
        (b"x = " + b"1" * 5000, "config.toml: not TOML: "),
        (b"#" * 1_000_001, "PATH is too large for a settings file"),
    ],
)
def test_a_bad_file_blocks_nothing_and_is_left_as_it_is(content: bytes, problem: str, path: Path) -> None:
    found, [said] = read_config(wrote(path, content))
    assert (found, names_set(path)) == (Settings(), set())
    assert said.startswith(problem.replace("PATH", str(path)))
    assert said.endswith("; every setting is at its default")
    with pytest.raises(FileRefused) as refused:
        change_config(path, "phq9", "no")
    assert said.startswith(str(refused.value))
    assert path.read_bytes() == content


def test_what_is_no_file_blocks_nothing(path: Path) -> None:
    assert read_config(path) == read_config(Path(os.devnull)) == (Settings(), [])
    path.parent.mkdir()
    os.mkfifo(path)
    assert read_config(path) == (Settings(), [f"{path} is not a plain file; every setting is at its default"])
    with pytest.raises(FileRefused, match="not a directory"):
        change_config(path / "config.toml", "phq9", "no")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.binary() | st.lists(st.sampled_from([*COMMENTED.split(), "\n", "[", "]"])).map(" ".join))
def test_any_bytes_are_read_or_refused(path: Path, content: bytes | str) -> None:
    assert isinstance(read_config(wrote(path, content))[0], Settings)
    try:
        change_config(path, "country", "at")
    except FileRefused:
        return
    assert read_config(path)[0].country == "AT"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('phq9 = true\r\n\r\n "evening"= 25\r\n', "config.toml line 3: evening is a time"),
        ("[a]\nphq9 = 1\n[painlog]\n# b\n'phq9' = true", "config.toml line 5: 'painlog.phq9' is not"),
        ("[[country]]\nx = 1\n", "config.toml line 1: country is"),
        ('\ufeff"a.b" = 1', "config.toml line 1: 'a.b' is not"),
        ("x . y = {z = 1}", "config.toml line 1: 'x.y' is not"),
        (r'"\u0041" = 1', "config.toml: 'A' is not"),
    ],
)
def test_the_line_of_a_key_is_named(text: str, problem: str, path: Path) -> None:
    assert read_config(wrote(path, text))[1][-1].startswith(problem)


def test_no_file_costs_no_toml(path: Path) -> None:
    code = "import sys; from pathlib import Path; from painlog.exchange.config_file import read_config as r;"
    code += f"r(Path({str(path)!r})); print({{'tomllib', 'tomlkit', 'difflib', 'dataclasses'}} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_the_list(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrote(path, COMMENTED + 'trusted_contact = "A\\u001b ' + "long " * 30 + '"\nevenning = 1\nphq9 = 3\n')
    run(path)
    out, err = capsys.readouterr()
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "country            DE (set)\n                   Whose crisis lines help-now" in out
    assert "phq9               no (default)" in out
    assert "␛" in out
    assert err.splitlines() == [
        "painlog: config.toml line 8: 'evenning' is not a setting; did you mean evening?",
        "painlog: config.toml line 9: phq9 is true or false, not 3",
    ]
    run(path, "list")
    assert capsys.readouterr() == (out, err)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("get morning_questions", "sleep, sleep_quality, pain_now\n"),
        ("set country austria", "country is now AT\nundo: painlog config set country DE\n"),
        ("set phq9 on", "phq9 is now yes\nundo: painlog config unset phq9\n"),
        ("set evening 20:15", "evening is now 20:15\nundo: painlog config set evening 19:00\n"),
        ("set questionnaires ", "questionnaires is now none\nundo: painlog config unset questionnaires\n"),
        ("unset country", "country is back to its default, none\nundo: painlog config set country DE\n"),
        ("path", "PATH\n"),
    ],
)
def test_the_commands(command: str, said: str, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(wrote(path, COMMENTED), *command.split(" "))
    assert capsys.readouterr() == (said.replace("PATH", str(path)), "")


@pytest.mark.parametrize("command", ["set evening 7 pm", "set country DE", "unset phq9"])
def test_what_is_so_already_is_not_changed(command: str, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(wrote(path, COMMENTED), *command.split(" "))
    assert capsys.readouterr() == ("", "nothing was changed\n")
    assert path.read_text() == COMMENTED


def test_a_wrong_value_is_set_right_and_taken_out(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong value stands for the default, and still is something to change."""
    for command, left in (("set phq9 no", "phq9 = false\n"), ("unset phq9", "")):
        run(wrote(path, "phq9 = 0\n"), *command.split())
        assert "undo: painlog config unset phq9" in capsys.readouterr().out
        assert path.read_text() == left


@pytest.mark.parametrize("command", [(), ("list",), ("get",), ("set",), ("unset",), ("path",)])
def test_every_help_has_an_example(command: tuple[str, ...], path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(path, *command, "-h")
    assert f"  painlog config{' ' if command else ''}{' '.join(command)}" in capsys.readouterr().out
