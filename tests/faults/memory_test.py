#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that get less and less memory, down to none at all: whatever they do, no run that left
something behind says that all is well, nothing is marked that was not applied, nothing is lost."""
import os
import resource
import unittest

from fault_place import AppendPlace, Place

DEEP = bool(os.environ.get("HEADGATE_TEST_DEEP"))
MEBIBYTE = 1 << 20
MOST = 400  # MiB of addresses; a run needs less
STEP = 2 if DEEP else 12


class Memory(unittest.TestCase):
    maxDiff = None

    def sweep(self, kind):
        place = kind()
        self.addCleanup(place.close)
        codes = set()
        for limit in range(STEP, MOST, STEP):
            place.restore()
            place.limits = lambda most=limit * MEBIBYTE: resource.setrlimit(
                resource.RLIMIT_AS, (most, most))
            answer = place.headgate("run")
            place.limits = None
            codes.add(answer.code)
            findings = [*place.check_exit(answer), *place.check_marks(answer.code),
                        *place.after_all(refuses=False), *place.check_state(interrupted=False)]
            self.assertEqual(findings, [], f"{limit} MiB: {answer}")
        self.assertIn(0, codes, "it never had enough")
        self.assertGreater(len(codes), 1, "it always had enough")

    def test_upsert(self):
        self.sweep(Place)

    def test_append(self):
        self.sweep(AppendPlace)


if __name__ == "__main__":
    unittest.main()
