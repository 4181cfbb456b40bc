#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs killed at random, several in a row, of each kind that the sweep has: nothing is lost, nothing
is marked without an answer, whatever is sent twice is sent under the same key with the same bytes,
and what is appended is sent once until somebody decides otherwise.

With HEADGATE_TEST_DEEP 10,000 kills over more than 1,000,000 records. HEADGATE_KILLS and
HEADGATE_SEED choose others. The kills are cut into legs, each with its places and a seed of its own:
HEADGATE_LEGS="FIRST LAST" does only these, to go on where a stop was or to see a failure again."""
import concurrent.futures
import itertools
import os
import random
import subprocess
import time
import unittest
from collections import Counter

from fault_place import KILLED, TROUBLES, AppendPlace, FirstPlace, MirrorPlace, Place

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


class KillPlace:
    """Goes before one of the sweep's places. Its state goes on from one run to the next."""
    batches = 40 if DEEP else 20
    per_batch = 10 if DEEP else 5

    def __init__(self, chance):
        self.rounds = 0
        super().__init__()
        self.chance = chance
        self.kills = 0
        self.longest = 0.3

    def begin_round(self):
        self.rounds += 1
        self.set_version(f"version {self.rounds}")

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
        self.begin_round()
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


class KillUpsert(KillPlace, Place):
    pass


class KillFirst(KillPlace, FirstPlace):
    def begin_round(self):
        self.restore()
        super().begin_round()


class KillMirror(KillPlace, MirrorPlace):
    """Every other round removes some, the next one brings them back."""
    removed = KillPlace.batches // 2

    def kept(self):
        return self.records - self.removed * (self.rounds % 2)


class KillAppend(KillPlace, AppendPlace):
    """Every round has records of its own."""

    def numbers(self):
        return range(self.rounds * self.records, (self.rounds + 1) * self.records)


KINDS = (KillUpsert, KillFirst, KillMirror, KillAppend)


class Leg:
    """A place of each kind; the rounds take one after the other."""

    def __init__(self, number):
        self.chance = random.Random(f"{SEED} {number}")
        self.kinds = itertools.cycle(KINDS[number % len(KINDS):] + KINDS[:number % len(KINDS)])
        self.places = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for place in self.places:
            place.close()

    def turn(self):
        kind = next(self.kinds)
        place = next((each for each in self.places if type(each) is kind), None)
        if place is None:
            place = kind(self.chance)
            self.places.append(place)
        return [f"{place.name}, its round {place.rounds}: {each}" for each in place.turn()]

    def kills(self):
        return sum(self.killed().values())

    def killed(self):
        return Counter({place.name: place.kills for place in self.places})

    def rounds(self):
        return sum(place.rounds for place in self.places)

    def records(self):
        return sum(place.rounds * place.records for place in self.places)


class Killed(unittest.TestCase):
    maxDiff = None

    def test_at_random(self):
        began = time.monotonic()
        numbers, kills = legs()

        def walk(number):
            findings = []
            with Leg(number) as leg:
                while leg.kills() < kills and not findings:
                    findings = [f"leg {number}, kill {leg.kills()}: {each}" for each in leg.turn()]
            print(*findings, f"leg {number} of {numbers.stop}: {leg.kills()} kills in "
                  f"{leg.rounds()} rounds, {time.monotonic() - began:.0f} s", sep="\n",
                  flush=True)
            return leg, findings

        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(walk, numbers))
        killed = sum((leg.killed() for leg, _ in results), Counter())
        rounds = sum(leg.rounds() for leg, _ in results)
        records = sum(leg.records() for leg, _ in results)
        findings = [each for _, some in results for each in some]
        print(f"{sum(killed.values())} kills ({dict(killed)}) in {rounds} rounds over {records} "
              f"records, {len(findings)} findings, {time.monotonic() - began:.0f} s, seed {SEED}",
              flush=True)
        self.assertEqual(findings, [])


if __name__ == "__main__":
    unittest.main()
