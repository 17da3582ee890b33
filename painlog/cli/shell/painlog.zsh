#compdef painlog

__painlog_at() {
    case "$1" in
    # @CASES@
    *) return 1 ;;
    esac
}

__painlog_offer() {  # from $words and $CURRENT to $offered, a word and what it is a line
    local typed=("${words[@]}") current=${words[CURRENT]} newline=$'\n' tab=$'\t'
    local i word value place count=1 plain=1 valued asks own
    local -h words= options=  # of their own: a completion's words stay the line even where they are local
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
[[ $funcstack[1] != _painlog ]] || _painlog_completion  # the first TAB loads this file as the function _painlog
