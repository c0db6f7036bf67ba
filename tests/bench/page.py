#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""page.py ROWS: the rows that scripts/bench collected, as a page."""
import collections
import pathlib
import platform
import subprocess
import sys


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def version(package):
    return output("dpkg-query", "--show", "--showformat=${Version}", package) or "not installed"


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def seconds(value):
    return f"{value:.4f}" if value < 1 else f"{value:.2f}"


megabytes_of = {}  # (graph, program, threads) -> of whole processes
growth = {}  # (kernel, graph, threads) -> (edges, megabytes, error, wall)
table = collections.defaultdict(dict)  # (graph, kernel) -> (program, threads) -> (wall, cpu, largest)
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    program, kernel, graph, threads = file.stem.split(",")
    fields = file.read_text().strip().split(",")
    wall, cpu, largest = (float(x) for x in fields[-3:])
    if program == "coinvest" and len(fields) == 10:
        growth[kernel, graph, int(threads)] = (int(fields[2]), float(fields[5]), float(fields[6]), wall, largest)
    if kernel == "reading":
        megabytes_of[graph, program, int(threads)] = fields[0]
    table[graph, kernel][program, int(threads)] = (wall, cpu, largest)

print(f"""# Benchmarks

Written by `scripts/bench`. Seconds inside the process, with the graph in memory: medians of several runs, of one run where a
run takes long. CPU seconds are those of all threads. *Faster* is their CPU seconds over ours on one thread, and their wall seconds over ours
on four. *Largest* is the largest value that came out: scaled as each program scales.

- Machine: {processor()}, {len(__import__("os").sched_getaffinity(0))} cores; {platform.freedesktop_os_release()["PRETTY_NAME"]}; {output("g++", "--version").splitlines()[0]}.
- igraph {version("python3-igraph")}, graph-tool {version("python3-graph-tool")}, SciPy {version("python3-scipy")}, Boost.Graph {version("libboost-dev")},
  SuiteSparse:GraphBLAS {version("libgraphblas-dev")}. NetworkX is left out: it would take hours where these take minutes.
- `bipartite`: graphs/crunchbase-2013 as written, 38,178 vertices and 63,593 edges. `coinvestment`: its projection by shared company, 16,768
  vertices and 128,783 ties. `bipartite-10x`: a bipartite configuration model on its degree sequences repeated ten times, seed 1.
- `reading`: whole processes from files to the number of ties by company, which is their largest value. `crunchbase-2013`: one gzip file
  with 80,245 rows, names as they stand (`coinvest summary --raw`, which also counts ties by round, components and money); pandas {version("python3-pandas")}; DuckDB
  {"ran" if any(key[1] == "duckdb" for key in megabytes_of) else "was not there"}. `export`: `tests/bench/make_export`, the size of today's Crunchbase export.
- `projection`: ours are both directions of every tie, neighbours ascending, numbers shared and weights in double precision. GraphBLAS makes
  one direction, as 32-bit numbers; SciPy makes both, in no order, as doubles; igraph a graph with the numbers as an attribute.
- `coinvest-narrow` is compiled without vectors wider than 128 bits.
""")
for (graph, kernel), rows in sorted(table.items()):
    print(f"## {kernel}, {graph}\n\n| program | threads | CPU s | wall s | faster | largest |\n|---|---|---|---|---|---|")
    for (program, threads), (wall, cpu, largest) in sorted(rows.items(), key=lambda row: (row[0][1], row[0][0])):
        ours = rows.get(("coinvest", threads))
        ratio = ""
        if ours and not program.startswith("coinvest"):
            ratio = f"{cpu / ours[1]:.1f}×" if threads == 1 else f"{wall / ours[0]:.1f}×"
        print(f"| {program} | {threads} | {seconds(cpu)} | {seconds(wall)} | {ratio} | {largest:.9g} |")
    memory = [f"{program} {megabytes_of[graph, program, threads]} MB on {threads}" for program, threads in sorted(rows)
              if kernel == "reading"]
    print("\nMemory at its largest, by threads: " + ", ".join(memory) + ".\n" if memory else "")

print("""## Growth

One and four threads, wall microseconds per edge; memory of the process at its largest, graph and its edge list included. Standard errors
are those of the largest value of an estimate, as a share of it.

| kernel | graph | edges | 1 thread, µs per edge | 4 threads | MB | bytes per edge | standard error |
|---|---|---|---|---|---|---|---|""")
for kernel in sorted({key[0] for key in growth if (key[0], "bipartite-10x", 1) in growth}):
    for graph in ("bipartite", "bipartite-10x", "bipartite-100x"):
        one, four = growth.get((kernel, graph, 1)), growth.get((kernel, graph, 4))
        if one is None or four is None:
            continue
        edges, megabytes, error, wall, largest = one
        spread = f"{error / largest:.2%}" if error else ""
        megabytes = max(megabytes, four[1])
        print(f"| {kernel} | {graph} | {edges:,} | {wall / edges * 1e6:.3f} | {four[3] / edges * 1e6:.3f} "
              f"| {megabytes:.0f} | {megabytes * 2**20 / edges:.0f} | {spread} |")

interrupts = pathlib.Path(sys.argv[1]) / "interrupts"
if interrupts.exists():
    print("""
## How long after Ctrl-C

Every command once to its end, or for ten seconds, and then interrupted at moments spread over that time: milliseconds from the signal to the
end of the process, the worst of the runs that were still at work. `much` is a tenth of `export`.

| command | seconds in all | interrupted | worst, ms |
|---|---|---|---|""")
    for line in interrupts.read_text().splitlines():
        print(f"| {line.replace(',', ' | ')} |")

print("""
## Four threads against one

Seconds, the best of several runs in turns.
""")
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.threads")):
    print(f"### {file.stem}\n\n| measure | 1 thread | 4 threads | CPU, 1 thread | CPU, 4 threads |\n|---|---|---|---|---|")
    for line in file.read_text().split():
        print(f"| {line.replace(',', ' | ')} |")
    print()
