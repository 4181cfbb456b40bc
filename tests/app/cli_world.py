# SPDX-License-Identifier: GPL-3.0-or-later
"""A project of its own, a home folder of its own, and the program as a process."""
import json
import os
import re
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

import jsonschema

PROGRAM = os.environ["HEADGATE_PROGRAM"]
SCHEMAS = os.environ["HEADGATE_SCHEMAS"]
CANARY = "canary-7f3a9c1e5b"


def schema_store():
    store = {}
    for name in sorted(os.listdir(SCHEMAS)):
        with open(os.path.join(SCHEMAS, name), encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        store[schema["$id"]] = schema
    return store


STORE = schema_store()


def check_document(document):
    """The document is what the schema of its name says."""
    schema = STORE[f"https://headgate.invalid/schema/output/{document['document']}.schema.json"]
    resolver = jsonschema.RefResolver(schema["$id"], schema, STORE)
    jsonschema.Draft202012Validator(schema, resolver=resolver).validate(document)


class Inbox:
    """headgate inbox as a process."""

    def __init__(self, world, port, *misbehaviours, connector="iterable"):
        options = [f"--misbehave={json.dumps(each)}" for each in misbehaviours]
        self.process = world.start("inbox", f"--as={connector}", f"--port={port}",
                                   *options)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if not found:
            raise AssertionError(f"the inbox did not start: {line}{self.process.stderr.read()}")
        self.url = found.group(0)

    def asked(self, path, method="GET"):
        """What its control pages answer, line by line."""
        request = urllib.request.Request(f"{self.url}/.headgate/{path}", method=method,
                                         headers={"X-Headgate-Inbox": "control"})
        with urllib.request.urlopen(request) as answer:
            return [json.loads(line) for line in answer.read().splitlines()]

    def told(self, path, document):
        """Posts to one of its control pages."""
        request = urllib.request.Request(f"{self.url}/.headgate/{path}", method="POST",
                                         data=json.dumps(document).encode(),
                                         headers={"X-Headgate-Inbox": "control"})
        with urllib.request.urlopen(request):
            pass

    def has_a_delivery(self):
        return any("records" in request for request in self.asked("requests"))

    def close(self):
        """What it printed."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate()[0]


class World:
    """rows: (id, email, name) of the table people, which the sync 'people' delivers."""

    def __init__(self, rows, mode="upsert"):
        self.folder = tempfile.TemporaryDirectory()
        self.home = os.path.join(self.folder.name, "home")
        self.project = os.path.join(self.folder.name, "project")
        os.makedirs(self.home)
        self.environment = {
            "HOME": self.home,
            "XDG_STATE_HOME": os.path.join(self.home, "state"),
            "XDG_CONFIG_HOME": os.path.join(self.home, "config"),
            "PATH": os.environ["PATH"],
            "TEST_KEY": CANARY,
            "LC_ALL": "C.UTF-8",
        }
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "ASAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.inboxes = []
        self.port = "0"
        self.processes = []
        self.write_project(mode)
        self.set_rows(rows)

    def close(self):
        for inbox in self.inboxes:
            inbox.close()
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.folder.cleanup()

    def write(self, path, content):
        full = os.path.join(self.project, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content, indent=2))

    def write_project(self, mode):
        self.write("headgate.json", {"format": 1, "id": "projectaaaaaaaaa", "name": "Test",
                                     "targets": [{"slug": "test", "name": "Test"}]})
        self.write("sources/shop.json", {"id": "sourceaaaaaaaaaa", "name": "Shop",
                                         "warehouse": "sqlite", "fields": {"file": "shop.sqlite"}})
        self.write("models/people.json", {"id": "modelaaaaaaaaaaa", "name": "People",
                                          "source": "shop", "rowKey": ["id"]})
        self.write("models/people.sql", "select id, email, name from people\n")
        self.write_destination("http://127.0.0.1:9")
        self.write_sync({"mode": mode, "deleteBehaviour": "delete"} if mode == "mirror"
                        else {"mode": mode})

    def write_destination(self, url):
        self.write("destinations/mail.json",
                   {"id": "destinationaaaaa", "name": "Mail", "connector": "iterable",
                    "baseUrl": url, "fields": {"project": "Test", "region": "us"},
                    "secrets": {"apiKey": "env:TEST_KEY"}})

    def write_sync(self, changes=None, without=()):
        sync = {"id": "syncaaaaaaaaaaaa", "name": "People", "model": "people",
                "recordKey": ["id"], "destination": "mail", "object": "user",
                "mode": "upsert", "matching": {"column": "email", "field": "email"},
                "shape": {"kind": "object", "fields": [
                    {"name": "name", "kind": "column", "column": "name"}]},
                **(changes or {})}
        for member in without:
            del sync[member]
        self.write("syncs/people.json", sync)

    def set_rows(self, rows):
        with sqlite3.connect(os.path.join(self.project, "shop.sqlite")) as database:
            database.execute("drop table if exists people")
            database.execute("create table people (id integer, email text, name text)")
            database.executemany("insert into people values (?, ?, ?)", rows)
        database.close()

    def inbox(self, *misbehaviours):
        """Starts one, always on the same port, and lets the project deliver to it: an account at
        another address would be another account."""
        inbox = Inbox(self, self.port, *misbehaviours)
        self.port = inbox.url.rsplit(":", 1)[1]
        self.inboxes.append(inbox)
        self.write_destination(inbox.url)
        return inbox

    def close_inbox(self, inbox):
        """What it printed."""
        self.inboxes.remove(inbox)
        return inbox.close()

    def start(self, *words, **more):
        process = subprocess.Popen([PROGRAM, *words], cwd=self.project, env=self.environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, **more)
        self.processes.append(process)
        return process

    def run(self, *words, stdin=""):
        """Exit code, standard output, standard error."""
        done = subprocess.run([PROGRAM, *words], cwd=self.project, env=self.environment,
                              input=stdin, capture_output=True, text=True, timeout=120, check=False)
        return done.returncode, done.stdout, done.stderr

    def json(self, *words, stdin=""):
        """Exit code and the one checked document on standard output."""
        code, output, errors = self.run(*words, "--output=json", stdin=stdin)
        try:
            document = json.loads(output)
        except ValueError as error:
            raise AssertionError(f"{words}: exit {code}, {error}: {output!r} {errors}") from error
        check_document(document)
        return code, document

    def files(self):
        """Every file below the folder, with its bytes."""
        for where, _, names in os.walk(self.folder.name):
            for name in names:
                with open(os.path.join(where, name), "rb") as file:
                    yield os.path.join(where, name), file.read()


def wait_until(condition, what):
    """Waits long: a loaded machine is no failure."""
    for _ in range(1200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"it did not come to pass: {what}")
