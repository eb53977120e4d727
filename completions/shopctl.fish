# Completion of shopctl for fish: shopctl completion fish | source
# All it offers comes from `shopctl __complete`; this file only speaks fish.

function __shopctl_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct | string replace -ra '^[\'"]|\\\\(?=.)' '')
    set -l lines ($words[1] __complete -- $words[2..-1] "$word" 2>/dev/null)
    set -q lines[1]; or return
    set -l directive (string replace : '' -- $lines[-1])
    if test (math "bitand($directive, 2)") -ne 0
        set -l file (string replace -r '^--[^=]*=' '' -- "$word")
        set -l before (string sub -l (math (string length -- "$word") - (string length -- "$file")) -- "$word")
        printf "$before%s\n" (__fish_complete_path "$file")
    end
    set -q lines[2]; and printf '%s\n' $lines[1..-2]
end

complete -c shopctl -f -k -a '(__shopctl_complete)'
