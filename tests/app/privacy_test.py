#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A secret goes to its destination or database and nowhere else: every command, in a state where it
does its work, while those who were told the secrets say them back."""
import itertools
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import unittest
import urllib.parse
import urllib.request
import zlib

from canary import (SECRETS, Database, Destination, Stranger, forms_of, found_in, found_in_file,
                    put_ssh_in, unpacked, ways_to_say)
from cli_world import PROGRAM, SCHEMAS, World

ROWS = [(1, "ann@example.com", "Ann"), (2, "bob@example.com", "Bob"), (3, "cy@example.com", "Cy")]
CONNECTORS = os.path.join(SCHEMAS, "..", "..", "connectors")
FORMS = (("--verbose",), ("--verbose", "--output=json"))
MASK = "\u2022\u2022\u2022"
BY_KEYCHAIN = {"canary/token": "token", "canary/refresh": "refresh"}
BY_VARIABLE = {"CANARY_HEADER": "header", "CANARY_PASSWORD": "password", "CANARY_URL": "inUrl",
               "CANARY_CLIENT": "client", "CANARY_DATABASE": "database"}


def connector(name, account, auth):
    """One record a request, to a URL."""
    operation = {"operation": "upsert", "repeatable": True, "batch": {"records": 1, "bytes": 1000000},
                 "request": {"method": "POST", "path": "/hook", "body": {"kind": "json"}},
                 "answers": "answered"}
    return {"spec": 1, "id": name, "name": name, "documentation": "https://example.org",
            "account": [{"key": "url", "label": "URL", "kind": "url", "required": True},
                        {"key": "user", "label": "User", "identity": False},
                        *({"key": each, "label": each, "secret": True} for each in account)],
            "baseUrl": {"url": "{account.url}"}, "auth": auth, "rate": {"inFlight": 4},
            "answers": {"errorCode": ["/code"], "errorMessage": ["/message"],
                        "retryAfter": [{"header": "Retry-After"}]},
            "answerSets": {"answered": [{"matching": "wholeBatch"}]},
            "objects": [{"id": "record", "label": "Record", "matchAny": True, "freeFields": True,
                         "operations": [operation]}]}


BASIC = connector("basic", ["password", "header", "inUrl"],
                  [{"type": "basic", "user": "{account.user}", "secret": "password"},
                   {"type": "header", "name": "X-Key", "secret": "header"},
                   {"type": "query", "name": "key", "secret": "inUrl"}])
OAUTH = connector("oauth", ["client", "refresh"],
                  [{"type": "oauth2", "tokenUrl": "/token", "clientId": "user", "secret": "client",
                    "refreshToken": "refresh"}])


class Life:
    """One project with every command in its turn, in one form of output."""

    def __init__(self, test, form):
        self.test = test
        self.form = form
        self.done = []
        self.stranger = self.kept(Stranger())
        self.destination = self.kept(Destination(self.stranger))
        self.database = self.kept(Database())
        self.world = self.kept(World(ROWS))
        self.seen_by_ssh = self.path("seen-by-ssh")
        put_ssh_in(self.path("tools"), self.seen_by_ssh)
        os.mkdir(self.path("temporary"))
        environment = self.world.environment
        environment.update({name: SECRETS[secret] for name, secret in BY_VARIABLE.items()})
        environment.update(PATH=self.path("tools") + os.pathsep + environment["PATH"],
                           TMPDIR=self.path("temporary"), QT_LOGGING_RULES="*.debug=true")
        self.write_project()

    def kept(self, what):
        self.test.addCleanup(what.close)
        return what

    def path(self, name):
        return os.path.join(self.world.folder.name, name)

    def write_project(self):
        url = f"http://127.0.0.1:{self.destination.port}"
        write = self.world.write
        write("connectors/basic/spec.json", BASIC)
        write("connectors/oauth/spec.json", OAUTH)
        write("destinations/mail.json",
              {"id": "destinationaaaaa", "connector": "webhook", "fields": {"url": url + "/hook"},
               "secrets": {"token": "keychain:canary/token"}})
        write("destinations/basic.json",
              {"id": "destinationbbbbb", "connector": "basic", "fields": {"url": url, "user": "us"},
               "secrets": {"password": "env:CANARY_PASSWORD", "header": "env:CANARY_HEADER",
                           "inUrl": "env:CANARY_URL"}})
        self.write_oauth("keychain:canary/refresh")
        self.write_sync("people", "a", "mail")
        self.write_sync("basics", "b", "basic")
        self.write_sync("oauths", "c", "oauth")
        self.write_sync("events", "d", "mail", mode="append")
        postgres = {"warehouse": "postgresql", "secrets": {"password": "env:CANARY_DATABASE"}}
        fields = {"host": "127.0.0.1", "port": str(self.database.port), "database": "d", "user": "u",
                  "tls": "disable"}
        write("sources/near.json", {"id": "sourcebbbbbbbbbb", **postgres, "fields": fields})
        write("sources/far.json", {"id": "sourcecccccccccc", **postgres,
                                   "fields": {**fields, "sshHost": "bastion.invalid"}})
        write("models/far.json", {"id": "modelbbbbbbbbbbb", "source": "near", "rowKey": ["id"]})
        write("models/far.sql", "select id, email, name from people\n")
        self.write_sync("refused", "e", "mail", model="far")

    def write_oauth(self, refresh):
        self.world.write("destinations/oauth.json",
                         {"id": "destinationccccc", "connector": "oauth",
                          "fields": {"url": f"http://127.0.0.1:{self.destination.port}",
                                     "user": "me"},
                          "secrets": {"client": "env:CANARY_CLIENT", "refresh": refresh}})

    def write_sync(self, name, letter, destination, **more):
        self.world.write_sync({"id": "sync" + 12 * letter, "name": name, "object": "record",
                               "destination": destination, "gates": {"changedShare": 1}, "shape": {"kind": "object", "fields": [
                                   {"name": each, "kind": "column", "column": each}
                                   for each in ("email", "name")]}, **more},
                              without=["matching"] if "mode" in more else [])
        if name != "people":
            shutil.move(self.path("project/syncs/people.json"), self.path(f"project/syncs/{name}.json"))
            self.write_sync("people", "a", "mail")

    def does(self, *words, code=0, stdin=""):
        """What it said. Nothing of that and nothing that it left holds a secret."""
        self.done.append(list(words))
        got, output, errors = self.world.run(*words, *self.form, stdin=stdin)
        self.test.assertEqual(got, code, (words, output, errors))
        self.nothing_shows(output + errors, words)
        return output + errors

    def nothing_shows(self, said, after):
        self.test.assertEqual(found_in(said.encode()), set(), (after, said))
        self.test.assertEqual(self.left(), {}, after)

    def left(self):
        """Files that hold secrets, and which."""
        found = {path: found_in_file(path, content) for path, content in self.world.files()}
        return {path: names for path, names in found.items() if names}

    def starts_inbox(self):
        """What `headgate inbox` said and kept of a run's requests."""
        self.done.append(["inbox"])
        kept = self.path("requests.jsonl")
        inbox = self.world.start("inbox", "--as=iterable", "--port=0", "--bodies", f"--file={kept}",
                                 *self.form)
        in_json = "--output=json" in self.form
        line = (inbox.stderr if in_json else inbox.stdout).readline()
        while "Standing in" not in line:
            line = inbox.stderr.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+", line).group()
        self.world.environment["TEST_KEY"] = SECRETS["header"]
        self.world.write_destination(url)
        self.world.write_sync({"id": "syncffffffffffff"})
        self.does("run", "people")
        with urllib.request.urlopen(urllib.request.Request(
                f"{url}/.headgate/requests", headers={"X-Headgate-Inbox": "control"})) as answer:
            shown = answer.read().decode()
        inbox.send_signal(signal.SIGINT)
        output, errors = inbox.communicate()
        self.test.assertEqual(inbox.returncode, 0, errors)
        self.nothing_shows(shown + output + errors, "inbox")
        with open(kept, encoding="utf-8") as file:
            return file.read()


