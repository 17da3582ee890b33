function __painlog_at --no-scope-shadowing
    switch "$argv[1]"
    # @CASES@
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
