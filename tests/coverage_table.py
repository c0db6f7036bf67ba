# SPDX-License-Identifier: Apache-2.0
"""Reads what llvm-cov exports and prints lines and branches per source file; of files named also the branches not taken."""
import collections
import json
import re
import sys

# Conditions that a compiler decides: neither outcome is ever counted.
DECIDED = re.compile(rb"if constexpr|while \(true\)|for \(;;\)|do \{")


def share(hit, all_of):
    return f"{hit:>6} of {all_of:<6}" + (f"{100 * hit / all_of:6.1f} %" if all_of else "      - ")


lines, taken, texts = {}, {}, {}
for file in json.load(sys.stdin)["data"][0]["files"]:
    name = file["filename"][file["filename"].index("src/coinvest/"):]
    texts[name] = open(name, "rb").read().split(b"\n")
    lines[name] = file["summary"]["lines"]["covered"], file["summary"]["lines"]["count"]
    found = collections.Counter()  # per place and outcome, over the instances of a template
    for line, column, end_line, end_column, yes, no, *_ in file["branches"]:
        found[line, column, end_line, end_column, True] += yes
        found[line, column, end_line, end_column, False] += no
    taken[name] = {key: count for key, count in found.items()
                   if found[(*key[:4], True)] + found[(*key[:4], False)] or not DECIDED.search(texts[name][key[0] - 1])}

print(f"{'':<44} {'lines':<25}  branches")
totals = collections.defaultdict(lambda: (0, 0, 0, 0))
for name in sorted(lines):
    row = *lines[name], sum(count > 0 for count in taken[name].values()), len(taken[name])
    print(f"{name:<44} {share(*row[:2])}  {share(*row[2:])}")
    for key in (name.split("/")[2], "all"):
        totals[key] = tuple(a + b for a, b in zip(totals[key], row))
for name, row in totals.items():
    print(f"{name:<44} {share(*row[:2])}  {share(*row[2:])}")

for name in sorted(taken) if sys.argv[1:] == ["all"] else sys.argv[1:]:
    for (line, column, end_line, end_column, outcome), count in sorted(taken[name].items()):
        if count == 0:
            text = texts[name][line - 1][column - 1:end_column - 1 if line == end_line else None].decode()
            print(f"{name}:{line}: never {str(outcome).lower()}: {text}")
