"""Refusals of the domain without a way on: each function that raises one names a command, or its id says why none is.

Prints what is wrong; nothing when all is well."""
import pathlib
import re

root = pathlib.Path(__file__).resolve().parents[2]
catalog = (root / "lib/include/shop/error_catalog.h").read_text()
refused = set(re.findall(r"SHOP_ERROR\((E_\w+), SHOP_REFUSED", catalog))
causes = re.sub(r'"\s*\n\s*"', "", (root / "lib/report/why_cause.c").read_text())
entries = re.findall(r"\{(E_\w+),\s*(?:\"[^\"]*\"|\w+),\s*(NULL|\"[^\"]*\")\}", causes)
known = {name for name, _ in entries} - {"E_NONE"}
no_way = {name for name, text in entries if text != "NULL"}

for name in sorted(refused - known):
    print(f"{name}: not in why_cause.c")
for name in sorted(known - refused):
    print(f"{name}: no refusal, but in why_cause.c")
for path in sorted((root / "lib/domain").rglob("*.c")):
    # A function: from a line that begins with a name to the line that closes it.
    for body in re.findall(r"^\w[^\n;]*\([^;{]*\)\n\{\n.*?^\}\n", path.read_text(), re.S | re.M):
        raised = set(re.findall(r"shop_fail\(err,\s*(E_\w+)", body)) & refused
        if raised and not re.search(r"shop_fail_fix|\bfix_|\bsuggest\(", body):
            for name in sorted(raised - no_way):
                print(f"{path.relative_to(root)}: {name} without a command: {body.splitlines()[0]}")
