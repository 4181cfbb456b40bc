#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs killed at random, as processes: nothing is lost, nothing is marked that was not applied, and
whatever is sent twice is sent under the same key with the same bytes."""
import os
import random
import time
import unittest

from cli_world import Inbox, World

KILLS = int(os.environ.get("HEADGATE_KILLS", "50"))
SEED = int(os.environ.get("HEADGATE_SEED", "1"))
RECORDS = 400


class Killed(unittest.TestCase):
    def setUp(self):
        self.world = World([])
        self.addCleanup(self.world.close)
        self.inbox = Inbox(self.world, "0", {"trouble": "delay", "delay": 4}, connector="webhook")
        self.world.inboxes.append(self.inbox)
        self.world.write("destinations/mail.json",
                         {"id": "destinationaaaaa", "name": "Mail", "connector": "webhook",
                          "fields": {"url": self.inbox.url + "/hook", "batchSize": "10",
                                     "requestsPerSecond": "1000"}, "secrets": {}})
        self.world.write_sync({"object": "batch", "matching": {"column": "email", "field": "email"},
                               "gates": {"changedShare": 1},
                               "shape": {"kind": "object", "fields": [
                                   {"name": "email", "kind": "column", "column": "email"},
                                   {"name": "name", "kind": "column", "column": "name"}]}})
        self.assertEqual(self.world.run("trust")[0], 0)

    def arrived(self, version):
        """Keys of the records of this version that the inbox took."""
        taken = set()
        for request in self.inbox.asked("requests"):
            if "records" not in request or request["taken"] != request["records"]:
                continue
            for record in request["body"]["records"]:
                if record["name"] == version:
                    taken.add(record["email"])
        return taken

    def test_fifty_times(self):
        chance = random.Random(SEED)
        cut_short = 0
        longest = 1.0
        for turn in range(KILLS):
            version = f"version {turn}"
            self.world.set_rows([(n, f"p{n}@example.com", version) for n in range(RECORDS)])
            process = self.world.start("run", "people")
            time.sleep(chance.uniform(0, longest))
            process.kill()
            process.communicate()
            cut_short += process.returncode == -9

            planned = self.world.json("plan", "people")[1]
            self.assertIn("runs", planned, planned)
            plan = planned["runs"][0]
            marked = plan["planned"]["unchanged"]
            with self.subTest(turn=turn, marked=marked):
                self.assertLessEqual(marked, len(self.arrived(version)),
                                     "marked as delivered and never taken")
            began = time.monotonic()
            code, document = self.world.json("run", "people")
            if process.returncode != -9:
                longest = max(0.2, longest * 0.9)
            elif time.monotonic() - began > longest:
                longest *= 1.1
            self.assertEqual(code, 0, document)
            self.assertEqual(len(self.arrived(version)), RECORDS, f"lost after kill {turn}")
            self.assertEqual(self.inbox.asked("totals")[0]["keyConflicts"], 0)
            self.inbox.asked("requests", "DELETE")
        self.assertGreater(cut_short, KILLS // 2, "most runs were over before they were killed")


if __name__ == "__main__":
    unittest.main()
