# SPDX-License-Identifier: Apache-2.0
"""Reads gcov's JSON, one document per line, and prints a table per source file; of files named also the holes."""
import collections
import json
import sys

lines = collections.defaultdict(lambda: collections.defaultdict(int))  # per file and line: how often
branches = collections.defaultdict(dict)  # per file, line and place on it: how often
for document in sys.stdin:
    for file in json.loads(document)["files"]:
        name = file["file"]
        if "src/coinvest/" not in name:
            continue
        name = name[name.index("src/coinvest/"):]
        if not name.startswith(("src/coinvest/base/", "src/coinvest/ingest/", "src/coinvest/render/dot.cpp")):
            continue
        for line in file["lines"]:
            number = line["line_number"]
            lines[name][number] += line["count"]
            # Templates and inline functions stand in several objects: a branch counts if any of them takes it.
            real = [branch for branch in line["branches"] if not branch["throw"]]
            if len(real) < 2:
                continue  # a call that may throw, not a decision
            for place, branch in enumerate(real):
                key = number, place
                branches[name][key] = branches[name].get(key, 0) + branch["count"]


def share(hit, all_of):
    return f"{100 * hit / all_of:6.1f} %" if all_of else "      - "


def row(name, hit_lines, all_lines, hit_branches, all_branches):
    print(f"{name:<44} {hit_lines:>6} of {all_lines:<6}{share(hit_lines, all_lines)}  "
          f"{hit_branches:>6} of {all_branches:<6}{share(hit_branches, all_branches)}")


print(f"{'':<44} {'lines':<25}  branches")
totals = collections.defaultdict(lambda: [0, 0, 0, 0])
for name in sorted(lines):
    found = [sum(count > 0 for count in lines[name].values()), len(lines[name]),
             sum(count > 0 for count in branches[name].values()), len(branches[name])]
    row(name, *found)
    for key in (name.split("/")[2], "all"):
        totals[key] = [a + b for a, b in zip(totals[key], found)]
for name, found in totals.items():
    row(name, *found)
for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read().splitlines()
    for number in sorted({number for (number, _), count in branches[name].items() if count == 0}):
        print(f"{name}:{number}: {text[number - 1].strip()}")
