#!/usr/bin/env python3
"""Whether what lists print is what the JSON Schema of their record says.

    schema.py SHOPCTL <all.json        (help --json; the store by the environment)

Runs every list that needs no operand with -o json and checks each object: required members, types, patterns, and that
the schema knows every member. Prints what does not fit; exit 1 if something does not, or if too little was there.
"""

import json
import re
import subprocess
import sys

TYPES = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    "null": type(None),
}


def is_of(value, name):
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def faults(value, schema, where):
    """Each place where a value is not as the schema says."""
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(is_of(value, name) for name in names):
        yield f"{where}: {value!r} is none of {names}"
        return
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{where}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, list):
        for item in value:
            yield from faults(item, schema.get("items", {}), where + "[]")
    if isinstance(value, dict) and "properties" in schema:
        for name in schema.get("required", []):
            if name not in value:
                yield f"{where}: no {name}"
        for name, member in value.items():
            if name not in schema["properties"]:
                yield f"{where}: {name} is not in the schema"
            else:
                yield from faults(member, schema["properties"][name], f"{where}.{name}")


def main():
    shopctl = sys.argv[1]
    table = json.load(sys.stdin)
    commands = [([c["name"]], c) for c in table["commands"]]
    commands += [([n["name"], *c["name"].split()], c) for n in table["nouns"] for c in n["commands"]]
    wrong, objects = [], 0
    for words, command in commands:
        if not command["selects"] or any(not o["optional"] for o in command["operands"]):
            continue
        rows = json.loads(subprocess.run([shopctl, *words, "-o", "json"], check=True, capture_output=True).stdout)
        schema = json.loads(subprocess.run([shopctl, "explain", command["prints"]["name"], "--schema"],
                                           check=True, capture_output=True).stdout)
        objects += len(rows)
        for row in rows:
            wrong += [f"{' '.join(words)}: {fault}" for fault in faults(row, schema, command["prints"]["name"])]
    print("\n".join(sorted(set(wrong))))
    print(f"{objects} objects checked", file=sys.stderr)
    return 1 if wrong or objects < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
