#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks after a fault see each fault that they are there for, in what an inbox and a program
could have said."""
import unittest

from fault_place import AppendPlace


class Heard:
    """An inbox that has received these requests."""

    def __init__(self, requests):
        self.requests = requests

    def asked(self, path, _method="GET"):
        assert path == "requests", path
        return self.requests


def request(key, *numbers, status=200, trouble="", taken=None):
    """A delivery of the records of these numbers."""
    records = [{"email": f"p{n}@example.com", "name": "new"} for n in numbers]
    return {"method": "POST", "headers": [["Idempotency-Key", key]], "body": {"records": records},
            "status": status, "trouble": trouble,
            "taken": len(records) if taken is None else taken}


def place(kind, *requests):
    """Of the kind, without a project and a program."""
    made = object.__new__(kind)
    made.inbox = Heard(requests)
    made.records = kind.batches * kind.per_batch
    return made


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


if __name__ == "__main__":
    unittest.main()
