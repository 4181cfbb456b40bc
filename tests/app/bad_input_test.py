#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile and broken input on its way through the real program: project files, paths, identifiers,
values of every bad kind, answers and arguments. An error names its place and what helps, nothing is
lost, and nothing crashes."""
import json
import os
import sqlite3
import subprocess
import unittest

from cli_world import PROGRAM, World, check_document

ANN = (1, "ann@example.com", "Ann")
BOB = (2, "bob@example.com", "Bob")
NAUGHTY = ['"', "'", "`", ";--", '"; DROP TABLE people; --', "a\nb", "a\tb", "\u202etxt.exe", "\U0001f600",
           "%s%n", "select", " lead and trail ", "a" * 63, "a" * 128, "{{x}}", "$1", ":since", "?",
           "\\", "/", "[x]", "\u0130i\u0307", "e\u0301", "\u00e9"]


class BadInput(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.world = World([ANN, BOB])
        self.addCleanup(self.world.close)
        self.assertEqual(self.world.run("trust")[0], 0)

    def json(self, *words, code=0, stdin=""):
        got, document = self.world.json(*words, stdin=stdin)
        self.assertIn(got, code if isinstance(code, tuple) else (code,), document)
        return document

    def query(self, sql):
        self.world.write("models/people.sql", sql)

    def fill(self, rows):
        """Values as SQLite keeps them, of no declared type."""
        with sqlite3.connect(os.path.join(self.world.project, "shop.sqlite")) as database:
            database.execute("drop table if exists people")
            database.execute("create table people (id, email, name)")
            database.executemany("insert into people values (?, ?, ?)", rows)
        database.close()

    def accept_invalid(self, **changes):
        self.world.write_sync({"gates": {"invalidShare": 1}, **changes})

    def previewed(self):
        """By key: the payload, or the problems where there is none."""
        records = self.json("preview", "people", "--limit=200", code=(0, 1))["records"]
        return {each["key"]: each["payload"] or each["problems"] for each in records}

    def delivered(self, code=(0, 1)):
        """The run's report and what the inbox holds, by email."""
        inbox = self.world.inboxes[0] if self.world.inboxes else self.world.inbox()
        report = self.json("run", "people", code=code)["runs"][0]
        return report, inbox.asked("applied?object=user")[0]["records"]

    def check_file(self, path, content, says=(), code="", valid=False):
        """What `validate` and `run` make of a file; it stays as it is."""
        full = os.path.join(self.world.project, path)
        with open(full, "wb") as file:
            file.write(content)
        document = self.json("validate", code=0 if valid else 2)
        self.assertEqual(document.get("valid", False), valid, document)
        if not valid:
            issues = document.get("issues") or [document["error"]]
            places = [issue for issue in issues if path in json.dumps(issue)]
            self.assertTrue(places, (path, document))
            text = json.dumps(places, ensure_ascii=False)
            for each in says:
                self.assertIn(each, text)
            if code:
                self.assertIn(code, [issue["code"] for issue in places])
            self.assertEqual(self.world.run("run", "people")[0], 2)
        with open(full, "rb") as file:
            self.assertEqual(file.read(), content)

    def test_b01_a_project_file_that_is_cut_or_garbled(self):
        path = "syncs/people.json"
        with open(os.path.join(self.world.project, path), "rb") as file:
            good = file.read()
        for length in range(0, len(good) - 1, max(1, len(good) // 12)):
            self.check_file(path, good[:length], [path + ":"], "json.syntax")
        text = good.decode()
        self.check_file(path, text.replace("\n", "\r\n").replace("  ", "\t").encode(), valid=True)
        for broken, says in (
                (b"\xff\xfe" + text.encode("utf-16-le"), []),
                (b"\x00" * 100, []), (os.urandom(1) * 64, []), (b"[]", []), (b"null", []),
                (text.replace('"upsert"', "17").encode(), ["mode"]),
                (text.replace('"upsert"', '"upsart"').encode(), ["mode"]),
                (text.replace('"mode"', '"mode": "mirror", "mode"').encode(), ["mode"]),
                (text.replace("[\n", "[\n" + "[" * 10_000).encode(), []),
                (text.replace('"People"', '"' + "x" * (5 << 20) + '"').encode(), [])):
            self.check_file(path, broken, says)

    def test_b03_paths_stay_inside_the_project(self):
        outside = os.path.join(self.world.folder.name, "outside.sql")
        with open(outside, "w", encoding="utf-8") as file:
            file.write("select id, email, name from people\n")
        model = os.path.join(self.world.project, "models/people.sql")
        for make in (lambda: os.symlink(outside, model), lambda: os.mkdir(model),
                     lambda: os.mkfifo(model), lambda: os.symlink("people.sql", model)):
            if os.path.isdir(model):
                os.rmdir(model)
            else:
                os.remove(model)
            make()
            document = self.json("validate", code=2)
            self.assertIn("models/people.sql", json.dumps(document))
            self.assertEqual(self.world.run("run", "people")[0], 2)
        with open(outside, encoding="utf-8") as file:
            self.assertEqual(file.read(), "select id, email, name from people\n")
        os.remove(model)
        self.query("select id, email, name from people\n")
        for name in ("a\\up.json", "con.json", "sp ace.json", "\u202e.json", "x" * 200 + ".json",
                     "PEOPLE.json"):
            self.world.write("models/" + name, "{}")
            self.assertEqual(self.world.run("validate")[0], 2, name)
            os.remove(os.path.join(self.world.project, "models", name))
        for project in ("../" * 1000, "/dev/null", "/proc/self/mem", "x" * 5000, "\\\\?\\C:\\x"):
            error = self.json(f"--project={project}", "status", code=2)["error"]
            self.assertTrue(error["message"], project)
        self.assertEqual(self.world.run("validate")[0], 0)

    def test_b04_identifiers_are_only_names(self):
        quoted = ['"' + name.replace('"', '""') + '"' for name in NAUGHTY]
        crm = os.path.join(self.world.project, "crm.sqlite")
        table = NAUGHTY[4]
        with sqlite3.connect(os.path.join(self.world.project, "shop.sqlite")) as database:
            database.execute(f"create table {quoted[3]} (id, email, {', '.join(quoted)})")
            database.execute(f"insert into {quoted[3]} values "
                             f"(1, 'a@example.com' {', ?' * len(NAUGHTY)})", NAUGHTY)
        database.close()
        with sqlite3.connect(crm) as database:
            database.execute(f"create table {quoted[4]} (email primary key, {', '.join(quoted)})")
        database.close()
        self.query(f"select * from {quoted[3]}\n")
        self.world.write("destinations/mail.json",
                         {"id": "destinationaaaaa", "connector": "sqlite",
                          "fields": {"database": "crm.sqlite"}})
        self.world.write_sync({"object": table, "shape": {"kind": "object", "fields": [
            {"name": name, "kind": "column", "column": name} for name in NAUGHTY]}})
        report = self.json("run", "people")["runs"][0]
        self.assertEqual(report["outcomes"]["successful"], 1, report)
        with sqlite3.connect(crm) as database:
            rows = database.execute(f"select {', '.join(quoted)} from {quoted[4]}").fetchall()
        database.close()
        self.assertEqual(rows, [tuple(NAUGHTY)])
        shown = self.world.run("plan", "people")[1] + self.world.run("preview", "people")[1]
        self.assertNotIn("\u202e", shown)

    def test_b05_values_change_no_header_path_or_host(self):
        values = ["{{name}}", "${HOME}", "../../admin", "a/b?c=d#e", "x\r\nHost: evil", "%2e%2e%2f",
                  "http://evil.invalid/", "\u0430dmin"]
        self.fill([(n, f"{value}@example.com", value) for n, value in enumerate(values)])
        self.world.write_project("mirror")
        inbox = self.world.inbox()
        report, held = self.delivered()
        self.assertEqual({json.dumps(each["payload"]) for each in held.values()},
                         {json.dumps({"name": value}) for value in values}, report)
        self.fill([(99, "kept@example.com", "Kept")])
        self.world.write_sync({"mode": "mirror", "deleteBehaviour": "delete",
                               "gates": {"removedShare": 1}})
        self.delivered()
        self.assertEqual(list(inbox.asked("applied?object=user")[0]["records"]),
                         ["kept@example.com"])
        for request in inbox.asked("requests"):
            if request["method"] == "DELETE":
                self.assertRegex(request["target"], r"^/api/users/[^/?#]*$")
            self.assertEqual([value for name, value in request["headers"]
                              if name.lower() == "host"], [f"127.0.0.1:{self.world.port}"])
        self.world.write("destinations/mail.json",
                         {"id": "destinationaaaaa", "connector": "webhook", "secrets": {},
                          "fields": {"url": inbox.url, "headers": "X-A: b\r\nHost: evil"}})
        self.world.write_sync({"object": "record"})
        self.json("run", "people", code=2)

    def test_b06_null_empty_blank_and_missing(self):
        self.fill([(1, "a@example.com", None), (2, "b@example.com", ""), (3, "c@example.com", " ")])
        leaf = {"name": "name", "kind": "column", "column": "name"}
        for policy, ofNull in ((None, '{"name":null}'), ("send", '{"name":null}'),
                               ("leave_out", "{}")):
            self.world.write_sync({"shape": {"kind": "object", "fields": [
                {**leaf, **({"nulls": policy} if policy else {})}]}})
            self.assertEqual(self.previewed(),
                             {"1": ofNull, "2": '{"name":""}', "3": '{"name":" "}'}, policy)
        self.query("select id, email from people\n")
        error = self.json("preview", "people", code=2)["error"]
        self.assertIn("name", error["message"])
        self.assertIn("people", json.dumps(error))

    def test_b07_keys_that_are_none_or_repeat(self):
        self.fill([(None, "n@example.com", "null"), ("a", "a1@example.com", "twice"),
                   ("a", "a2@example.com", "twice"), ("A", "A@example.com", "case"),
                   ("a ", "a_@example.com", "space"), ("\u00e9", "c@example.com", "composed"),
                   ("e\u0301", "d@example.com", "decomposed"), ("k" * 10_240, "k@example.com", "long")])
        self.accept_invalid()
        report, held = self.delivered()
        self.assertEqual({each["code"]: each["count"] for each in report["invalid"]},
                         {"record.key.null": 1, "record.key.duplicate": 1})
        self.assertEqual({each["payload"]["name"] for each in held.values()},
                         {"case", "space", "composed", "decomposed", "long"})
        self.world.write("models/people.json", {"id": "modelaaaaaaaaaaa", "name": "People",
                                                "source": "shop", "rowKey": ["id", "name"]})
        self.fill([(1, "a@example.com", None), (1, "b@example.com", "x"), (1, "c@example.com", "y")])
        self.accept_invalid(recordKey=["id", "name"])
        report = self.json("run", "people", "--new-state", code=1)["runs"][0]
        self.assertEqual((report["planned"]["added"], report["planned"]["invalid"]), (2, 1))

    def test_b08_b09_numbers_keep_every_digit(self):
        texts = ["9223372036854775807", "-9223372036854775808", "9007199254740993", "0.1", "-0.0",
                 "1e300", "4.9e-324"]
        union = " union all ".join(f"select {n} as id, 'n{n}@example.com' as email, {text} as name"
                                   for n, text in enumerate(texts))
        self.query(union)
        payloads = {key: json.loads(text, parse_int=str, parse_float=str)["name"]
                    for key, text in self.previewed().items()}
        for n, text in enumerate(texts):
            said = payloads[str(n)]
            if "." in text or "e" in text:
                self.assertEqual(float(said), float(text))
            else:
                self.assertEqual(said, text)

    def test_b10_what_json_cannot_say_is_invalid(self):
        self.fill([(1, "a@example.com", float("inf")), (2, "b@example.com", float("-inf")),
                   (3, "c@example.com", "fine")])
        self.accept_invalid()
        report, held = self.delivered()
        self.assertEqual((report["planned"]["invalid"], list(held)), (2, ["c@example.com"]))
        for key in ("1", "2"):
            (problem,) = self.previewed()[key]
            for each in ("name", "row"):
                self.assertIn(each, problem)

    def test_b11_text_that_is_not_utf8(self):
        broken = ["ff", "61ff", "c0af", "eda080", "f4908080", "e28082"[:4], "f8a1a1a1a1"]
        fine = {"efbfbe": "\ufffe", "c3a9": "\u00e9", "65cc81": "e\u0301", "efbfbd": "\ufffd"}
        rows = broken + list(fine)
        self.query(" union all ".join(
            f"select {n} as id, 'n{n}@example.com' as email, cast(x'{text}' as text) as name"
            for n, text in enumerate(rows)))
        self.accept_invalid()
        report, held = self.delivered()
        self.assertEqual(report["planned"]["invalid"], len(broken))
        self.assertEqual(sorted(each["payload"]["name"] for each in held.values()),
                         sorted(fine.values()))
        for n in range(len(broken)):
            (problem,) = self.previewed()[str(n)]
            self.assertIn("\u201cname\u201d", problem)
            self.assertIn("UTF-8", problem)

    def test_b12_huge_cells_are_named_and_the_others_go(self):
        self.fill([ANN, BOB, (3, "huge@example.com", "x" * (9 << 20)), (4, "c@example.com", "c" * 70_000)])
        self.accept_invalid()
        report, held = self.delivered()
        self.assertEqual(report["planned"]["invalid"], 1, report)
        self.assertEqual(report["invalid"][0]["example"], "3")
        self.assertEqual(sorted(held), ["ann@example.com", "bob@example.com", "c@example.com"])

    def test_b13_nesting_has_a_limit(self):
        def shape(depth):
            node = {"name": "n", "kind": "column", "column": "name"}
            for _ in range(depth):
                node = {"name": "n", "kind": "object", "fields": [node]}
            return {"kind": "object", "fields": [node]}

        self.world.write_sync({"shape": shape(5)})
        self.assertIn('{"n":' * 6, self.previewed()["1"])
        with open(os.path.join(self.world.project, "syncs/people.json"), encoding="utf-8") as file:
            sync = json.load(file)
        for depth in (200, 2_000):
            opening = '{"name": "n", "kind": "object", "fields": ['
            sync["shape"] = "HERE"
            inner = opening * depth + '{"name": "n", "kind": "column", "column": "name"}' + "]}" * depth
            text = json.dumps(sync).replace('"HERE"', '{"kind": "object", "fields": [' + inner + "]}")
            self.check_file("syncs/people.json", text.encode())

    def test_b14_columns_of_any_name_and_number(self):
        self.query('select id, email, name, 1 as name, 2 as "", 3 as "NAME" from people\n')
        error = self.json("preview", "people", code=2)["error"]
        self.assertIn("name", error["message"])
        self.world.write_sync({"shape": {"kind": "object", "fields": [
            {"name": "first", "kind": "column", "column": "name:3"},
            {"name": "second", "kind": "column", "column": "name:4"},
            {"name": "upper", "kind": "column", "column": "NAME"}]}})
        self.assertEqual(self.previewed()["1"], '{"first":"Ann","second":1,"upper":3}')
        many = 1_600
        self.query("select id, email, " + ", ".join(f"{n} as c{n}" for n in range(many)) +
                   " from people\n")
        self.world.write_sync({"shape": {"kind": "object", "fields": [
            {"name": f"c{n}", "kind": "column", "column": f"c{n}"} for n in range(many)]}})
        self.assertEqual(json.loads(self.previewed()["1"]), {f"c{n}": n for n in range(many)})

    def test_b16_answers_drive_no_terminal(self):
        hostile = "\x1b[31mred\x1b]0;title\x07<b>bold</b>\u202e=cmd|'/c calc'!A1\r\n" + "x" * 30_000
        self.world.inbox({"trouble": "failKeys", "keys": ["bob@example.com"], "code": hostile})
        self.json("run", "people", code=1)
        run = self.json("history", "people")["runs"][0]["run"]
        said = ""
        for words in (["rejected", "people"], ["history", f"--run={run}"], ["history", "people"],
                      ["status"], ["retry", "people", "--verbose"]):
            said += "".join(self.world.run(*words)[1:])
        self.assertNotIn("\x1b", said)
        self.assertNotIn("\u202e", said)
        self.assertNotIn("\x07", said)
        self.assertLess(len(said), 30_000)
        inbox = self.world.inboxes[0]
        for number, trouble in enumerate(({"trouble": "html"}, {"trouble": "emptyAnswer"},
                                          {"trouble": "wrongJson"}), 10):
            inbox.asked("misbehaviours", "DELETE")
            inbox.told("misbehaviours", {**trouble, "times": 1})
            self.world.set_rows([(number, f"p{number}@example.com", "New")])
            report = self.json("run", "people", code=(0, 1, 4))["runs"][0]
            outcomes = report["outcomes"]
            self.assertEqual(outcomes["successful"] + outcomes["in_doubt"], 1, report)
            self.assertGreater(report["requests"], 1, "that answer was believed")

    def test_b17_arguments(self):
        for words in (["--nonsense"], ["run", "--nonsense"], ["run", "people", "extra"], ["", ""],
                      ["run", "x" * 100_000], ["run", "people", "--limit"],
                      ["run", "people", "--limit=1e9"], ["run", "people", "--limit=-1"],
                      ["run", "people", "--limit=1", "--limit=2"], ["run", "people", "--tolerate=101%"],
                      ["run", b"\xff\xfe"], ["run", "--", "--nonsense"], ["\x1b[31m"], ["run", "=", "=="],
                      ["--output=json", "--output=text", "status"]):
            done = subprocess.run([PROGRAM, *words], cwd=self.world.project,
                                  env=self.world.environment, capture_output=True, check=False,
                                  stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 2, (words, done.stderr))
            self.assertNotIn(b"\x1b", done.stderr, words)
            self.assertLess(len(done.stderr) + len(done.stdout), 10_000, words)
        code, document = self.world.json("run", "people", "--nonsense")
        self.assertEqual((code, document["document"]), (2, "error"))
        check_document(document)


if __name__ == "__main__":
    unittest.main()
