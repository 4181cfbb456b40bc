#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults of the network and of the warehouse that only a whole run can show: what a redirect or a
proxy gets to see, and columns that change between two runs."""
import json
import os
import socket
import sqlite3
import threading
import time
import unittest

from cli_world import CANARY, World, wait_until
from two_processes_test import IN_FLIGHT, SLOTS_COME_BACK, Clock, ProcessTest, Receiver

ROWS = [(1, "ann@example.com", "Ann"), (2, "bob@example.com", "Bob")]


class Listener:
    """Keeps every byte that comes, and answers each connection's first request with one text."""

    def __init__(self, answer=b""):
        self.answer = answer
        self.heard = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        while True:
            connection, _ = self.socket.accept()
            with connection:
                try:
                    said = connection.recv(1 << 20)
                    if said == b"end":
                        return
                    self.heard.append(said)
                    connection.sendall(self.answer)
                except ConnectionError:
                    self.heard.append(b"reset")

    def close(self):
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(b"end")
        self.thread.join()
        self.socket.close()


class Network(unittest.TestCase):
    def listener(self, answer=b""):
        listener = Listener(answer)
        self.addCleanup(listener.close)
        return listener

    def world(self, url):
        world = World(ROWS)
        self.addCleanup(world.close)
        world.write("destinations/mail.json",
                    {"id": "destinationaaaaa", "name": "Hook", "connector": "webhook",
                     "fields": {"url": url}, "secrets": {"token": "env:TEST_KEY"}})
        world.write_sync({"object": "record"})
        self.assertEqual(world.run("trust")[0], 0)
        return world

    def report(self, world):
        """Of a run whose pauses are cut short."""
        clock = Clock(world)
        run = world.start("run", "people", "--output=json")
        while run.poll() is None:
            time.sleep(0.02)
            clock.move(1)
        output, errors = run.communicate()
        code, document = run.returncode, json.loads(output)
        self.assertNotEqual(code, 0, document)
        self.assertNotIn(CANARY, output + errors)
        for path, content in world.files():
            self.assertNotIn(CANARY.encode(), content, path)
        return code, document["runs"][0]

    def test_h01_a_refused_connection_leaves_everything_pending(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        code, report = self.report(self.world(f"http://127.0.0.1:{port}/"))
        self.assertEqual(code, 4)
        outcomes = report["outcomes"]
        self.assertEqual((outcomes["pending"], outcomes["in_doubt"]), (2, 0), report)

    def test_h12_a_redirect_takes_nothing_to_another_host(self):
        foreign = self.listener(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        for status in (301, 302, 303, 307, 308):
            for target in (f"http://127.0.0.1:{foreign.port}/", f"//127.0.0.1:{foreign.port}/",
                           f"http://localhost:{foreign.port}/", f"http://[::1]:{foreign.port}/",
                           f"http://u:p@127.0.0.1:{foreign.port}/"):
                with self.subTest(f"{status} {target}"):
                    first = self.listener(f"HTTP/1.1 {status} Moved\r\nLocation: {target}\r\n"
                                          "Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
                    _, report = self.report(self.world(f"http://127.0.0.1:{first.port}/"))
                    self.assertEqual(report["outcomes"]["successful"], 0)
                    self.assertTrue(first.heard)
        self.assertEqual(foreign.heard, [])

    def test_h17_a_proxy_sees_the_host_and_no_more(self):
        refusal = (b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                   b"Proxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")
        for answer in (refusal, b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", b"",
                       b"HTTP/1.1 200 Connection established\r\n\r\n"):
            with self.subTest(answer):
                proxy = self.listener(answer)
                world = self.world("https://hook.invalid/x")
                world.environment.update(https_proxy=f"http://127.0.0.1:{proxy.port}",
                                         HTTP_PROXY=f"http://127.0.0.1:{proxy.port}")
                code, report = self.report(world)
                self.assertEqual(code, 4, report)
                self.assertEqual(report["outcomes"]["pending"], 2, "nothing can have been sent")
                self.assertTrue(proxy.heard)
                for heard in proxy.heard:
                    self.assertTrue(heard.startswith(b"CONNECT hook.invalid:443 "), heard)
                    for ours in (CANARY, "Bearer", "ann@", "Ann", "Idempotency"):
                        self.assertNotIn(ours.encode(), heard)

    def test_h17_a_proxy_of_the_environment_gets_nothing_for_this_machine(self):
        proxy = self.listener()
        here = self.listener(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        world = self.world(f"http://127.0.0.1:{here.port}/")
        for name in ("http_proxy", "https_proxy", "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
            world.environment[name] = f"http://127.0.0.1:{proxy.port}"
        self.assertEqual(world.json("run", "people")[0], 0)
        self.assertEqual((len(here.heard), proxy.heard), (2, []))


class Link:
    """Between the program and a server: forwards what comes, until it goes down. Then nothing gets
    through any more in the directions that are down, and nobody is told."""

    def __init__(self, port):
        self.target = port
        self.down = ()
        self.open = []
        self.lock = threading.Lock()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.threads = [threading.Thread(target=self.serve)]
        self.threads[0].start()

    def serve(self):
        while True:
            connection, _ = self.socket.accept()
            with self.lock:
                if self.open is None:
                    connection.close()
                    return
                far = socket.create_connection(("127.0.0.1", self.target))
                self.open += [connection, far]
                for direction, (here, there) in (("there", (connection, far)),
                                                 ("back", (far, connection))):
                    self.threads.append(threading.Thread(target=self.forward,
                                                         args=(direction, here, there)))
                    self.threads[-1].start()

    def forward(self, direction, here, there):
        try:
            while said := here.recv(1 << 16):
                if direction not in self.down:
                    there.sendall(said)
            if direction not in self.down:
                there.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def goes_down(self, *directions):
        self.down = directions

    def comes_back(self):
        """What was on its way is gone; so are the connections."""
        with self.lock:
            for each in self.open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
            self.open = []
        self.down = ()

    def close(self):
        self.comes_back()
        with self.lock:
            self.open = None
        socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self.threads:
            thread.join()
        self.socket.close()


class LinkThatGoesDown(ProcessTest):
    """In the middle of a run, with requests on their way, and for good."""
    records = 5 * IN_FLIGHT

    def check(self, mode, directions):
        receiver = self.receiver(keeps=True)
        link = Link(receiver.port)
        self.addCleanup(link.close)
        world = self.world(self.records, receiver, mode, url=f"http://127.0.0.1:{link.port}/hook")
        clock = Clock(world)
        run = world.start("run", "people", "--output=json")
        wait_until(lambda: receiver.here == IN_FLIGHT, "all that may be is in flight")
        receiver.let_go(IN_FLIGHT)
        wait_until(lambda: receiver.here == IN_FLIGHT and len(receiver.sent) == 2 * IN_FLIGHT,
                   "the next ones are in flight")
        link.goes_down(*directions)
        receiver.keep_nothing()
        while run.poll() is None:
            time.sleep(0.02)
            clock.move(5)
        code, report, errors = self.ended(run)
        self.assertIn(code, (1, 4), errors)
        outcomes = report["outcomes"]
        # What was on its way back may still arrive.
        self.assertGreaterEqual(outcomes["successful"], IN_FLIGHT, report)
        self.assertLessEqual(outcomes["successful"],
                             IN_FLIGHT if "back" in directions else 2 * IN_FLIGHT, report)
        self.assertGreaterEqual(outcomes["in_doubt"], IN_FLIGHT, report)
        self.assertEqual(sum(outcomes.values()), self.records)
        link.comes_back()
        clock.move(SLOTS_COME_BACK)
        code, document = world.json("run", "people")
        emails = [json.loads(body)["email"] for _, body in receiver.sent]
        if mode == "append":
            self.assertEqual(code, 1, document)
            self.assertEqual(len(emails), len(set(emails)), "an append was repeated")
        else:
            self.assertEqual(code, 0, document)
            self.assertEqual(len(set(emails)), self.records)
            self.assertEqual(len(set(receiver.sent)), self.records, "under another key or body")
        self.assertEqual(world.json("state", "verify")[1]["findings"], [])

    def test_h19_upsert(self):
        for directions in (("there", "back"), ("back",), ("there",)):
            with self.subTest(directions):
                self.check("upsert", directions)

    def test_h19_append(self):
        for directions in (("there", "back"), ("back",), ("there",)):
            with self.subTest(directions):
                self.check("append", directions)


class Warehouse(unittest.TestCase):
    def setUp(self):
        self.world = World(ROWS, mode="mirror")
        self.addCleanup(self.world.close)
        self.inbox = self.world.inbox()
        self.assertEqual(self.world.run("trust")[0], 0)
        self.world.write("models/people.sql", "select * from people\n")
        self.assertEqual(self.world.json("run", "people")[0], 0)
        self.inbox.asked("requests", "DELETE")

    def alter(self, *statements):
        with sqlite3.connect(os.path.join(self.world.project, "shop.sqlite")) as database:
            for statement in statements:
                database.execute(statement)
        database.close()

    def check_refused(self, codes, says):
        code, document = self.world.json("run", "people")
        self.assertIn(code, codes, document)
        error = document.get("error") or document["runs"][0].get("error")
        self.assertIn(says, error["message"])
        self.assertFalse(self.inbox.has_a_delivery(), "it sent something all the same")
        self.assertEqual(self.world.json("status")[1]["syncs"][0]["delivered"], 2)

    def test_w03_a_column_that_is_gone_or_renamed_stops_before_the_first_request(self):
        self.alter("alter table people rename column name to title")
        self.check_refused((2, 3), "name")
        self.alter("alter table people rename column title to name",
                   "alter table people drop column email")
        self.check_refused((2, 3), "email")
        self.alter("drop table people")
        self.check_refused((3,), "people")

    def test_w03_columns_that_come_or_move_change_nothing(self):
        self.alter("alter table people add column extra text")
        self.assertEqual(self.world.json("run", "people")[1]["runs"][0]["planned"]["unchanged"], 2)
        self.alter("create table moved as select extra, name, id, email from people",
                   "drop table people", "alter table moved rename to people")
        self.assertEqual(self.world.json("run", "people")[1]["runs"][0]["planned"]["unchanged"], 2)
        self.assertFalse(self.inbox.has_a_delivery())

    def retype(self, columns):
        """As a load does that makes the table anew."""
        self.alter(f"create table loaded as select {columns} from people",
                   "drop table people", "alter table loaded rename to people")

    def test_w03_a_record_key_of_another_type_stops_before_the_first_request(self):
        for mode in ("mirror", "upsert", "append", "insert"):
            with self.subTest(mode):
                world = World(ROWS)
                self.addCleanup(world.close)
                receiver = Receiver(keeps=False)
                self.addCleanup(receiver.close)
                self.world = world
                world.write("destinations/mail.json",
                            {"id": "destinationaaaaa", "name": "Hook", "connector": "webhook",
                             "fields": {"url": f"http://127.0.0.1:{receiver.port}/"},
                             "secrets": {"token": "env:TEST_KEY"}})
                world.write_sync({"object": "record", "mode": mode})
                self.assertEqual(world.run("trust")[0], 0)
                self.assertEqual(world.json("run", "people")[0], 0)
                sent = list(receiver.sent)
                self.retype("cast(id as text) as id, email, name")
                for command in (("run", "people"), ("plan", "people"), ("run", "people")):
                    code, document = world.json(*command)
                    error = document.get("error") or document["runs"][0]["error"]
                    self.assertEqual((code, error["code"]), (3, "source.key.retyped"), document)
                    self.assertIn("--baseline", error["message"])
                self.assertEqual(receiver.sent, sent)
                self.assertEqual(world.json("status")[1]["syncs"][0]["delivered"], 2)
                self.retype("cast(id as integer) as id, email, name")
                planned = world.json("run", "people")[1]["runs"][0]["planned"]
                self.assertEqual(planned["unchanged"], 2, planned)
                self.retype("cast(id as text) as id, email, name")
                self.assertEqual(world.json("run", "people", "--baseline")[0], 0)
                planned = world.json("run", "people")[1]["runs"][0]["planned"]
                self.assertEqual(planned["unchanged"], 2, planned)
                self.assertEqual(receiver.sent, sent)

    def test_w03_a_value_of_another_type_is_held_until_somebody_confirms(self):
        for columns in ("id, email, length(name) as name", "id, cast(email as blob) as email, name",
                        "id, length(email) as email, name"):
            with self.subTest(columns):
                self.setUp()
                self.retype(columns)
                code, document = self.world.json("run", "people")
                self.assertEqual(code, 7, document)
                self.assertIn(document["runs"][0]["stops"][0]["code"],
                              ("gate.changed", "gate.invalid"))
                self.assertFalse(self.inbox.has_a_delivery())
                self.assertEqual(self.world.json("status")[1]["syncs"][0]["delivered"], 2)

    def test_w04_an_empty_result_removes_nothing(self):
        self.alter("delete from people")
        code, document = self.world.json("run", "people")
        self.assertEqual(code, 7, document)
        self.assertFalse(self.inbox.has_a_delivery())
        self.assertEqual(self.world.json("status")[1]["syncs"][0]["delivered"], 2)


if __name__ == "__main__":
    unittest.main()
