"""The scripts that a shell keeps for TAB: they hold commands, options and fixed words, so that no process is run.

They are made of the commands themselves when ``--show-completion`` or ``--install-completion`` is called. The person's
own words are asked for with ``_PAINLOG_COMPLETE``, as Typer's scripts do, and with ``_PAINLOG_ASKS``, which says what
is wanted (``at_once``).
"""

import re
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter


class Word(NamedTuple):
    """What is offered, and what it is."""

    text: str
    help: str = ""


class Place(NamedTuple):
    """What may stand after a command or an option: words, options, those of them that take a value, and what to ask.

    ``key`` is the command's words, followed by the option, or by the argument's number from 1, or by ``+`` for one that
    may be repeated.
    """

    key: str
    words: tuple[Word, ...] = ()
    options: tuple[Word, ...] = ()
    valued: tuple[str, ...] = ()
    asks: str = ""


def script(shell: str) -> str:
    """Return the script for ``bash``, ``zsh`` or ``fish``."""
    cases = "\n".join(_FORMS[shell](place) for place in places())
    return _SCRIPTS[shell].replace("@CASES@", cases)


def hand_to_typer() -> None:
    """Let Typer show and install these scripts in the place of its own."""
    from typer import _completion_shared as typers

    for shell in _SCRIPTS:
        typers._completion_scripts[shell] = script(shell).replace("%", "%%")


def places() -> list[Place]:
    """Return everything that can be completed, command by command."""
    from painlog.cli.app import typer_app

    return list(_below(typer.main.get_command(typer_app), None, ""))


def _below(command: "Command", parent: "Context | None", key: str) -> Iterator[Place]:
    """The places of a command and of its own commands; a context that holds a list notes there what would be asked."""
    ctx = command.make_context(key or "painlog", [], parent, resilient_parsing=True)
    asked: list[str] = []
    ctx.obj = asked
    options = [param for param in command.get_params(ctx) if param.param_type_name == "option"]
    values = {flag: param for param in options if not getattr(param, "is_flag", False) for flag in param.opts}
    groups = getattr(command, "list_commands", lambda _: ())(ctx)
    below = {name: command.get_command(ctx, name) for name in groups}  # type: ignore[attr-defined]
    yield Place(
        key,
        tuple(Word(name, each.get_short_help_str()) for name, each in below.items()),
        tuple(Word(flag, _line(param)) for param in options for flag in _flags(param)),
        tuple(values),
    )
    arguments = [param for param in command.get_params(ctx) if param.param_type_name == "argument"]
    stands = values | {"+" if param.nargs == -1 else str(i): param for i, param in enumerate(arguments, 1)}
    for name, param in stands.items():
        asked.clear()
        words = tuple(Word(item.value, item.help or "") for item in param.shell_complete(ctx, ""))
        if words or asked:
            yield Place(f"{key} {name}".strip(), words, asks=" ".join(asked))
    for name, each in below.items():
        yield from _below(each, ctx, f"{key} {name}".strip())


def _flags(param: "Parameter") -> list[str]:
    """How an option may be typed, the longest first: Typer keeps those of the help in no order."""
    return sorted((*param.opts, *param.secondary_opts), key=len, reverse=True)


def _line(param: "Parameter") -> str:
    return " ".join(str(getattr(param, "help", "") or "").split())


def _in_bash(place: Place) -> str:
    return _as_case(place, tuple(word.text for word in place.words), tuple(word.text for word in place.options))


def _in_zsh(place: Place) -> str:
    return _as_case(place, *(tuple("\t".join(filter(None, word)) for word in each) for each in place[1:3]))


def _as_case(place: Place, words: tuple[str, ...], options: tuple[str, ...]) -> str:
    said = {"words": words, "options": options, "valued": place.valued, "asks": (place.asks,)}
    sets = "; ".join(f"{name}={shlex.quote(chr(10).join(each))}" for name, each in said.items() if any(each))
    return f"    {shlex.quote(place.key)}) {sets or ':'} ;;"


def _in_fish(place: Place) -> str:
    said = {"words": place.words, "options": place.options, "valued": place.valued, "asks": (place.asks,)}
    lists = {
        name: [each if isinstance(each, str) else "\t".join(filter(None, each)) for each in said[name]] for name in said
    }
    sets = [f"        set {name} {' '.join(map(_fish, each))}" for name, each in lists.items() if any(each)]
    return "\n".join([f"    case {_fish(place.key)}", *sets])


def _fish(text: str) -> str:
    return "'" + re.sub(r"([\\'])", r"\\\1", text) + "'"


