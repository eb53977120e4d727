#!/usr/bin/env python3
"""Whether every exit code that a command declares is reached by a test.

    shopctl help --json | exits.py tests/cli/*.bats …

A test reaches one where a bats file runs the command and asks for the code: `refused 6 order cancel ord-1000`, or a
run of the program followed, a few lines on, by `[ "$status" -eq 6 ]`. The tests pass, so what they ask for is true.
Prints each pair that no test reaches; exit 1 if there is one.
"""

import json
import re
import shlex
import sys

# What a run may be followed by before its status is asked for.
LINES_ON = 4


def declared(table):
    """(words of the command, code) of every exit that is declared as a number other than 0."""
    pairs = []
    commands = [((c["name"],), c) for c in table["commands"]]
    for noun in table["nouns"]:
        commands += [((noun["name"], *c["name"].split()), c) for c in noun["commands"]]
    for words, command in commands:
        for line in command["exits"]:
            if line["status"]:
                pairs.append((words, line["status"]))
    return [words for words, _ in commands], pairs


def tokens(text):
    """The words of a shell line, as well as they can be told without running it."""
    try:
        return shlex.split(text, comments=True)
    except ValueError:
        return text.replace('"', ' ').split()


def command_in(words, names):
    """The longest command whose words stand one after the other, the first of them."""
    for at in range(len(words)):
        for name in sorted(names, key=len, reverse=True):
            if tuple(words[at:at + len(name)]) == name:
                return name
    return None


def unrolled(lines):
    """The lines, those of a loop over literal words once for each: `for what in a 'b c'; do … $what … done`."""
    loop, body = None, []
    for line in lines:
        match = re.match(r"\s*for (\w+) in ([^$]*); do$", line)
        if match:
            loop, body = match, []
        elif loop and re.match(r"\s*done\b", line):
            for word in tokens(loop[2]):
                yield from (re.sub(rf"\$\{{?{loop[1]}\b\}}?", lambda _, word=word: word, inner) for inner in body)
            loop = None
        elif loop:
            body.append(line)
        else:
            yield line


def reached(path, names):
    """(command, code) that a file asks for."""
    with open(path, encoding="utf-8") as file:
        lines = list(unrolled(file.read().replace("\\\n", " ").splitlines()))
    for number, line in enumerate(lines):
        match = re.search(r"\brefused (\d+) (.*)", line)
        if match:
            yield command_in(tokens(match[2]), names), int(match[1])
            continue
        match = re.search(r"\bshop (.*)|\bshopctl['\"}]* (.*)|\bsh -c (.*)", line)
        if not match:
            continue
        command = command_in(tokens((match[1] or match[2] or match[3]).replace("'", " ")), names)
        for later in lines[number:number + LINES_ON]:
            if later is not line and re.search(r"\bshop |\bshopctl['\"}]* |\brefused ", later):
                break
            for code in re.findall(r'"\$status" (?:-eq|=) (\d+)', later):
                yield command, int(code)


def main():
    names, pairs = declared(json.load(sys.stdin))
    found = {pair for path in sys.argv[1:] for pair in reached(path, names)}
    missing = [pair for pair in pairs if pair not in found]
    for words, code in missing:
        print(f"no test sees shopctl {' '.join(words)} end with {code}")
    print(f"{len(pairs) - len(missing)} of {len(pairs)} exit codes are seen", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
