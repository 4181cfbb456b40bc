#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A state that is damaged, too new, read-only or on a full disk, as the command line meets it: what
it says, that nothing is sent, and that nothing begins anew unless somebody has said so."""
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import unittest

import cli_world
from cli_world import World, wait_until

NOBODY = 65534
ROWS = [(1, "ann@example.com", "Ann"), (2, "bob@example.com", "Bob")]
NEED_THE_STATE = (["run", "people"], ["plan", "people"], ["push", "people", "--key=1"],
                  ["retry", "people"], ["status"], ["history", "people"], ["rejected", "people"],
                  ["skip", "people", "--key=1", "--always"], ["resolve", "people", "--delivered"],
                  ["state", "show"], ["state", "verify"], ["state", "reset", "people", "--yes"],
                  ["state", "export", "archive.jsonl"], ["purge", "--key=1", "--yes"])


def no_more_bytes():
    """As on a full disk: files can be made, and nothing can be written to them."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


class StateTest(unittest.TestCase):
    def setUp(self):
        self.world = World(ROWS)
        self.addCleanup(self.world.close)
        self.inbox = self.world.inbox()
        self.assertEqual(self.world.run("trust")[0], 0)
        self.assertEqual(self.world.json("run", "people")[0], 0)
        self.inbox.asked("requests", "DELETE")
        self.database = next(path for path, _ in self.world.files()
                             if os.path.basename(path) == "state.db")
        self.folder = os.path.dirname(self.database)

    def bytes(self):
        with open(self.database, "rb") as file:
            return file.read()

    def damage(self, content):
        for path in (self.database + "-wal", self.database + "-shm"):
            if os.path.exists(path):
                os.remove(path)
        with open(self.database, "wb") as file:
            file.write(content)

    def change(self, statement):
        with sqlite3.connect(self.database) as database:
            database.execute(statement)
        database.close()

    def listed(self):
        return sorted(os.listdir(self.folder))

    def check_refused(self, words, code, *said):
        exit_code, document = self.world.json(*words)
        self.assertEqual(exit_code, 8, document)
        error = document.get("error") or document["runs"][0]["error"]
        self.assertEqual((error["kind"], error["code"]), ("state", code), error)
        for each in said:
            self.assertIn(each, error["message"], words)
        self.assertIn(self.folder, error["message"], words)
        self.assertIn(self.folder, "".join(self.world.run(*words)[1:]).replace("\n", ""), words)

    def check_all_refused(self, code, *said):
        before = self.bytes()
        for words in NEED_THE_STATE:
            self.check_refused(words, code, *said)
            self.assertEqual(self.bytes(), before, words)
        self.assertFalse(self.inbox.has_a_delivery())
        self.assertFalse(os.path.exists(os.path.join(self.world.project, "archive.jsonl")))

    def check_set_aside(self):
        """Only with consent; nothing is deleted, and the next run counts every record as new."""
        before = self.bytes()
        code, document = self.world.json("state", "set-aside")
        self.assertEqual((code, document["error"]["code"]), (2, "usage.yes"))
        self.assertEqual(self.bytes(), before)
        code, document = self.world.json("state", "set-aside", "--yes")
        self.assertEqual(code, 0, document)
        with open(document["file"], "rb") as file:
            self.assertEqual(len(file.read()), len(before))
        self.assertEqual(self.world.json("plan", "people")[1]["runs"][0]["planned"]["added"], 2)
        code, document = self.world.json("run", "people")
        self.assertEqual((code, document["runs"][0]["outcomes"]["successful"]), (0, 2), document)
        self.assertTrue(self.world.json("state", "verify")[1]["whole"])
        run = document["runs"][0]["run"]
        kept = self.world.json("history", f"--run={run}")[1]["records"]
        self.assertEqual(sorted(record["key"] for record in kept), ["1", "2"],
                         "the log of another database's run was taken for this one's")
        self.assertEqual(self.world.json("purge", "--key=1", "--yes")[1]["error"]["code"],
                         "state.purge.set_aside")

    def test_a_whole_state_is_not_set_aside(self):
        code, document = self.world.json("state", "set-aside", "--yes")
        self.assertEqual((code, document["error"]["code"]), (2, "state.whole"))
        self.assertEqual(self.world.json("plan", "people")[1]["runs"][0]["planned"]["unchanged"], 2)

    def test_damaged(self):
        whole = self.bytes()
        for damage in (b"", whole[:100], whole[:4096], whole[:-4096], b"\0" * len(whole),
                       b"x" * 4096 + whole[4096:]):
            with self.subTest(len(damage)):
                self.damage(damage)
                self.check_refused(["run", "people"], "state.corrupt", "set-aside", "backup")
        self.check_all_refused("state.corrupt", "set-aside", "backup")
        self.check_set_aside()

    def test_damaged_inside(self):
        """A page that a start does not read: it is found where it is read."""
        self.change("update record_blocks set body = substr(body, 1, 3)")
        self.check_refused(["plan", "people"], "state.corrupt", "set-aside")
        self.check_refused(["run", "people"], "state.corrupt", "set-aside")
        self.assertFalse(self.inbox.has_a_delivery())
        code, document = self.world.json("state", "verify")
        self.assertEqual((code, document["whole"]), (8, False))
        self.assertNotEqual(document["findings"], [])
        self.check_set_aside()

    def test_gone(self):
        os.remove(self.database)
        before = self.listed()
        self.check_refused(["run", "people"], "state.corrupt", "set-aside", "backup")
        self.check_refused(["state", "verify"], "state.corrupt")
        self.assertEqual(self.listed(), before, "it was made anew")
        self.assertFalse(self.inbox.has_a_delivery())

    def test_too_new(self):
        self.change("pragma user_version = 99")
        self.check_all_refused("state.too_new", "newer version", "set-aside")
        self.check_set_aside()

    def test_full_disk(self):
        """Afterwards nothing is missing and nothing goes twice."""
        before = self.bytes()
        self.world.set_rows(ROWS + [(3, "cy@example.com", "Cy")])
        self.world.run = self.runner({"preexec_fn": no_more_bytes})
        for words in (["run", "people"], ["skip", "people", "--key=1", "--always"],
                      ["purge", "--key=1", "--yes"], ["state", "reset", "people", "--yes"]):
            self.check_refused(words, "state.disk_full", "Free some space")
        for words in (["state", "set-aside", "--yes"], ["state", "verify"]):
            self.check_refused(words, "state.disk_full", "Free some space")
        del self.world.run
        self.assertFalse(self.inbox.has_a_delivery())
        self.assertEqual(self.bytes(), before)
        report = self.world.json("run", "people")[1]["runs"][0]
        self.assertEqual((report["planned"]["unchanged"], report["outcomes"]["successful"]), (2, 1))

    def runner(self, options, program=cli_world.PROGRAM):
        def run(*words, stdin=""):
            done = subprocess.run([program, *words], cwd=self.world.project, input=stdin,
                                  env=self.world.environment, capture_output=True, text=True,
                                  timeout=120, check=False, **options)
            return done.returncode, done.stdout, done.stderr
        return run

    def as_ordinary_user(self):
        """Root may write everywhere."""
        if os.geteuid() != 0:
            return
        program = os.path.join(self.world.folder.name, "headgate")
        shutil.copy(cli_world.PROGRAM, program)
        os.chmod(program, 0o755)
        for where, folders, names in os.walk(self.world.folder.name):
            for name in [where] + [os.path.join(where, each) for each in folders + names]:
                os.chown(name, NOBODY, NOBODY)

        self.world.run = self.runner(
            {"user": NOBODY, "group": NOBODY, "extra_groups": []}, program)

    def close_to_writers(self, *paths):
        for path in paths:
            mode = os.stat(path).st_mode
            os.chmod(path, mode & ~0o222)
            self.addCleanup(os.chmod, path, mode)

    def check_read_only(self):
        before = self.listed()
        for words in (["run", "people"], ["skip", "people", "--key=1", "--always"],
                      ["purge", "--key=1", "--yes"], ["state", "reset", "people", "--yes"]):
            self.check_refused(words, "state.read_only", "cannot be written")
        code, document = self.world.json("state", "verify")
        self.assertTrue(document.get("whole") or document["error"]["code"] == "state.read_only",
                        document)
        code, document = self.world.json("state", "set-aside", "--yes")
        self.assertIn(document["error"]["code"], ("state.whole", "state.read_only"))
        self.assertEqual([name for name in self.listed() if not name.startswith("state.db-")],
                         before)
        self.assertFalse(self.inbox.has_a_delivery())

    def test_read_only_database(self):
        self.as_ordinary_user()
        self.close_to_writers(self.database)
        self.check_read_only()

    def test_read_only_folder(self):
        self.as_ordinary_user()
        self.close_to_writers(self.database, self.folder)
        self.check_read_only()

    def test_a_log_that_is_cut(self):
        """What was committed last may be lost with it. Nothing counts as delivered that was not
        sent, and the state opens or says why not."""
        self.world.set_rows([(n, f"p{n}@example.com", "new") for n in range(1, 9)])
        self.inbox.told("misbehaviours", {"trouble": "delay", "delay": 600_000})
        run = self.world.start("run", "people")
        wait_until(self.inbox.has_a_delivery, "it is sending")
        run.kill()
        run.communicate()
        self.inbox.asked("misbehaviours", "DELETE")
        saved = self.world.home + ".saved"
        shutil.copytree(self.world.home, saved)
        size = os.path.getsize(self.database + "-wal")
        self.assertGreater(size, 4096)
        for length in (0, 1, 31, 32, 33, size // 3, size // 2, size - 4000, size - 1):
            with self.subTest(length):
                shutil.rmtree(self.world.home)
                shutil.copytree(saved, self.world.home)
                os.truncate(self.database + "-wal", length)
                self.inbox.asked("requests", "DELETE")
                planned = self.world.json("plan", "people")[1]["runs"][0]["planned"]
                self.assertEqual(planned["unchanged"], 0)
                code, document = self.world.json("state", "verify")
                self.assertIn(code, (0, 8), document)
                code, document = self.world.json("run", "people")
                self.assertEqual(code, 0, document)
                self.assertTrue(self.world.json("state", "verify")[1]["whole"])
                held = self.inbox.asked("applied?object=user")[0]["records"]
                self.assertTrue(all(held[f"p{n}@example.com"]["payload"] == {"name": "new"}
                                    for n in range(1, 9)))


class Purge(unittest.TestCase):
    """Of a person whose run was killed: at some request, with answers that were stored and some
    that were not."""
    PERSON = "Annabella Traceless"
    EMAIL = "traceless@example.com"

    def world(self, mode):
        world = World([(n, f"p{n}@example.com", f"Name {n}") for n in range(1, 5)] +
                      [(5, self.EMAIL, self.PERSON)], mode=mode)
        self.addCleanup(world.close)
        world.inbox()
        self.assertEqual(world.run("trust")[0], 0)
        return world

    def traces(self, world):
        """Files of the home folder that name the person."""
        return [path for path, content in world.files() if path.startswith(world.home) and
                (self.PERSON.encode() in content or self.EMAIL.encode() in content)]

    def killed_run(self, world, skip):
        inbox = world.inboxes[0]
        inbox.told("misbehaviours", {"trouble": "delay", "delay": 600_000, "skip": skip})
        before = len(inbox.asked("requests"))
        run = world.start("run", "people")
        wait_until(lambda: sum("records" in request for request in
                               inbox.asked("requests")[before:]) > skip, "it is sending")
        run.kill()
        run.communicate()
        inbox.asked("misbehaviours", "DELETE")

    def check_purged(self, world):
        code, document = world.json("purge", "--key=5", "--yes")
        self.assertEqual(code, 0, document)
        self.assertEqual(self.traces(world), [])

    def test_while_a_run_is_going_on_is_refused(self):
        world = self.world("upsert")
        inbox = world.inboxes[0]
        inbox.told("misbehaviours", {"trouble": "delay", "delay": 600_000})
        run = world.start("run", "people")
        wait_until(inbox.has_a_delivery, "it is sending")
        code, document = world.json("purge", "--key=5", "--yes")
        self.assertEqual((code, document["error"]["code"]), (6, "state.lease.held"))
        run.kill()
        run.communicate()

    def test_after_a_kill_with_an_open_plan(self):
        for mode in ("upsert", "mirror"):
            with self.subTest(mode):
                world = self.world(mode)
                self.killed_run(world, 0)
                self.assertNotEqual(self.traces(world), [])
                code, document = world.json("purge", "--key=5", "--yes")
                if code != 0:
                    # What may have been sent is settled first, under the key it was sent with.
                    self.assertEqual((code, document["error"]["code"]), (8, "state.purge.unsettled"))
                    self.assertEqual(world.json("run", "people")[0], 0)
                self.check_purged(world)
                self.assertEqual(world.json("run", "people")[0], 0)
                self.assertEqual(self.traces(world), [])
                self.assertTrue(world.json("state", "verify")[1]["whole"])

    def test_after_runs_that_changed_rejected_and_removed(self):
        world = self.world("mirror")
        inbox = world.inboxes[0]
        self.assertEqual(world.json("run", "people")[0], 0)
        inbox.told("misbehaviours", {"trouble": "failKeys", "keys": [self.EMAIL]})
        world.write_sync({"mode": "mirror", "deleteBehaviour": "delete",
                          "gates": {"changedShare": 1, "removedShare": 1}})
        rows = [(n, f"p{n}@example.com", f"Other {n}") for n in range(1, 5)]
        world.set_rows(rows + [(5, self.EMAIL, "Mrs " + self.PERSON)])
        self.assertEqual(world.json("run", "people")[0], 1)
        world.json("history", "people")
        self.assertEqual(world.json("skip", "people", "--key=5", "--always")[0], 0)
        self.assertNotEqual(self.traces(world), [])
        self.check_purged(world)
        world.set_rows(rows + [(5, self.EMAIL, self.PERSON)])
        inbox.asked("misbehaviours", "DELETE")
        inbox.asked("requests", "DELETE")
        self.assertEqual(world.json("run", "people")[0], 0)
        self.assertEqual(self.traces(world), [], "it came back with the next run")
        for request in inbox.asked("requests"):
            self.assertNotIn(self.EMAIL, json.dumps(request), "it was sent again")


if __name__ == "__main__":
    unittest.main()
