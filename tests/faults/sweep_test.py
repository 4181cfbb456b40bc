#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of three batches, and in each of them the Nth operation on a file or on the network goes
wrong, N over the whole run: nothing is lost, nothing is marked that was not applied, what is sent
twice is the same, no run that left something behind says that all is well, and the state opens.

The first place meets its faults at every operation, the others at one of 24; with HEADGATE_TEST_DEEP
each meets all. HEADGATE_POINTS: at most as many, evenly over all. HEADGATE_POINT="PLACE MODE N" tries
a single one."""
import concurrent.futures
import itertools
import os
import queue
import time
import unittest

from fault_place import PLACES, Place

DEEP = bool(os.environ.get("HEADGATE_TEST_DEEP"))
SEED = int(os.environ.get("HEADGATE_SEED", "1"))
MOST_POINTS = int(os.environ.get("HEADGATE_POINTS", "0"))
# Most of a point is waiting: for pauses, answers and the disk.
WORKERS = int(os.environ.get("HEADGATE_WORKERS", "6"))
# Of the operations of a place, every how many-th one.
SAMPLED = 24
MODES = ("crash", "torn", "eio", "eio-from", "enospc", "enospc-from")
DEEP_MODES = (*MODES, "crash-after", "short")
PROGRESS = 500


def points_of(place, counts):
    """(mode, number), beyond what a run without faults does: a fault makes it do more."""
    for mode, count in counts.items():
        step = 1 if DEEP or type(place) is Place else SAMPLED
        yield from ((mode, number) for number in range(1, count + 1, step))


class Sweep(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.places = {kind.name: [] for kind in PLACES}
        self.addCleanup(self.close)

    def close(self):
        for places in self.places.values():
            for place in places:
                place.close()

    def make(self, kind):
        place = kind()
        self.places[kind.name].append(place)
        return place

    def test_every_operation(self):
        modes = DEEP_MODES if DEEP else MODES
        for kind in PLACES:
            with self.subTest(kind.name):
                self.sweep(kind, modes)

    def sweep(self, kind, modes):
        began = time.monotonic()
        free = queue.SimpleQueue()
        for _ in range(WORKERS):
            free.put(self.make(kind))
        first = self.places[kind.name][0]
        counts = {mode: first.operations(mode) for mode in modes}
        points = list(points_of(first, counts))
        if MOST_POINTS and len(points) > MOST_POINTS:
            points = [points[n * len(points) // MOST_POINTS] for n in range(MOST_POINTS)]

        done = itertools.count(1)

        def attempt(point):
            place = free.get()
            try:
                hit, findings = place.try_point(*point, SEED)
            finally:
                free.put(place)
            for finding in findings:
                print(finding, flush=True)
            number = next(done)
            if number % PROGRESS == 0:
                print(f"{kind.name}: {number} of {len(points)}", flush=True)
            return hit, findings

        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(attempt, points))
        hits = sum(hit for hit, _ in results)
        print(f"{kind.name}: operations {counts}, {len(points)} points, {hits} faults, "
              f"{time.monotonic() - began:.0f} s", flush=True)
        self.assertEqual([each for _, findings in results for each in findings], [])
        self.assertGreater(hits, len(points) * 8 // 10, "most faults did not happen")

    def test_one_point(self):
        chosen = os.environ.get("HEADGATE_POINT")
        if not chosen:
            return
        name, mode, number = chosen.split()
        place = self.make({kind.name: kind for kind in PLACES}[name])
        self.assertEqual(place.try_point(mode, int(number), SEED), (True, []))


if __name__ == "__main__":
    unittest.main()
