#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""interrupt.py PROGRAM DATASET LARGE [MOMENTS]: how long the program takes to end after Ctrl-C, command by command.

LARGE is a data set that takes long to read. Every command runs once to its end, but no longer than ten seconds, then is interrupted at
MOMENTS moments spread over that time, 4 unless told. Prints COMMAND,SECONDS,INTERRUPTED,WORST: what it is called, how long it runs, how many of the
runs were still at work, and the most milliseconds from the signal to the end of the process. Ends with 1 if an interrupted
run ended with another status than 130, or left a temporary file.
"""
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

LONGEST = 10  # seconds
COMMANDS = """\
check: check DATASET
summary: summary DATASET
identify: identify DATASET
betweenness: centrality DATASET --measure betweenness
every measure: centrality DATASET --graph coinvest --measure all
rank intervals: centrality DATASET --intervals 200
panel: panel DATASET --from 2005 --to 2012 --graph coinvest
ties: ties DATASET --tie company
ties, hypergeometric: ties DATASET --tie company --validate hypergeometric --two-sided
ties, bicm: ties DATASET --tie company --validate bicm
leiden, quality: clusters DATASET --quality
walktrap, quality: clusters DATASET --method walktrap --quality
clusters of windows: clusters DATASET --windows 2000..2013
compare: compare DATASET
exits: exits DATASET
render: render DATASET --view coinvest -o OUTPUT/drawing.svg --overwrite
export: export DATASET --format graphml -o OUTPUT/graph.graphml --overwrite
workbook: ties DATASET --tie company --format xlsx -o OUTPUT/ties.xlsx --overwrite
import: import DATASET -o OUTPUT/data.sqlite --overwrite
report: report DATASET -o OUTPUT/report --overwrite
reading much: summary LARGE
workbook of much: ties LARGE --tie company --format xlsx -o OUTPUT/large.xlsx --overwrite
import of much: import LARGE -o OUTPUT/large.sqlite --overwrite
"""


def start(command):
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def interrupted_after(command, seconds):
    """Milliseconds from the signal to the end, and the status; nothing if the process ended before."""
    process = start(command)
    try:
        process.wait(seconds)
        return None
    except subprocess.TimeoutExpired:
        before = time.perf_counter()
        process.send_signal(signal.SIGINT)
        status = process.wait()
        return 1000 * (time.perf_counter() - before), status


def main(program, dataset, large, moments="4"):
    wrong = 0
    with tempfile.TemporaryDirectory() as output:
        for line in COMMANDS.splitlines():
            name, words = line.split(": ")
            places = {"DATASET": dataset, "LARGE": large}
            command = [program] + [places.get(word, word.replace("OUTPUT", output)) for word in words.split()]
            before = time.perf_counter()
            process = start(command)
            try:
                status = process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
                status = process.wait() - 130
            seconds = time.perf_counter() - before
            if status:
                print(f"interrupt: {name} ended with {status}", file=sys.stderr)
                wrong = 1
            worst = at_work = 0
            for moment in range(int(moments)):
                taken = interrupted_after(command, seconds * (moment + 0.5) / int(moments))
                if taken is None:
                    continue
                at_work += 1
                worst = max(worst, taken[0])
                left = [str(path) for path in pathlib.Path(output).rglob(".coinvest-*")]
                if left or taken[1] not in (130, 0):  # 0: it was done when the signal came
                    print(f"interrupt: {name} ended with {taken[1]}, left {left}", file=sys.stderr)
                    wrong = 1
            print(f"{name.replace(',', ' with')},{seconds:.2f},{at_work},{worst:.0f}", flush=True)
    return wrong


sys.exit(main(*sys.argv[1:]))
