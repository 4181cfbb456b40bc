#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs killed at random, several in a row: nothing is lost, nothing is marked that was not
applied, and whatever is sent twice is sent under the same key with the same bytes.

With HEADGATE_TEST_DEEP 10,000 kills over more than 1,000,000 records. HEADGATE_KILLS and
HEADGATE_SEED choose others. The kills are cut into legs, each with a place and a seed of its own:
HEADGATE_LEGS="FIRST LAST" does only these, to go on where a stop was or to see a failure again."""
import concurrent.futures
import os
import random
import subprocess
import time
import unittest

from fault_place import KILLED, TROUBLES, Place

DEEP = bool(os.environ.get("HEADGATE_TEST_DEEP"))
KILLS = int(os.environ.get("HEADGATE_KILLS", "10000" if DEEP else "300"))
SEED = int(os.environ.get("HEADGATE_SEED", "1"))
WORKERS = int(os.environ.get("HEADGATE_WORKERS", "4"))
IN_A_ROW = 12 if DEEP else 4
LEG = 75


def legs():
    """Their numbers, and how many kills each has."""
    count = max(WORKERS, -(-KILLS // LEG))
    first, last = map(int, os.environ.get("HEADGATE_LEGS", f"0 {count - 1}").split())
    return range(first, min(last, count - 1) + 1), -(-KILLS // count)


class KillPlace(Place):
    """Its state goes on from one run to the next."""
    name = "kill"
    batches = 40 if DEEP else 20
    per_batch = 10 if DEEP else 5

    def __init__(self, seed):
        super().__init__()
        self.chance = random.Random(seed)
        self.kills = 0
        self.rounds = 0
        self.longest = 0.3

    def killed_run(self):
        """Its exit code. So that half of the time is spent where it can be killed, the time that
        passes before follows how long runs take here and now."""
        process = self.world.start("run", "people")
        try:
            process.communicate(timeout=self.chance.uniform(0, self.longest))
            self.longest = max(0.05, self.longest * 0.9)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.longest *= 1.05
        self.world.processes.remove(process)
        self.kills += process.returncode == KILLED
        return process.returncode

    def turn(self):
        """What is not as it must be, after some kills and after the run that ends them."""
        self.rounds += 1
        self.set_version(f"version {self.rounds}")
        self.tell({"trouble": "delay", "delay": 8})
        if self.chance.random() < 0.3:
            self.tell({**self.chance.choice(TROUBLES), "times": 2,
                       "skip": self.chance.randrange(self.batches)})
        for _ in range(self.chance.randint(1, IN_A_ROW)):
            code = self.killed_run()
            yield from self.check_marks(code)
            if code != KILLED:
                break
        self.inbox.asked("misbehaviours", "DELETE")
        yield from self.after_all(refuses=False)
        yield from self.check_state(interrupted=False)
        self.inbox.asked("requests", "DELETE")


class Killed(unittest.TestCase):
    maxDiff = None

    def test_at_random(self):
        began = time.monotonic()
        numbers, kills = legs()

        def walk(number):
            place = KillPlace(f"{SEED} {number}")
            findings = []
            try:
                while place.kills < kills and not findings:
                    findings = [f"leg {number}, round {place.rounds}, kill {place.kills}: {each}"
                                for each in place.turn()]
            finally:
                place.close()
            print(*findings, f"leg {number} of {numbers.stop}: {place.kills} kills in {place.rounds} "
                  f"rounds, {time.monotonic() - began:.0f} s", sep="\n", flush=True)
            return place, findings

        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(walk, numbers))
        kills = sum(place.kills for place, _ in results)
        rounds = sum(place.rounds for place, _ in results)
        records = sum(place.rounds * place.records for place, _ in results)
        findings = [each for _, some in results for each in some]
        print(f"{kills} kills in {rounds} rounds over {records} records, {len(findings)} findings, "
              f"{time.monotonic() - began:.0f} s, seed {SEED}", flush=True)
        self.assertEqual(findings, [])


if __name__ == "__main__":
    unittest.main()
