# SPDX-License-Identifier: Apache-2.0
"""What the rivals in Python share: reading the graph files of coinvest_bench, and its way of timing."""
import resource
import statistics
import sys
import time

import numpy


class Edges:
    """investors, companies, ends (edges x 2), weights."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.investors, self.companies, count = (int(x) for x in numpy.fromfile(file, "<u4", 3))
            self.ends = numpy.fromfile(file, "<u4", 2 * count).reshape(-1, 2)
            self.weights = numpy.fromfile(file, "<f8", count)

    @property
    def vertices(self):
        return self.investors + self.companies


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main(kernels):
    """KERNEL GRAPH [RUNS]: times kernels[KERNEL](edges)(), prints WALL,CPU,LARGEST: medians, and the largest value."""
    kernel, path, runs = sys.argv[1], sys.argv[2], int((sys.argv + ["1"])[3])
    run = kernels[kernel](Edges(path))
    wall, cpu = [], []
    for _ in range(runs):
        cpu_before, before = cpu_seconds(), time.perf_counter()
        largest = run()
        wall.append(time.perf_counter() - before)
        cpu.append(cpu_seconds() - cpu_before)
    print(f"{statistics.median(wall):.6f},{statistics.median(cpu):.6f},{largest:.9g}")
