# SPDX-License-Identifier: GPL-3.0-or-later
"""What the measurements need around them: tables, a project, processes that are watched, a sink."""
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE = os.path.dirname(os.path.abspath(__file__))
MEMORY_LIMIT = 150 << 20
FLAT, MILLION, TEN_MILLION = 100_000, 1_000_000, 10_000_000

ROWS = """create table {table} as select i as id,
    'customer' || i || '@example.com' as email,
    (array['Margarete','Ann','Bo','Christopher','Dilara','Emil','Zoë','Ludmila'])[1 + (i % 8)::int]
        as first_name,
    initcap(left(translate(md5(i::text), '0123456789', 'ghijklmnop'), 9)) as last_name,
    (array['Neustadt an der Aisch','Lyon','Rotterdam','Graz','Brno','Cambridge'])[1 + (i % 6)::int]
        as city,
    (array['DE','FR','NL','AT','CZ','GB'])[1 + (i % 6)::int] as country,
    (array['free','business','enterprise'])[1 + (i % 3)::int] as plan,
    (i * 7919 % 500)::integer as orders,
    ((i * 104729 % 10000000) / 100.0)::numeric(12,2) as revenue,
    timestamptz '2026-01-01 00:00:00Z' + (i * 15485863 % 28000000) * interval '1 second'
        as last_seen
from generate_series(1::bigint, {count}) i order by md5(i::text)"""
CHILDREN = """create table {table} as select i as id, (i % {keys} + 1)::bigint as customer,
    'product ' || (i * 31 % 1000) as name, ((i * 7919 % 50000) / 100.0)::numeric(10,2) as price,
    timestamptz '2026-01-01 00:00:00Z' + (i * 15485863 % 28000000) * interval '1 second'
        as viewed_at
from generate_series(1::bigint, {count}) i order by md5(i::text)"""


def column(name, source=None):
    return {"name": name, "kind": "column", "column": source or name}


def group(name, *fields):
    return {"name": name, "kind": "object", "fields": list(fields)}


FLAT_SHAPE = {"kind": "object", "fields": [
    column("record", "id"), column("email"),
    group("name", column("first", "first_name"), column("last", "last_name")),
    group("address", column("city"), column("country")),
    group("usage", column("plan"), column("orders"), column("revenue"), column("last_seen"))]}
LIST_SHAPE = {"kind": "object", "fields": [
    column("record", "customer"),
    {"name": "items", "kind": "list", "form": "dictionaries",
     "sortBy": [{"column": "viewed_at", "descending": True}],
     "element": [column("name"), column("price"), column("viewed_at")]}]}


class Failed(Exception):
    """What was measured did not do its work, so its time says nothing."""


@dataclasses.dataclass
class Usage:
    """Of one process: seconds by the clock and of the processor, peak resident MiB."""
    wall: float
    cpu: float
    peak: float
    code: int
    output: str
    errors: str


def measured(words, environment=None, folder=None, group_folder=None):
    """Runs a process to its end. group_folder: a control group that limits its memory."""
    if group_folder:
        words = ["sh", "-c", 'echo $$ >"$0/cgroup.procs" && exec "$@"', group_folder, *words]
    with tempfile.TemporaryFile("w+") as errors:
        began = time.monotonic()
        process = subprocess.Popen(words, env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=errors, text=True)
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        errors.seek(0)
        return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
                     process.returncode, output, errors.read())


def done(words, environment=None, folder=None, group_folder=None):
    usage = measured(words, environment, folder, group_folder)
    if usage.code != 0:
        raise Failed(f"{' '.join(words)}: exit {usage.code}: {usage.output[-1000:]} "
                     f"{usage.errors[-1000:]}")
    return usage


