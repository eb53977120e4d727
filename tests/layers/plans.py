#!/usr/bin/env python3
"""plans.py STORE LOG ALLOWED: how SQLite would run every statement of the log.

Complains of one that walks through a table which grows with the shop, and of a list that sorts. A walk in
key order that filters nothing is a list's first page. ALLOWED holds, one a line and each with its
reason after "--", the statements that may do it all the same (* stands for any text).
"""
import fnmatch
import re
import sqlite3
import sys

GROWING = ("orders order_line journal payment payment_op ledger movement shipment shipment_line backorder job "
           "command_log cart cart_line customer hold").split()

store, log, allowed = sys.argv[1:]
db = sqlite3.connect(store)
db.execute("PRAGMA case_sensitive_like=ON")
statements = sorted(set(open(log, encoding="utf-8").read().split("\0")) - {""})
exempt = {line.split("--")[0].strip(): False for line in open(allowed, encoding="utf-8") if line.strip()}


def tables(sql):
    """What each alias of the statement stands for."""
    found = {}
    for table, alias in re.findall(r"(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", sql):
        found[table] = table
        if alias and alias.upper() not in ("WHERE", "ON", "SET", "ORDER", "LEFT", "JOIN", "GROUP", "LIMIT", "UNION", "USING"):
            found[alias] = table
    return found


def outermost(sql):
    """The statement without what stands in parentheses of subqueries."""
    while True:
        shorter = re.sub(r"\([^()]*\)", " ", sql)
        if shorter == sql:
            return sql
        sql = shorter


# Indexes that hold open work only: walking through one is walking through what is to be done.
OPEN_WORK = {name for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
             if sql and re.search(r"WHERE (\w+ = '\w+' AND )?(status|state) (IN|=) ", sql)}


def faults(sql):
    names = tables(sql)
    first_page = "WHERE" not in outermost(sql)
    small = "order_id = ?" in sql
    a_list = "WHERE (" in sql or first_page
    count = len(set(re.findall(r"\?(\d+)", sql)))
    for _, parent, _, step in db.execute("EXPLAIN QUERY PLAN " + sql, [None] * count):
        scanned = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
        small = small or any(" INDEX " + index in step for index in OPEN_WORK)
        if scanned and names.get(scanned[1], scanned[1]) in GROWING and not first_page and scanned[2] not in OPEN_WORK:
            yield step
        if step.startswith("USE TEMP B-TREE") and parent == 0 and a_list and not small:
            yield step


bad = 0
for sql in statements:
    if not re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b", sql):
        continue
    found = list(faults(sql))
    if not found:
        continue
    reason = next((text for text in exempt if fnmatch.fnmatchcase(sql, text.replace("?", "[?]"))), None)
    if reason is not None:
        exempt[reason] = True
        continue
    bad += 1
    print("; ".join(found) + "\n    " + sql)
for text, used in exempt.items():
    if not used:
        bad += 1
        print("this exception is needed no more:\n    " + text)
print(f"{len(statements)} statements, {bad} with a bad plan")
sys.exit(bad > 0)
