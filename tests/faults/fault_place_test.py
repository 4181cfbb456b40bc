#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks after a fault see each fault that they are there for, in what an inbox and a program
could have said."""
import random
import unittest

from fault_place import KILLED, NEW, PLACES, AppendPlace, MirrorPlace, Place, address
from kill_test import KINDS, KillAppend, KillFirst, KillMirror, KillUpsert, Leg


class Heard:
    """An inbox that has received these requests."""

    def __init__(self, requests):
        self.requests = requests

    def asked(self, path, _method="GET"):
        known = {"requests": self.requests, "totals": [{"keyConflicts": 0}], "misbehaviours": [],
                 "applied?object=user": [{"records": {}}]}
        return known[path]


class Source:
    def __init__(self):
        self.rows = []

    def set_rows(self, rows):
        self.rows = rows


class Planned:
    """What a plan answers whose state holds these records for delivered as they are now; the others
    for something older."""
    code = 0
    document = {"syncs": [{"outstanding": {}}]}

    def __init__(self, rows, marked, records, now=NEW):
        shown = {email for _, email, version in rows if version == now}
        there = {email for _, email, _ in rows}
        known = {address(n) for n in range(records)}
        self.planned = {"unchanged": len(shown & marked), "removed": len(known - there - marked)}

    def report(self):
        return {"planned": self.planned}


def request(key, *numbers, status=200, trouble="", taken=None):
    """A delivery of the records of these numbers."""
    records = [{"email": f"p{n}@example.com", "name": "new"} for n in numbers]
    return {"method": "POST", "headers": [["Idempotency-Key", key]], "body": {"records": records},
            "status": status, "trouble": trouble,
            "taken": len(records) if taken is None else taken}


def bulk(*numbers, trouble="", failed=()):
    """The same of a mirror."""
    return {"method": "POST", "status": 200, "trouble": trouble,
            "body": {"users": [{"email": address(n)} for n in numbers]},
            "answer": {"failedUpdates": [address(n) for n in failed]}}


def removal(number, status=200, trouble=""):
    return {"method": "DELETE", "status": status, "trouble": trouble, "taken": 1,
            "target": f"/api/users/p{number}%40example.com"}


def place(kind, *requests):
    """Of the kind, without a project and a program."""
    made = object.__new__(kind)
    made.inbox = Heard(requests)
    made.records = kind.batches * kind.per_batch
    made.world = Source()
    made.rounds = 0
    made.set_version(NEW)
    return made


class MarkedWithoutAnAnswer(unittest.TestCase):
    def found(self, code, made, marked):
        """Of a run that left with this code and marked these records."""
        emails = {address(n) for n in marked}
        made.headgate = lambda _: Planned(made.world.rows, emails, made.records)
        before = list(made.world.rows)
        found = list(made.check_marks(code))
        self.assertEqual(made.world.rows, before, "the source is as it was")
        return found

    def test_where_as_many_others_have_one(self):
        for kind in (Place, AppendPlace):
            for trouble, status in (("cut", 0), ("cutAnswer", 200), ("status", 500)):
                made = place(kind, request("a", 0, 1, 2, 3),
                             request("b", 4, 5, 6, 7, trouble=trouble, status=status))
                with self.subTest(kind=kind.name, trouble=trouble):
                    self.assertEqual(self.found(1, made, {0, 1, 2, 3}), [])
                    self.assertEqual(self.found(1, made, {0, 1}), [])
                    for wrong in (4, 8):
                        self.assertIn("1 marked of", "".join(self.found(1, made, {0, 1, wrong})))

    def test_once_a_repeat_is_answered_they_may(self):
        made = place(Place, request("a", 0, 1, trouble="cutAnswer"), request("a", 0, 1, taken=0))
        self.assertEqual(self.found(1, made, {0, 1}), [])

    def test_record_by_record_of_one_request(self):
        made = place(MirrorPlace, bulk(*range(10), failed=(5,)))
        self.assertEqual(self.found(1, made, {0, 1, 2}), [])
        self.assertIn("1 marked of [5, 10, 11]", "".join(self.found(1, made, {0, 5})))
        made = place(MirrorPlace, bulk(*range(10), trouble="wrongJson"))
        self.assertIn("1 marked of", "".join(self.found(1, made, {3})))

    def test_of_a_removal(self):
        for status, trouble in ((200, "cutAnswer"), (0, "cut"), (500, "status")):
            made = place(MirrorPlace, bulk(*range(10)), removal(10),
                         removal(11, status=status, trouble=trouble))
            with self.subTest(trouble):
                self.assertEqual(self.found(1, made, set(range(11))), [])
                self.assertIn("1 marked of [11]", "".join(self.found(1, made, {0, 11})))

    def test_a_run_that_went_well_marks_all(self):
        whole = place(Place, request("a", *range(12)))
        self.assertEqual(self.found(0, whole, set(range(12))), [])
        self.assertEqual(self.found(0, whole, set(range(11))), ["exit 0 with 11 marked"])
        less = place(Place, request("a", *range(11)))
        self.assertEqual(self.found(0, less, set()), ["exit 0 without a whole answer for [11]"])


class AppendedTwice(unittest.TestCase):
    def found(self, *requests):
        return [each.split()[0] for each in place(AppendPlace, *requests).repeats()]

    def test_under_its_own_key_after_an_answer_that_did_not_come(self):
        for first in (request("a", 0, 1), request("a", 0, 1, status=0, trouble="cut"),
                      request("a", 0, 1, trouble="cutAnswer"),
                      request("a", 0, 1, status=500, trouble="status"),
                      request("a", 0, 1, status=422, trouble="cutAnswer", taken=0),
                      request("a", 0, 1, trouble="wrongJson")):
            for key in ("a", "b"):
                with self.subTest(first=first, key=key):
                    self.assertEqual(self.found(first, request(key, 0, 1, taken=0)),
                                     ["p0@example.com", "p1@example.com"])

    def test_in_another_batch(self):
        self.assertEqual(self.found(request("a", 0, 1), request("b", 1, 2)), ["p1@example.com"])

    def test_not_where_nothing_was_applied(self):
        for status in (429, 503, 422):
            with self.subTest(status=status):
                refused = request("a", 0, 1, status=status, trouble="status", taken=0)
                self.assertEqual(self.found(refused, refused, request("b", 0), request("c", 1)), [])
                self.assertEqual(self.found(refused, request("a", 0, 1), request("a", 0, 1)),
                                 ["p0@example.com", "p1@example.com"])

    def test_not_where_each_goes_once(self):
        self.assertEqual(self.found(request("a", 0, 1), request("b", 2, 3)), [])


class Kills(unittest.TestCase):
    def found(self, kind, *requests, marked=()):
        """In a first round whose runs are all killed."""
        made = place(kind)
        made.inbox = Heard(requests)
        made.chance = random.Random(1)
        made.killed_run = lambda: KILLED
        made.restore = lambda: None
        made.tell = lambda trouble: None
        made.check_state = lambda interrupted: []
        emails = {address(n) for n in marked}
        made.headgate = lambda *_: Planned(made.world.rows, emails, made.records, made.version)
        return "\n".join(made.turn())

    def test_a_mark_without_an_answer(self):
        for kind, numbers in ((KillUpsert, range(5)), (KillFirst, range(5)),
                              (KillAppend, range(KillAppend.batches * KillAppend.per_batch,
                                                 KillAppend.batches * KillAppend.per_batch + 5))):
            with self.subTest(kind.__name__):
                cut = request("a", *numbers, trouble="cutAnswer")
                self.assertNotIn("marked of", self.found(kind, cut))
                self.assertIn("1 marked of", self.found(kind, cut, marked=numbers[:1]))
        last = KillMirror.batches * KillMirror.per_batch - 1
        cut = removal(last, trouble="cutAnswer")
        self.assertNotIn("marked of", self.found(KillMirror, cut))
        self.assertIn("1 marked of", self.found(KillMirror, cut, marked=[last]))

    def test_an_append_that_goes_twice(self):
        numbers = range(KillAppend.batches * KillAppend.per_batch, 2 * KillAppend.batches *
                        KillAppend.per_batch)
        once = request("a", *numbers)
        self.assertEqual(self.found(KillAppend, once), "")
        self.assertIn("appended again", self.found(KillAppend, once, once))

    def test_of_every_kind_that_the_sweep_has(self):
        for place_kind in PLACES:
            self.assertTrue(any(issubclass(kind, place_kind) and kind.name == place_kind.name
                                for kind in KINDS), place_kind)
        for number in range(len(KINDS)):
            leg = Leg(number)
            self.assertEqual({next(leg.kinds) for _ in KINDS}, set(KINDS))


if __name__ == "__main__":
    unittest.main()
