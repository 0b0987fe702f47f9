#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the generated data files of the comparison suite (always the same bytes). The hand-made ones stay."""
import json
import random

random.seed(20260504)


def stamp(ms):
    s, ms = divmod(ms, 1000)
    h, m, s = s // 3600, s // 60 % 60, s % 60
    return "2026-05-04 %02d:%02d:%02d.%03d" % (h, m, s, ms)


def plays():
    """Disorder of up to 20 s, duplicates, and NULLs in every column but the time."""
    rows, at = [], 10 * 3600 * 1000
    for i in range(240):
        at += random.randrange(0, 9000)
        ts = at - random.randrange(0, 20000)
        row = [str(i), stamp(ts), random.choice(["u1", "u2", "u3", "u4", "u5", ""]),
               random.choice(["IN", "US", "BR", "DE", ""]), str(random.randrange(-5, 400)),
               "%d.%02d" % (random.randrange(0, 20), random.randrange(0, 100))]
        if random.random() < 0.1:
            row[4] = ""
        if random.random() < 0.1:
            row[5] = ""
        rows.append(",".join(row))
        if random.random() < 0.08:
            rows.append(rows[-1])
    return "".join(r + "\n" for r in rows)


def late():
    """Small steps, then jumps of an hour; after each jump some rows from before it: late by a wide margin."""
    rows, base = [], 0
    for block in range(5):
        for i in range(8):
            rows.append((stamp(base + i * 7000), "k%d" % (i % 3), block * 100 + i))
        if block:
            for back in (3600000, 3500000, 1800000):
                rows.append((stamp(max(0, base - back + 11000)), "k%d" % (back % 7 % 3), -(block * 100 + back // 100000)))
        base += 3600000
    return "".join("%s,%s,%d\n" % r for r in rows)


def orders():
    rows = []
    for i in range(60):
        row = {"id": i, "item": random.choice(["tea", "milk", "rye", None, "oil"]),
               "amount": random.choice([None, 1.5, 2.25, 10, -3.75, 0]), "tags": random.choice([[], ["a"], ["a", None, "b"], None]),
               "ship": random.choice([None, {"city": "Pune", "zip": 411001}, {"city": None, "zip": 7}, {"zip": None, "city": "Bonn"}]),
               "attr": random.choice([{}, {"k": 1}, {"k": None, "z": 26}, None]), "ts": stamp(i * 5000 - i % 4 * 1000 + 4000)}
        if i % 9 == 0:
            del row["amount"]
        rows.append(row)
    return "".join(json.dumps(r) + "\n" for r in rows)


for name, text in (("plays.csv", plays()), ("late.csv", late()), ("orders.json", orders())):
    with open(name, "w", encoding="utf-8") as f:
        f.write(text)
