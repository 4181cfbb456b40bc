#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a process: each exit code from a real scenario, each JSON document against
its published schema."""
import json
import os
import signal
import sqlite3
import subprocess
import unittest

from cli_world import CANARY, PROGRAM, STORE, World, check_document, wait_until

ANN = (1, "ann@example.com", "Ann")
BOB = (2, "bob@example.com", "Bob")


def people(count):
    return [(n, f"p{n}@example.com", f"Person {n}") for n in range(1, count + 1)]


def interrupt(process, number, times):
    """Signals do not queue: the second one waits until the program says that it has seen the first.
    What it said."""
    process.send_signal(number)
    said = process.stderr.readline()
    for _ in range(times - 1):
        process.send_signal(number)
    return said


class CliTest(unittest.TestCase):
    seen_documents = set()

    def world(self, rows=(ANN, BOB), trusted=True, **options):
        world = World(rows, **options)
        self.addCleanup(world.close)
        if trusted:
            code, _, errors = world.run("trust")
            self.assertEqual(code, 0, errors)
        return world

    def json(self, world, *words, code=0, stdin=""):
        got, document = world.json(*words, stdin=stdin)
        self.assertEqual(got, code, document)
        self.seen_documents.add(document["document"])
        return document


class ExitCodes(CliTest):
    def test_0_when_all_is_accepted_and_when_nothing_has_changed(self):
        world = self.world()
        world.inbox()
        first = self.json(world, "run", "people")["runs"][0]
        self.assertEqual(first["planned"]["added"], 2)
        self.assertEqual(first["outcomes"]["successful"], 2)
        second = self.json(world, "run", "people")["runs"][0]
        self.assertEqual(second["planned"]["unchanged"], 2)
        self.assertEqual(second["planned"]["added"], 0)

    def test_1_when_a_record_is_rejected_unless_that_is_put_up_with(self):
        world = self.world()
        world.inbox({"trouble": "failKeys", "keys": ["bob@example.com"]})
        report = self.json(world, "run", "people", code=1)["runs"][0]
        self.assertEqual(report["outcomes"]["rejected"], 1)
        self.assertEqual(report["outcomes"]["successful"], 1)
        self.json(world, "retry", "people", code=1)
        self.json(world, "retry", "people", "--fail-on=invalid")
        self.json(world, "retry", "people", "--tolerate=50%")
        listed = self.json(world, "rejected", "people")["records"]
        self.assertEqual([record["status"] for record in listed], ["rejected"])

    def test_1_when_a_record_is_invalid(self):
        world = self.world(people(50) + [(51, "p1@example.com", "Twice")])
        world.inbox()
        self.assertEqual(self.json(world, "run", "people", code=1)["runs"][0]["planned"]["invalid"],
                         2)

    def test_2_for_usage_and_configuration(self):
        world = self.world(trusted=False)
        for words in (["run"], ["run", "people", "--all"], ["run", "nobody"], ["runs"],
                      ["run", "people", "--limit=0"], ["run", "people", ""], ["--output=yaml"],
                      ["run", "people", "--limit=1", "--limit=1"], ["history", "--key=1"],
                      ["run", "people"],  # not trusted
                      ["skip", "people", "--key=1"], ["resolve", "people"], ["purge"],
                      ["purge", "--key=1"], ["state", "reset", "people"],
                      ["completion", "tcsh"], ["secret", "set", "a b"],
                      ["connectors", "check", "no-such-file"], ["--project=nowhere", "status"],
                      ["--target=nowhere", "status"]):
            code, output, errors = world.run(*words)
            self.assertEqual((code, output), (2, ""), f"{words} {errors}")
            self.assertIn("Error: ", errors, words)
            document = self.json(world, *words, code=2) if words != ["--output=yaml"] else None
            self.assertTrue(document is None or document["document"] == "error", words)
        self.assertEqual(world.run()[0], 2)
        world.write("syncs/people.json", "{")
        self.assertEqual(world.run("validate")[0], 2)

    def test_3_when_the_source_fails(self):
        world = self.world()
        world.inbox()
        world.write("models/people.sql", "select id, email, name from nothing\n")
        self.assertEqual(self.json(world, "run", "people", code=3)["runs"][0]["error"]["kind"],
                         "source")
        os.remove(os.path.join(world.project, "shop.sqlite"))
        tests = self.json(world, "sources", "test", code=3)["sources"]
        self.assertEqual(tests[0]["error"]["kind"], "source")

    def test_4_when_the_destination_cannot_be_reached(self):
        code, errors = self.run_against("http://127.0.0.1:9")
        self.assertEqual(code, 4, errors)

    def run_against(self, url):
        world = self.world()
        world.write_destination(url)
        code, _, errors = world.run("run", "people")
        return code, errors

    def test_5_when_a_secret_is_missing(self):
        world = self.world()
        world.inbox()
        del world.environment["TEST_KEY"]
        error = self.json(world, "run", "people", code=5)["error"]
        self.assertEqual(error["kind"], "credential")
        self.assertIn("TEST_KEY", error["message"])

    def test_6_when_another_run_is_going_on(self):
        world = self.world()
        inbox = world.inbox({"trouble": "delay", "delay": 60000})
        first = world.start("run", "people")
        wait_until(inbox.has_a_delivery, "the first run's request is in flight")
        self.assertEqual(world.run("run", "people")[0], 6)
        interrupt(first, signal.SIGINT, 2)
        first.communicate()

    def test_7_when_a_gate_stops_the_run_and_the_plan_can_be_confirmed(self):
        world = self.world(people(40))
        world.inbox()
        self.json(world, "run", "people")
        world.set_rows([(n, email, "Changed") for n, email, _ in people(40)])
        report = self.json(world, "run", "people", code=7)["runs"][0]
        self.assertEqual(report["state"], "stopped")
        self.assertEqual(report["outcomes"]["successful"], 0)
        status = self.json(world, "status")["syncs"][0]
        self.assertEqual(status["open_plan"], {"plan": report["plan"], "stopped": True})
        code, output, _ = world.run("status")
        self.assertEqual(code, 0)
        self.assertIn(f"--confirm={report['plan']}", output)
        confirmed = self.json(world, "run", "people", f"--confirm={report['plan']}")["runs"][0]
        self.assertEqual(confirmed["outcomes"]["successful"], 40)

    def test_8_when_the_state_cannot_be_kept(self):
        world = self.world()
        world.inbox()
        blocked = os.path.join(world.home, "file")
        with open(blocked, "w", encoding="utf-8"):
            pass
        world.environment["XDG_STATE_HOME"] = blocked
        self.assertEqual(self.json(world, "run", "people", code=8)["error"]["kind"], "state")

    def test_8_when_the_result_cannot_be_written(self):
        world = self.world()
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE,
                                  env=world.environment, text=True, check=False)
        self.assertEqual(done.returncode, 8)
        self.assertIn("console.output", done.stderr)


class Cancelling(CliTest):
    def interrupted(self, number, times):
        world = self.world()
        inbox = world.inbox({"trouble": "delay", "delay": 5000 if times == 1 else 60000})
        run = world.start("run", "people", "--output=json")
        wait_until(inbox.has_a_delivery, "the request is in flight")
        said = interrupt(run, number, times)
        output, errors = run.communicate()
        return world, inbox, run.returncode, output, said + errors

    def test_130_after_ctrl_c_and_what_was_in_flight_counts(self):
        world, _, code, output, errors = self.interrupted(signal.SIGINT, 1)
        self.assertEqual(code, 130, errors)
        self.assertIn("Stopping", errors)
        self.assertIn('"state": "cancelled"', output)
        self.assertIn('"in_doubt": 0', output)

    def test_143_after_sigterm(self):
        _, _, code, _, errors = self.interrupted(signal.SIGTERM, 1)
        self.assertEqual(code, 143, errors)

    def test_the_second_signal_abandons_and_the_next_run_settles(self):
        world, inbox, code, output, errors = self.interrupted(signal.SIGINT, 2)
        self.assertEqual(code, 130, errors)
        self.assertIn('"in_doubt": 2', output)
        world.close_inbox(inbox)
        world.inbox()
        status = world.json("run", "people")
        self.assertEqual(status[0], 0, status[1])
        self.assertEqual(self.json(world, "status")["syncs"][0]["delivered"], 2)


class Commands(CliTest):
    def test_the_sample_is_made_and_runs(self):
        world = self.world()
        project = os.path.join(world.folder.name, "sample")
        self.json(world, "init", project, "--sample")
        world.environment["HEADGATE_SAMPLE_KEY"] = "anything"
        inbox = world.inbox()
        preview = self.json(world, "preview", "recently-viewed", f"--project={project}",
                            "--limit=1", "--rows")
        self.assertIn("recently_viewed", preview["records"][0]["payload"])
        code, document = world.json("run", "recently-viewed", f"--project={project}",
                                    f"--inbox={inbox.url}")
        self.assertIn(code, (0, 1))
        self.assertGreater(document["runs"][0]["outcomes"]["successful"], 1000)

    def test_init_makes_a_project_that_is_valid(self):
        world = self.world()
        project = os.path.join(world.folder.name, "new")
        self.json(world, "init", project, "--name=New")
        self.assertTrue(self.json(world, "validate", f"--project={project}")["valid"])
        self.json(world, "init", project, code=2)

    def test_a_plan_sends_and_moves_nothing(self):
        world = self.world()
        inbox = world.inbox()
        plan = self.json(world, "plan", "people")["runs"][0]
        self.assertEqual((plan["kind"], plan["planned"]["added"]), ("dry_run", 2))
        self.assertEqual(len(plan["samples"]), 2)
        shown = world.close_inbox(inbox)
        self.assertNotIn("taken", shown)
        world.inbox()
        self.assertEqual(self.json(world, "run", "people")["runs"][0]["planned"]["added"], 2)

    def test_preview_shows_payloads_byte_for_byte(self):
        world = self.world([(1, "ann@example.com", "Ann \u202e\x1b[31m")])
        world.inbox()
        record = self.json(world, "preview", "people")["records"][0]
        self.assertEqual(record["key"], "1")
        self.assertIn("Ann \u202e\\u001b[31m", record["payload"])
        _, output, _ = world.run("preview", "people")
        self.assertNotIn("\x1b", output)
        self.assertNotIn("\u202e", output)

    def test_push_sends_chosen_keys(self):
        world = self.world(people(5))
        world.inbox()
        report = self.json(world, "push", "people", "--keys-from=-", "--key=2",
                           stdin="4\n2\n")["runs"][0]
        self.assertEqual((report["kind"], report["outcomes"]["successful"]), ("push", 2))
        self.json(world, "push", "people", code=2)

    def test_history_names_every_run_and_record(self):
        world = self.world()
        world.inbox({"trouble": "failKeys", "keys": ["bob@example.com"]})
        self.json(world, "run", "people", code=1)
        runs = self.json(world, "history", "people")["runs"]
        self.assertEqual([run["exit_code"] for run in runs], [1])
        records = self.json(world, "history", f"--run={runs[0]['run']}",
                            "--outcome=rejected")["records"]
        self.assertEqual([record["outcome"] for record in records], ["rejected"])
        self.assertIn("Bob", records[0]["payload"])

    def test_skip_release_and_resolve(self):
        world = self.world()
        world.inbox()
        self.json(world, "run", "people")
        self.assertEqual(self.json(world, "skip", "people", "--key=1", "--always")["records"], 1)
        self.assertEqual(len(self.json(world, "rejected", "people")["records"]), 1)
        self.assertEqual(self.json(world, "skip", "people", "--key=1", "--release")["records"], 1)
        self.json(world, "skip", "people", "--key=99", "--release", code=2)
        self.assertEqual(self.json(world, "resolve", "people", "--delivered",
                                   code=2)["error"]["code"], "resolve.none")

    def test_purge_leaves_no_trace(self):
        world = self.world([(1, "ann@example.com", "Annabella Traceless"), BOB], mode="mirror")
        world.inbox()
        self.json(world, "run", "people")
        self.assertGreater(self.json(world, "purge", "--key=1", "--yes")["removed"], 0)
        os.remove(os.path.join(world.project, "shop.sqlite"))
        for path, content in world.files():
            self.assertFalse(b"Annabella Traceless" in content, path)

    def test_state_is_shown_verified_moved_and_reset(self):
        world = self.world()
        world.inbox()
        self.json(world, "run", "people")
        self.assertEqual(self.json(world, "state", "show")["states"][0]["delivered"], 2)
        self.assertTrue(self.json(world, "state", "verify")["whole"])
        file = os.path.join(world.folder.name, "state.jsonl")
        self.json(world, "state", "export", file)
        world.environment["XDG_STATE_HOME"] = os.path.join(world.home, "other")
        self.json(world, "trust")
        self.json(world, "state", "import", file)
        self.assertEqual(self.json(world, "plan", "people")["runs"][0]["planned"]["unchanged"], 2)
        self.json(world, "state", "reset", "people", "--yes")
        self.assertEqual(self.json(world, "plan", "people")["runs"][0]["planned"]["added"], 2)
        self.json(world, "state", "set-aside", "--yes", code=2)
        os.remove(os.path.join(self.json(world, "state", "show")["directory"], "state.db"))
        self.json(world, "state", "set-aside", "--yes")
        self.assertEqual(self.json(world, "state", "show")["states"], [])

    def test_sources_and_connectors(self):
        world = self.world()
        self.assertEqual(self.json(world, "sources", "list")["sources"][0]["warehouse"], "sqlite")
        self.assertIn("SQLite", self.json(world, "sources", "test")["sources"][0]["server"])
        connectors = self.json(world, "connectors", "list")["connectors"]
        self.assertIn("iterable", [each["connector"] for each in connectors])
        world.write("spec.json", '{"spec": 1, "id": "x"}')
        self.assertFalse(self.json(world, "connectors", "check", "spec.json", code=2)["valid"])

    def test_the_inbox_says_where_it_is_before_its_document(self):
        world = self.world()
        inbox = world.start("inbox", "--as=iterable", "--port=0", "--output=json")
        line = inbox.stderr.readline()
        self.assertRegex(line, r"http://127\.0\.0\.1:\d+; ")
        inbox.send_signal(signal.SIGINT)
        document = json.loads(inbox.communicate()[0])
        check_document(document)
        self.assertIn(document["url"] + ";", line)
        self.seen_documents.add(document["document"])

    def test_secrets_go_to_the_keychain_and_come_back(self):
        self.assertIn("HEADGATE_TEST_KEYRING", os.environ, "run under packaging/with-keyring.sh")
        world = self.world()
        world.inbox()
        self.json(world, "secret", "set", "mail/key", stdin=CANARY + "\n")
        self.assertIn("keychain:mail/key", self.json(world, "secret", "list")["secrets"])
        world.write("destinations/mail.json",
                    {"id": "destinationaaaaa", "connector": "iterable",
                     "baseUrl": world.inboxes[0].url, "fields": {"project": "Test", "region": "us"},
                     "secrets": {"apiKey": "keychain:mail/key"}})
        self.json(world, "run", "people")
        self.json(world, "secret", "rm", "mail/key")
        self.json(world, "run", "people", code=5)

    def test_help_of_every_command(self):
        world = self.world()
        overview = self.json(world, "--help")["text"]
        for line in overview.split("Commands:")[1].split("Options of every command:")[0].split("\n"):
            words = line.split("  ")[1].split() if line.startswith("  ") and line[2:3].strip() else []
            if words:
                self.assertIn("Examples:", self.json(world, *words, "--help")["text"], words)
        self.json(world, "--version")
        self.json(world, "completion", "bash")

    def test_only_asked_for_words_on_standard_output(self):
        world = self.world()
        world.inbox()
        code, output, _ = world.run("run", "people", "--quiet", "--verbose")
        self.assertEqual((code, output), (2, ""))
        code, output, errors = world.run("run", "people", "--verbose")
        self.assertEqual(code, 0)
        self.assertNotIn("\x1b", output + errors)
        self.assertNotIn("\r", output + errors)


class Destinations(CliTest):
    def test_files_hold_what_was_delivered_and_nothing_twice(self):
        world = self.world([(1, "ann@example.com", "Ann"), (2, "bob@example.com", "B\u00f6b, \"Jr\"")])
        out = os.path.join(world.project, "out")
        os.mkdir(out)
        world.write("destinations/mail.json",
                    {"id": "destinationaaaaa", "connector": "files",
                     "fields": {"folder": "out", "format": "jsonl"}})
        world.write_sync({"mode": "append", "object": "people", "matching": None})
        broken = self.json(world, "run", "people", code=2)["error"]
        self.assertEqual(broken["code"], "sync.unreadable")
        self.assertIn("syncs/people.json", broken["message"])
        self.assertIn("matching", broken["message"])
        world.write_sync({"mode": "append", "object": "people"}, without=["matching"])
        self.assertEqual(self.json(world, "run", "people")["runs"][0]["outcomes"]["successful"], 2)

        def written():
            return [name for name in os.listdir(out) if not name.startswith(".")]

        (name,) = written()
        with open(os.path.join(out, name), encoding="utf-8") as file:
            self.assertEqual(sorted(json.loads(line)["name"] for line in file),
                             ["Ann", "B\u00f6b, \"Jr\""])
        self.assertEqual(self.json(world, "run", "people")["runs"][0]["planned"]["unchanged"], 2)
        self.assertEqual(written(), [name])
        for missing in os.listdir(out):
            os.remove(os.path.join(out, missing))
        os.rmdir(out)
        world.set_rows([ANN, BOB, (3, "cy@example.com", "Cy")])
        self.assertEqual(self.json(world, "run", "people", code=4)["error"]["code"], "file.missing")

    def test_a_table_follows_its_source(self):
        world = self.world(people(4), mode="mirror")
        crm = os.path.join(world.project, "crm.sqlite")

        def in_table(statement):
            with sqlite3.connect(crm) as database:
                rows = database.execute(statement).fetchall()
            database.close()
            return rows

        in_table("create table people (email text primary key, name text)")
        world.write("destinations/mail.json", {"id": "destinationaaaaa", "connector": "sqlite",
                                               "fields": {"database": "crm.sqlite"}})
        world.write_sync({"mode": "mirror", "deleteBehaviour": "delete", "object": "people",
                          "gates": {"removedShare": 1}})
        self.assertEqual(self.json(world, "run", "people")["runs"][0]["outcomes"]["successful"], 4)
        self.assertEqual(in_table("select email, name from people order by 1"),
                         [(email, name) for _, email, name in people(4)])
        world.set_rows(people(3))
        report = self.json(world, "run", "people")["runs"][0]
        self.assertEqual(report["planned"]["removed"], 1)
        self.assertEqual(in_table("select email from people order by 1"),
                         [(email,) for _, email, _ in people(3)])


class Privacy(CliTest):
    def test_files_of_the_state_are_for_their_owner_only(self):
        world = self.world()
        world.inbox()
        self.json(world, "run", "people")
        for where, folders, names in os.walk(world.environment["XDG_STATE_HOME"]):
            for name in folders + names:
                mode = os.stat(os.path.join(where, name)).st_mode & 0o077
                self.assertEqual(mode, 0, os.path.join(where, name))


def tearDownModule():
    published = {schema_id.rsplit("/", 1)[1].removesuffix(".schema.json") for schema_id in STORE}
    unseen = published - CliTest.seen_documents - {"common"}
    if unseen and not CliTest.partial:
        raise AssertionError(f"no test has seen the documents {sorted(unseen)}")


if __name__ == "__main__":
    import sys
    CliTest.partial = len(sys.argv) > 1
    unittest.main()
