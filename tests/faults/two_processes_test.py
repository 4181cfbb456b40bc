#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of two processes at once: one that is stopped for longer than its lease lasts while another
takes over, and two that share the limits of one account. The clocks of both are moved by hand."""
import http.server
import json
import mmap
import os
import random
import signal
import sqlite3
import struct
import threading
import time
import unittest

from cli_world import World, wait_until

CLOCK = os.environ["HEADGATE_CLOCK"]
FAULTS = os.environ["HEADGATE_FAULTS"]
# Longer than a lease, and than slots in flight are left to one that lives and is not heard of.
SLOTS_COME_BACK = 601
IN_FLIGHT = 4  # of the connector


class Clock:
    """What every program of a world sees."""

    def __init__(self, world, stands=False):
        path = os.path.join(world.folder.name, "clock")
        now = (time.time_ns(), time.monotonic_ns()) if stands else (0, 0)
        with open(path, "w+b") as file:
            file.write(struct.pack("=qqq", 0, *now))
            file.flush()
            self.memory = mmap.mmap(file.fileno(), 24)
        world.environment.update(LD_PRELOAD=CLOCK, HEADGATE_CLOCK_FILE=path)
        self.added = 0

    def move(self, seconds):
        """Further from where it is."""
        self.added += int(seconds * 1e9)
        self.memory[:8] = struct.pack("=q", self.added)


class Receiver:
    """Takes every request, and keeps the answer while it is told to."""

    def __init__(self, keeps):
        self.keeps = keeps
        self.free = threading.Semaphore(0)
        self.lock = threading.Lock()
        self.here = 0
        self.most = 0
        self.sent = []  # (key, body) as they came
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.take((self.headers["Idempotency-Key"], body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # one that went away before its answer
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def take(self, request):
        with self.lock:
            self.here += 1
            self.most = max(self.most, self.here)
            self.sent.append(request)
        if self.keeps:
            self.free.acquire()
        with self.lock:
            self.here -= 1

    def let_go(self, answers):
        self.free.release(answers)

    def keep_nothing(self):
        self.keeps = False
        self.let_go(10_000)

    def close(self):
        self.keep_nothing()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def stands_still(process):
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
        return file.read().rsplit(")", 1)[1].split()[0] == "T"


def people(count):
    return [(n, f"p{n}@example.com", f"Person {n}") for n in range(count)]


class ProcessTest(unittest.TestCase):
    def receiver(self, keeps):
        receiver = Receiver(keeps)
        self.addCleanup(receiver.close)
        return receiver

    def world(self, records, receiver, mode="upsert", per_second=1000, url=None):
        world = World(people(records))
        self.addCleanup(world.close)
        world.write("destinations/mail.json",
                    {"id": "destinationaaaaa", "name": "Mail", "connector": "webhook", "secrets": {},
                     "fields": {"url": url or f"http://127.0.0.1:{receiver.port}/hook",
                                "requestsPerSecond": str(per_second)}})
        self.sync = {"object": "record", "mode": mode,
                     "shape": {"kind": "object", "fields": [
                         {"name": "email", "kind": "column", "column": "email"},
                         {"name": "name", "kind": "column", "column": "name"}]},
                     "gates": {"changedShare": 1}}
        world.write_sync(self.sync)
        self.assertEqual(world.run("trust")[0], 0)
        return world

    def ended(self, process):
        """Its exit code and its report."""
        output, errors = process.communicate()
        document = json.loads(output)
        return process.returncode, document["runs"][0] if "runs" in document else document, errors


class AStoppedProcess(ProcessTest):
    """While it stands still its lease ends, its requests are answered, and another one takes over.
    What it does when it goes on."""
    records = 3 * IN_FLIGHT

    def overtaken(self, mode):
        receiver = self.receiver(keeps=True)
        world = self.world(self.records, receiver, mode)
        clock = Clock(world)
        sleeper = world.start("run", "people", "--output=json")
        wait_until(lambda: len(receiver.sent) == IN_FLIGHT, "all that may be is in flight")
        sleeper.send_signal(signal.SIGSTOP)
        self.assertEqual(world.json("run", "people")[0], 6, "a lease that still lasts")
        clock.move(SLOTS_COME_BACK)
        receiver.keep_nothing()
        second = world.json("run", "people")
        self.assertEqual(second[0], 0 if mode == "upsert" else 1, second)
        known, sent = self.known(world), list(receiver.sent)
        sleeper.send_signal(signal.SIGCONT)
        left, report, errors = self.ended(sleeper)
        self.assertEqual((left, report["error"]["code"]), (6, "state.lease.lost"), errors)
        self.assertEqual(receiver.sent, sent, "it sent more")
        self.assertEqual(self.known(world), known, "it settled something")
        self.assertTrue(world.json("state", "verify")[1]["whole"])
        return world, sent, second[1]["runs"][0]

    def known(self, world):
        status = world.json("status")[1]["syncs"][0]
        planned = world.json("plan", "people")[1]["runs"][0]["planned"]
        with sqlite3.connect(self.database(world)) as database:
            records = database.execute(
                "select state, hex(first), hex(body) from record_blocks order by 1, 2")
            batches = database.execute("select * from batches")
            rows = records.fetchall(), batches.fetchall()
        database.close()
        return status["delivered"], status["outstanding"], planned, rows

    def database(self, world):
        return next(path for path, _ in world.files() if path.endswith("/state.db"))

    def test_sends_and_settles_nothing_more_where_all_goes_again(self):
        world, sent, report = self.overtaken("upsert")
        self.assertEqual(report["resumed"], self.records)
        self.assertEqual(len(sent), self.records + IN_FLIGHT)
        self.assertEqual(len(set(sent)), self.records, "a repeat under another key or body")
        self.assertEqual(self.known(world)[2]["unchanged"], self.records)

    def test_sends_and_settles_nothing_more_where_a_repeat_does_harm(self):
        world, sent, report = self.overtaken("append")
        self.assertEqual(len(set(sent)), len(sent))
        held = report["planned"]["held"]
        self.assertGreaterEqual(held, IN_FLIGHT, "these wait for a decision")
        self.assertEqual(self.known(world)[1]["awaiting_decision"], held)
        self.assertEqual(len(sent), self.records - held + IN_FLIGHT)

    def run_that_stops(self, world, at):
        """At an operation of that number, see io_faults_posix.cpp; 0: nowhere."""
        report = os.path.join(world.folder.name, "faults")
        before = dict(world.environment)
        world.environment.update(
            LD_PRELOAD=f"{CLOCK} {FAULTS}", HEADGATE_FAULT_FOLDER=world.home,
            HEADGATE_FAULT_MODE="stop", HEADGATE_FAULT_AT=str(at), HEADGATE_FAULT_REPORT=report,
            HEADGATE_FAULT_TRACE="1")
        process = world.start("run", "people", "--output=json")
        world.environment = before
        return process, report

    def test_stores_no_plan_and_no_end_over_those_of_the_next_run(self):
        """Stopped when its plan is on the disk and not yet in the state."""
        twin = self.world(self.records, self.receiver(keeps=False), "append")
        Clock(twin)
        process, report = self.run_that_stops(twin, 0)
        self.assertEqual(self.ended(process)[0], 0)
        with open(report, encoding="utf-8") as file:
            at = max(int(line.split()[1]) for line in file if line.startswith("saw")
                     and "sync" in line and line.rstrip().endswith(".spool"))

        receiver = self.receiver(keeps=False)
        world = self.world(self.records, receiver, "append")
        clock = Clock(world)
        sleeper, report = self.run_that_stops(world, at)
        wait_until(lambda: stands_still(sleeper), "it stands still")
        clock.move(SLOTS_COME_BACK)
        self.assertEqual(world.json("run", "people")[0], 0)
        known, sent = self.known(world), list(receiver.sent)
        self.assertEqual(len(sent), self.records)
        sleeper.send_signal(signal.SIGCONT)
        left, report, errors = self.ended(sleeper)
        self.assertEqual((left, report["error"]["code"]), (6, "state.lease.lost"), errors)
        self.assertEqual([run["state"] for run in world.json("history", "people")[1]["runs"]],
                         ["succeeded", "interrupted"])
        self.assertEqual(world.json("run", "people")[0], 0)
        self.assertEqual(receiver.sent, sent, "what was appended went again")
        self.assertEqual(self.known(world), known)


class StartedAtOnce(ProcessTest):
    """By a timer, a script and a person, within moments of each other."""
    records = 3 * IN_FLIGHT
    races = 100 if os.environ.get("HEADGATE_TEST_DEEP") else 12
    together = 3

    def test_only_one_of_them_sends(self):
        receiver = self.receiver(keeps=False)
        world = self.world(self.records, receiver)
        chance = random.Random(1)
        shut_out = 0
        for race in range(self.races):
            world.set_rows([(n, f"p{n}@example.com", f"race {race}") for n in range(self.records)])
            receiver.sent.clear()
            processes = []
            for _ in range(self.together):
                processes.append(world.start("run", "people", "--output=json"))
                time.sleep(chance.uniform(0, 0.05))
            ends = [self.ended(process) for process in processes]
            codes = [code for code, _, _ in ends]
            self.assertLessEqual(set(codes), {0, 6}, ends)
            self.assertIn(0, codes, ends)
            shut_out += codes.count(6)
            sent = [json.loads(body)["name"] for _, body in receiver.sent]
            self.assertEqual(sent, [f"race {race}"] * self.records, codes)
        self.assertGreater(shut_out, 0, "they never met")
        self.assertTrue(world.json("state", "verify")[1]["whole"])


class OneAccount(ProcessTest):
    """Two syncs that deliver to one account at once."""
    records = 5 * IN_FLIGHT

    def both(self, world):
        world.write("syncs/others.json",
                    {"id": "syncbbbbbbbbbbbb", "name": "Others", "model": "people",
                     "recordKey": ["id"], "destination": "mail",
                     "matching": {"column": "email", "field": "email"}, **self.sync})
        return [world.start("run", sync, "--output=json") for sync in ("people", "others")]

    def check_ends(self, processes, receiver):
        for process in processes:
            code, report, errors = self.ended(process)
            self.assertEqual((code, report["outcomes"]["successful"]), (0, self.records), errors)
        self.assertEqual(len(receiver.sent), 2 * self.records)

    def test_has_never_more_in_flight_than_it_may(self):
        receiver = self.receiver(keeps=True)
        world = self.world(self.records, receiver)
        processes = self.both(world)
        wait_until(lambda: all("open_plan" in each for each in world.json("status")[1]["syncs"]),
                   "both are delivering")
        wait_until(lambda: receiver.here == IN_FLIGHT, "all slots are taken")
        while any(process.poll() is None for process in processes):
            self.assertLessEqual(receiver.most, IN_FLIGHT)
            if receiver.here:
                receiver.let_go(1)
            time.sleep(0.01)
        self.check_ends(processes, receiver)
        self.assertEqual(receiver.most, IN_FLIGHT)

    def test_never_takes_more_requests_a_second_than_it_may(self):
        per_second = 5
        receiver = self.receiver(keeps=False)
        world = self.world(self.records, receiver, per_second=per_second)
        clock = Clock(world, stands=True)
        processes = self.both(world)
        seconds = 1
        seen = []
        while any(process.poll() is None for process in processes):
            self.assertLessEqual(len(receiver.sent), per_second * seconds)
            seen = (seen + [len(receiver.sent)])[-10:]
            if len(seen) == 10 and len(set(seen)) == 1:
                # Nothing more comes in this second, or it comes in a later one.
                seconds += 1
                clock.move(1.1)
                seen = []
            time.sleep(0.01)
        self.check_ends(processes, receiver)
        self.assertLessEqual(len(receiver.sent), per_second * seconds)


if __name__ == "__main__":
    unittest.main()