_BASH = r"""
__painlog_at() {
    case "$1" in
@CASES@
    *) return 1 ;;
    esac
}

_painlog_completion() {
    local IFS=$'\n' i word value place count=1 plain=1 words options valued asks own
    local current=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    __painlog_at ''
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == = ]]; then  # bash takes --note=x apart
            continue
        elif [[ $value ]]; then
            value=
        elif [[ $IFS$valued$IFS == *"$IFS$word$IFS"* ]]; then
            value=$word
            [[ $word == --journal ]] && plain=
        elif [[ $word == -* ]]; then
            continue
        elif [[ $IFS$words$IFS == *"$IFS$word$IFS"* ]]; then
            place=${place:+$place }$word count=1 words= options= valued=
            __painlog_at "$place"
        else
            count=$((count + 1))
        fi
    done
    [[ $current == = ]] && current=
    if [[ $current == -* ]]; then
        words=$options
    elif [[ $value ]]; then
        words=
        __painlog_at "${place:+$place }$value"
    elif [[ ! $words ]]; then
        __painlog_at "${place:+$place }$count" || __painlog_at "${place:+$place }+"
    fi
    if [[ $asks ]]; then
        own=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _PAINLOG_COMPLETE=complete_bash \
            _PAINLOG_ASKS="${plain:+$asks}" _PAINLOG_WORD="$current" "$1")
    fi
    while read -r word; do
        [[ $word && $word == "$current"* ]] && COMPREPLY+=("$word")
    done <<<"$words$IFS$own"
}

complete -o default -F _painlog_completion painlog
"""
_ZSH = r"""
#compdef painlog

__painlog_at() {
    case "$1" in
@CASES@
    *) return 1 ;;
    esac
}

__painlog_offer() {  # from $words and $CURRENT to $offered, a word and what it is a line
    local typed=("${words[@]}") current=${words[CURRENT]} newline=$'\n' tab=$'\t'
    local i word value place count=1 plain=1 words options valued asks own
    __painlog_at ''
    for ((i = 2; i < CURRENT; i++)); do
        word=${typed[i]}
        if [[ -n $value ]]; then
            value=
        elif [[ $newline$valued$newline == *"$newline$word$newline"* ]]; then
            value=$word
            [[ $word == --journal ]] && plain=
        elif [[ $word == -* ]]; then
            continue
        elif [[ $newline$words$newline == *"$newline$word"[$tab$newline]* ]]; then
            place=${place:+$place }$word count=1 words= options= valued=
            __painlog_at "$place"
        else
            count=$((count + 1))
        fi
    done
    if [[ $current == -* ]]; then
        words=$options
    elif [[ -n $value ]]; then
        words=
        __painlog_at "${place:+$place }$value"
    elif [[ -z $words ]]; then
        __painlog_at "${place:+$place }$count" || __painlog_at "${place:+$place }+"
    fi
    if [[ -n $asks ]]; then
        own=$(env _TYPER_COMPLETE_ARGS="${typed[1,CURRENT]}" _TYPER_COMPLETE_FISH_ACTION=get-args \
            _PAINLOG_COMPLETE=complete_fish _PAINLOG_ASKS="${plain:+$asks}" _PAINLOG_WORD="$current" ${typed[1]})
    fi
    offered=("${(@f)words}" "${(@f)own}")
    offered=(${(u)offered})
}

_painlog_completion() {
    local offered line described=()
    __painlog_offer
    for line in $offered; do
        if [[ $line == *$'\t'* ]]; then
            described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        else
            described+=("${line//:/\\:}")
        fi
    done
    if (( $#described )); then
        _describe painlog described
    else
        _files
    fi
}

compdef _painlog_completion painlog
"""
_FISH = r"""
function __painlog_at --no-scope-shadowing
    switch "$argv[1]"
@CASES@
    case '*'
        return 1
    end
end

function __painlog_offer
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l place
    set -l value ''
    set -l plain yes
    set -l count 1
    set -l words
    set -l options
    set -l valued
    set -l asks
    __painlog_at ''
    for word in $typed[2..]
        if test -n "$value"
            set value ''
        else if contains -- $word $valued
            set value $word
            test $word = --journal; and set plain
        else if string match -q -- '-*' $word
            continue
        else if contains -- $word (string replace -r '\t.*' '' -- $words)
            set -a place $word
            set count 1
            set words
            set options
            set valued
            __painlog_at "$place"
        else
            set count (math $count + 1)
        end
    end
    if string match -q -- '-*' $current
        set words $options
    else if test -n "$value"
        set words
        __painlog_at (string join ' ' -- $place $value)
    else if test -z "$words"
        __painlog_at (string join ' ' -- $place $count); or __painlog_at (string join ' ' -- $place +)
    end
    if test -n "$asks"
        test -n "$plain"; or set asks ''
        set -a words (env _TYPER_COMPLETE_ARGS=(commandline -cp) _TYPER_COMPLETE_FISH_ACTION=get-args \
            _PAINLOG_COMPLETE=complete_fish _PAINLOG_ASKS="$asks" _PAINLOG_WORD="$current" $typed[1])
    end
    if test -n "$words"
        printf '%s\n' $words
    else
        __fish_complete_path $current
    end
end

complete --command painlog --no-files --arguments '(__painlog_offer)'
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_FORMS = {"bash": _in_bash, "zsh": _in_zsh, "fish": _in_fish}
