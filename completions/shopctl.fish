# Completion of shopctl for fish: shopctl completion fish | source
# All it offers comes from `shopctl __complete`; this file only speaks fish.

function __shopctl_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct | string replace -ra '^[\'"]|\\\\(?=.)' '')
    set -l lines ($words[1] __complete -- $words[2..-1] "$word" 2>/dev/null)
    set -q lines[1]; or return
    # The last line: what the shell is to do, and where the name of a file begins.
    set -l directive (string split ' ' -- (string replace : '' -- $lines[-1])) 0
    if test (math "bitand($directive[1], 2)") -ne 0
        set -l before (string sub -l $directive[2] -- "$word")
        set -l file (string sub -s (math $directive[2] + 1) -- "$word")
        for path in (__fish_complete_path "$file")
            echo -- "$before$path"
        end
    end
    set -q lines[2]; and printf '%s\n' $lines[1..-2]
end

complete -c shopctl -f -k -a '(__shopctl_complete)'
