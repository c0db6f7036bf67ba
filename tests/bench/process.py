#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""process.py RUNS COMMAND...: runs a command from start to end, prints MEGABYTES,WALL,CPU,TIES: the largest memory, medians
of seconds, and what stands under ties_company in the CSV that the command prints."""
import csv
import os
import statistics
import subprocess
import sys
import time

wall, cpu, megabytes, ties = [], [], [], 0
for _ in range(int(sys.argv[1])):
    before = time.perf_counter()
    process = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall.append(time.perf_counter() - before)
    if status:
        sys.exit(f"{sys.argv[2]} ended with {os.waitstatus_to_exitcode(status)}")
    cpu.append(usage.ru_utime + usage.ru_stime)
    megabytes.append(usage.ru_maxrss / 1024)
    ties = next(csv.DictReader(printed.splitlines()))["ties_company"]
print(f"{max(megabytes):.0f},{statistics.median(wall):.6f},{statistics.median(cpu):.6f},{ties}")
