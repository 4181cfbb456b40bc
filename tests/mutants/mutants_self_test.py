#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of the mutants misses none that is there, and says which number is missing or strays."""
import json
import os
import tempfile
import unittest

import mutants

GOOD = {"breaks": "x", "file": "a.cpp", "line": "a = 1;", "becomes": "a = 2;"}


class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.addCleanup(setattr, mutants, "HERE", mutants.HERE)
        mutants.HERE = self.folder
        mutants.write(os.path.join(self.folder, "a.cpp"), GOOD["line"])
        for name in mutants.RULES + ["fault01", "fault02", "fault03"]:
            self.put(name)

    def put(self, name, **changes):
        mutants.write(os.path.join(self.folder, f"{name}.json"), json.dumps({**GOOD, **changes}))

    def remove(self, name):
        os.unlink(os.path.join(self.folder, f"{name}.json"))

    def check(self, *problems):
        self.assertEqual(mutants.check(self.folder), list(problems))

    def test_passes_what_is_whole(self):
        self.check()

    def test_a_number_that_is_missing(self):
        for name in ("rule07", "fault01", "fault02"):
            with self.subTest(name):
                self.remove(name)
                self.check(f"{name} has no mutant")
                self.put(name)

    def test_no_faults_at_all(self):
        for name in ("fault01", "fault02", "fault03"):
            self.remove(name)
        self.check("fault01 has no mutant")

    def test_a_number_that_strays(self):
        for name in ("rule00", "rule99", "fault00", "fault4", "fault004", "novel"):
            with self.subTest(name):
                self.put(name)
                self.check(f"{name}.json is neither of a rule nor a fault")
                self.remove(name)
        self.put("fault05")
        self.check("fault04 has no mutant")

    def test_the_last_one_is_checked_and_run(self):
        self.put("fault04", line="gone")
        self.check("fault04: its line occurs 0 times in a.cpp")
        self.assertIn("fault04", mutants.present())


if __name__ == "__main__":
    unittest.main()
