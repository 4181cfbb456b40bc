#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A purge in which the Nth operation on a file goes wrong, N over the whole of it: if it said that
all is gone, all is gone; else the same command again completes it. Others keep what they had, and the
state is whole.

With HEADGATE_TEST_DEEP at every operation, else at POINTS of each mode. HEADGATE_POINT="MODE N" tries
a single one."""
import concurrent.futures
import os
import queue
import shutil
import unittest

from fault_place import CRASHES, KILLED, Place

DEEP = bool(os.environ.get("HEADGATE_TEST_DEEP"))
POINTS = {"crash": 30, "crash-after": 10, "torn": 10, "eio": 15, "eio-from": 6, "enospc": 6,
          "enospc-from": 6}
WORKERS = int(os.environ.get("HEADGATE_WORKERS", "4"))
KEY = 50_000_005
EMAIL = "traceless@example.com"
TRACES = (EMAIL.encode(), b"traceless%40example.com", str(KEY).encode())


class PurgePlace(Place):
    """A person who was delivered, then refused beside somebody whose name holds the person's address,
    and waits in a stopped plan; sent, refused and open payloads of others name the person too."""
    name = "purge"
    connector = "iterable"
    words = ("purge", f"--key={KEY}", "--yes")
    others = 6

    def __init__(self):
        super().__init__()
        shutil.rmtree(self.template)
        self.version = "new"
        self.tell({"trouble": "failKeys", "keys": [EMAIL, "p1@example.com"]})
        self.deliver(1)
        self.inbox.asked("misbehaviours", "DELETE")
        self.write_gates({})
        self.version = "newest"
        self.deliver(7)
        shutil.copytree(self.world.home, self.template)
        self.expect(self.open_spools(), "an open plan")
        clean, _, _ = self.run_with_fault("crash", 0)
        self.expect(clean.code == 0, f"a purge without faults: {clean}")
        self.left_for_others = self.kept()

    def write_project(self):
        self.world.write_destination(self.inbox.url)
        self.write_gates({"changedShare": 1})

    def write_gates(self, gates):
        self.world.write_sync({"gates": gates})

    def rows(self):
        friend = f"{self.version}, friend of {EMAIL}"
        return [(n, f"p{n}@example.com", friend) for n in range(self.others)] + [
            (KEY, EMAIL, self.version)]

    def deliver(self, code):
        self.world.set_rows(self.rows())
        done = self.headgate("run")
        self.expect(done.code == code, f"a run that ends in {code}: {done}")

    def open_spools(self):
        return [path for path, _ in self.world.files()
                if path.startswith(self.world.home + "/") and path.endswith(".spool")]

    def traces(self):
        """Files of the state that name the person."""
        return [path for path, content in self.world.files()
                if path.startswith(self.world.home + "/") and
                any(trace in content for trace in TRACES)]

    def kept(self):
        """What a plan makes of everybody: the person is left out, the others are as they were."""
        planned = self.headgate("plan").report()["planned"]
        history = self.headgate("history").document["runs"]
        return planned, [run["exit_code"] for run in history]

    def try_point(self, mode, number, thorough):
        self.restore()
        answer, hit, _ = self.run_with_fault(mode, number)
        findings = []
        if hit and mode in CRASHES and answer.code != KILLED:
            findings.append("it was not killed")
        elif answer.code < 0 and mode not in CRASHES or answer.code == 70:
            findings.append("it crashed")
        if answer.code == 0:
            findings += [f"it said that all is gone, and {path} names the person"
                         for path in self.traces()]
        findings += self.check_state(interrupted=False)
        again = self.headgate(*self.words)
        if again.code != 0:
            findings.append(f"the same again fails: {again}")
        findings += [f"done again, and {path} names the person" for path in self.traces()]
        if thorough:
            findings += self.check_state(interrupted=False)
            if self.kept() != self.left_for_others:
                findings.append(f"others have {self.kept()}, not {self.left_for_others}")
        return bool(hit), [f"{mode} {hit or number}: {each}; it: {answer}" for each in findings]


class Purge(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.places = []
        self.addCleanup(lambda: [place.close() for place in self.places])

    def make(self):
        self.places.append(PurgePlace())
        return self.places[-1]

    def test_what_is_to_go_is_there_before(self):
        place = self.make()
        place.restore()
        endings = {os.path.splitext(path)[1] for path in place.traces()}
        self.assertLessEqual({".db", ".accepted", ".spool"}, endings)

    def test_every_operation(self):
        free = queue.SimpleQueue()
        for _ in range(WORKERS):
            free.put(self.make())
        first = self.places[0]
        points = []
        for mode, most in POINTS.items():
            count = first.operations(mode)
            chosen = range(count) if DEEP else {n * count // most for n in range(most)}
            points += [(mode, n + 1) for n in sorted(chosen)]

        def attempt(numbered):
            index, point = numbered
            place = free.get()
            try:
                return place.try_point(*point, thorough=DEEP or index % 4 == 0)
            finally:
                free.put(place)

        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(attempt, enumerate(points)))
        hits = sum(hit for hit, _ in results)
        print(f"{len(points)} points, {hits} faults", flush=True)
        self.assertEqual([each for _, findings in results for each in findings], [])
        self.assertGreater(hits, len(points) * 8 // 10, "most faults did not happen")

    def test_one_point(self):
        chosen = os.environ.get("HEADGATE_POINT")
        if chosen:
            mode, number = chosen.split()
            self.assertEqual(self.make().try_point(mode, int(number), True), (True, []))


if __name__ == "__main__":
    unittest.main()