class MemoryLimit:
    """A control group of MEMORY_LIMIT bytes, where this system lets us have one."""

    def __init__(self):
        self.folder = None
        for parent, name in (("/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
                             ("/sys/fs/cgroup", "memory.max")):
            folder = os.path.join(parent, f"headgate-bench-{os.getpid()}")
            try:
                os.mkdir(folder)
                with open(os.path.join(folder, name), "w", encoding="ascii") as file:
                    file.write(str(MEMORY_LIMIT))
                self.folder = folder
                return
            except OSError:
                if os.path.isdir(folder):
                    os.rmdir(folder)

    def close(self):
        if self.folder:
            os.rmdir(self.folder)


class Sink:
    """bench_sink as a process."""

    def __init__(self, world, delay=0, save=None):
        options = [f"--port={world.port}", f"--delay-ms={delay}"]
        if save:
            options.append(f"--save={save}")
        self.process = subprocess.Popen([world.program("bench_sink"), *options],
                                        stdout=subprocess.PIPE, text=True)
        world.port = int(self.process.stdout.readline().split()[1])
        self.port = world.port

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.close()

    def totals(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/totals") as answer:
            return json.load(answer)

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        return json.loads(self.process.communicate()[0])


class World:
    """A scratch folder with the project, and the throw-away PostgreSQL of packaging/servers.sh."""

    def __init__(self, folder, build):
        self.folder = folder
        self.build = build
        self.project = os.path.join(folder, "project")
        self.port = 0
        self.states = 0
        self.flat_seconds = None  # of the first full load, once it was measured
        self.memory = MemoryLimit()
        self.server = {key: os.environ[f"HEADGATE_TEST_PG_{key}"]
                       for key in ("HOST", "PORT", "USER", "PASSWORD", "DATABASE")}
        self.dsn = os.environ["HEADGATE_TEST_PG"]
        for name in ("project", "states"):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
        os.makedirs(self.project)
        with Sink(self):
            self.write_project()

    def close(self):
        self.memory.close()
        shutil.rmtree(os.path.join(self.folder, "states"), ignore_errors=True)

    def program(self, name):
        return os.path.join(self.build, "bin", name)

    def psql(self, command):
        return done(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-At", "-d", self.dsn, "-c",
                     command])

    def fill(self, table, statement, **values):
        """Fills a table that is not there yet; its name says what is in it."""
        if self.psql(f"select to_regclass('{table}') is not null").output.strip() == "t":
            return
        print(f"filling {table}", flush=True)
        self.psql(statement.format(table=table, **values))
        self.psql(f"vacuum analyze {table}")

    def fill_tables(self, ten_million):
        self.fill("rows_flat", ROWS, count=FLAT)
        self.fill("rows_million", ROWS, count=MILLION)
        self.fill("rows_children", CHILDREN, count=MILLION, keys=FLAT)
        self.fill("rows_one", CHILDREN, count=FLAT, keys=1)
        if ten_million:
            self.fill("rows_ten_million", ROWS, count=TEN_MILLION)

    def write(self, path, content):
        full = os.path.join(self.project, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content, indent=2))

    def write_connector(self):
        """The webhook as it is shipped, but with eight requests in flight and large bodies."""
        with open(os.path.join(TOP, "resources/connectors/webhook/spec.json"),
                  encoding="utf-8") as file:
            spec = json.load(file)
        spec["id"] = "bench"
        spec["rate"]["inFlight"] = 8
        for kind in spec["objects"]:
            for operation in kind["operations"]:
                operation["batch"]["bytes"] = 32_000_000
        self.write("connectors/bench/spec.json", spec)

    def write_project(self):
        ids = iter("abcdefghijklmnopqrstuvwxyz")

        def identity():
            return next(ids) * 16

        self.write("headgate.json", {"format": 1, "id": identity(), "name": "Bench",
                                     "targets": [{"slug": "bench", "name": "Bench"}]})
        self.write("sources/shop.json", {
            "id": identity(), "name": "Shop", "warehouse": "postgresql",
            "fields": {"host": self.server["HOST"], "port": self.server["PORT"],
                       "database": self.server["DATABASE"], "user": self.server["USER"]},
            "secrets": {"password": "env:BENCH_PASSWORD"}})
        self.write_connector()
        for name, batch in (("thousand", 1000), ("hundred", 100)):
            self.write(f"destinations/{name}.json", {
                "id": identity(), "name": name, "connector": "bench",
                "fields": {"url": f"http://127.0.0.1:{self.port}/hook", "batchSize": str(batch),
                           "requestsPerSecond": "1000000"}, "secrets": {}})
        for sync, table, destination, kind in (
                ("flat", "rows_flat", "thousand", "batch"),
                ("slow", "rows_flat", "hundred", "batch"),
                ("single", "rows_flat", "thousand", "record"),
                ("million", "rows_million", "thousand", "batch"),
                ("ten", "rows_ten_million", "thousand", "batch")):
            self.write_sync(sync, table, destination, kind, identity, ["id"], ["id"], FLAT_SHAPE)
        for sync, table in (("children", "rows_children"), ("one", "rows_one")):
            self.write_sync(sync, table, "thousand", "batch", identity, ["id"], ["customer"],
                            LIST_SHAPE)

    def write_sync(self, sync, table, destination, kind, identity, row_key, record_key, shape):
        self.write(f"models/{sync}.json", {"id": identity(), "name": sync, "source": "shop",
                                           "rowKey": row_key})
        self.write(f"models/{sync}.sql", f"select * from {table}\n")
        self.write(f"syncs/{sync}.json", {
            "id": identity(), "name": sync, "model": sync, "recordKey": record_key,
            "destination": destination, "object": kind, "mode": "upsert",
            "matching": {"column": record_key[0], "field": "record"}, "shape": shape})

    def new_state(self):
        """The environment of a user who has never run anything; trusts the project."""
        self.states += 1
        home = os.path.join(self.folder, "states", str(self.states))
        os.makedirs(home)
        environment = {"HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                       "XDG_STATE_HOME": os.path.join(home, "state"),
                       "XDG_CONFIG_HOME": os.path.join(home, "config"),
                       "BENCH_PASSWORD": self.server["PASSWORD"]}
        done([self.program("headgate"), "trust"], environment, self.project)
        return environment

    def drop_state(self, environment):
        shutil.rmtree(environment["HOME"])

    def run(self, sync, environment, limited=False):
        """headgate run: what it used, and its report."""
        usage = done([self.program("headgate"), "run", sync, "--output=json", "--no-input",
                      "--quiet"], environment, self.project,
                     self.memory.folder if limited else None)
        return usage, json.loads(usage.output)["runs"][0]
