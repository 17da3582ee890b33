__painlog_at() {
    case "$1" in
    # @CASES@
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