class Privacy(unittest.TestCase):
    maxDiff = 4000

    def test_no_command_shows_or_leaves_a_secret(self):
        self.assertIn("HEADGATE_TEST_KEYRING", os.environ, "run under packaging/with-keyring.sh")
        for form in FORMS:
            with self.subTest(form):
                self.check(Life(self, form))

    def check(self, life):
        self.check_setting_up(life)
        self.check_sources(life)
        self.check_delivering(life)
        self.check_moods(life)
        self.check_state(life)
        self.check_end(life)
        self.assertEqual(life.destination.told(), set(SECRETS) - {"database"},
                         "they were not all sent, so nothing is proved")
        self.assertEqual(life.database.told(), {"database"})
        self.assertEqual(life.stranger.heard, [])
        for command in self.commands(life.world):
            self.assertIn(command, [words[:len(command)] for words in life.done])

    @staticmethod
    def commands(world):
        overview = world.run("--help")[1].split("Commands:")[1].split("Options of every")[0]
        return [line.strip().split("  ")[0].split() for line in overview.strip().split("\n")]

    def check_setting_up(self, life):
        life.does("init", life.path("elsewhere"))
        life.does("trust")
        life.does("validate")
        life.does("completion", "bash")
        life.does("connectors", "list")
        life.does("connectors", "check", os.path.join(CONNECTORS, "webhook", "spec.json"))
        for name, secret in BY_KEYCHAIN.items():
            life.does("secret", "set", name, stdin=SECRETS[secret] + "\n")
        self.assertIn("canary/token", life.does("secret", "list"))

    def check_sources(self, life):
        life.does("sources", "list")
        life.does("sources", "test", "shop")
        self.assertIn(MASK, life.does("sources", "test", "near", code=3))
        life.does("sources", "test", "far", code=3)
        life.does("preview", "refused", code=3)
        life.does("run", "refused", code=3)
        with open(life.seen_by_ssh, encoding="utf-8") as file:
            seen = file.read()
        self.assertIn("bastion.invalid", seen)
        self.assertIn("--verbose\n", seen, "the arguments of the program itself")

    def check_delivering(self, life):
        life.does("preview", "people", "--rows")
        life.does("plan", "people")
        self.assertEqual(life.destination.heard, [])
        for sync in ("people", "basics", "oauths"):
            life.does("run", sync, code=1)
            life.does("push", sync, "--key=1")
            life.does("retry", sync, code=1)
            self.assertIn(f"No such key: {MASK}", life.does("rejected", sync))
            _, document = life.world.json("history", sync)
            run = document["runs"][-1]["run"]
            self.assertIn(f"No such key: {MASK}", life.does("history", f"--run={run}"))
            life.does("history", sync)
        life.does("status")

    def check_moods(self, life):
        for mood, codes in (("failing", (1, 1, 1)), ("redirecting", (4, 4, 5))):
            life.world.set_rows([(n, email, f"{name} {mood}") for n, email, name in ROWS])
            for sync, code in zip(("people", "basics", "oauths"), codes):
                life.destination.failures = 2 if mood == "failing" else 0
                life.destination.mood = mood
                before = len(life.destination.heard)
                life.does("run", sync, code=code)
                self.assertGreater(len(life.destination.heard), before)
                life.does("history", sync)
            life.does("status")
        life.destination.mood = "silent"
        life.does("run", "events", code=1)
        life.destination.mood = "usual"
        life.does("resolve", "events", "--delivered")
        life.does("skip", "people", "--key=2", "--always")

    def check_state(self, life):
        archive = life.path("archive.jsonl")
        life.does("state", "show")
        life.does("state", "verify")
        for sync in ("people", "basics", "oauths"):
            life.does("run", sync, code=1)
        life.does("state", "export", archive)
        life.does("purge", "--key=1", "--yes")
        life.does("state", "reset", "people", "--yes")
        life.world.environment["XDG_STATE_HOME"] = life.path("other")
        life.does("trust")
        life.does("state", "import", archive)
        life.does("status")

    def check_end(self, life):
        self.assertIn("Api-Key", life.starts_inbox())
        show = life.world.json("state", "show")[1]
        with open(os.path.join(show["directory"], "state.db"), "r+b") as file:
            file.write(b"no database here")
        life.does("state", "set-aside", "--yes")
        for name in BY_KEYCHAIN:
            life.does("secret", "rm", name)


class Tokens(unittest.TestCase):
    def test_nothing_is_sent_with_a_token_whose_successor_cannot_be_kept(self):
        life = Life(self, FORMS[1])
        life.world.environment["CANARY_REFRESH"] = SECRETS["refresh"]
        life.write_oauth("env:CANARY_REFRESH")
        life.does("trust")
        self.assertIn('"secret.environment"', life.does("run", "oauths", code=2))
        self.assertEqual([request.split(b" ")[1] for request in life.destination.heard], [b"/token"])


class TheSearch(unittest.TestCase):
    """That it finds what it is to find: else it proves nothing."""

    def test_every_form(self):
        for name, secret in SECRETS.items():
            for text in (*ways_to_say(secret), json.dumps(secret).replace("/", "\\/"),
                         json.dumps(secret), json.dumps(secret, ensure_ascii=False)):
                self.assertEqual(found_in(f"x{text}y".encode()), {name}, text)
            self.assertGreaterEqual(len(forms_of(secret)), 10)
        self.assertEqual(found_in(b"canary- canary-0tok"), set())
        packed = (99).to_bytes(4, "big") + zlib.compress(SECRETS["token"].encode())
        self.assertEqual(found_in(packed), set())
        self.assertEqual(found_in(unpacked(packed)), {"token"})

    def test_every_place(self):
        """Rows that are secrets, but no secrets to the program: they are found wherever rows are."""
        life = Life(self, FORMS[0])
        world = life.world
        for name in BY_VARIABLE:
            del world.environment[name]
        world.write("destinations/mail.json",
                    {"id": "destinationaaaaa", "connector": "webhook",
                     "fields": {"url": f"http://127.0.0.1:{life.destination.port}/hook"}})
        self.assertEqual(life.left(), {})
        world.set_rows([(n, f"p{n}@example.com", f"{secret} {refused} {'z' * 700}")
                        for n, (secret, refused) in enumerate(
                            itertools.product(SECRETS.values(), ("", "Bob")))])
        self.assertEqual(world.run("trust")[0], 0)
        self.assertEqual(found_in(world.run("preview", "people", "--limit=100")[1].encode()),
                         set(SECRETS))
        life.destination.mood = "redirecting"
        self.assertEqual(world.run("run", "people")[0], 4)
        left = self.found_by_name(life)
        life.destination.mood = "usual"
        self.assertEqual(world.run("run", "people")[0], 1)
        self.assertEqual(world.run("state", "export", life.path("archive.jsonl"))[0], 0)
        left.update(self.found_by_name(life))
        for name in ("shop.sqlite", "some.spool", "some.accepted", "state.db", "archive.jsonl"):
            self.assertEqual(left.get(name), set(SECRETS), name)

    @staticmethod
    def found_by_name(life):
        return {re.sub(r"[^/]*\.(spool|accepted)$", r"some.\1", os.path.basename(path)): names
                for path, names in life.left().items()}

    def test_children_and_strangers(self):
        life = Life(self, FORMS[0])
        subprocess.run(["ssh", SECRETS["token"]], env={**life.world.environment,
                                                       "X": SECRETS["access"]}, check=False)
        self.assertEqual(life.left(), {life.seen_by_ssh: set(BY_VARIABLE.values()) | {
            "token", "access"}})
        said = urllib.parse.quote(SECRETS["token"], safe="")
        with urllib.request.urlopen(f"http://127.0.0.1:{life.stranger.port}/?{said}"):
            self.assertEqual(life.stranger.told(), {"token"})


if __name__ == "__main__":
    unittest.main()
