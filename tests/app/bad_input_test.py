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

from cli_world import PROGRAM, World

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

    def check_issue(self, issue, place, code, message, remedy):
        """`place`: as a pattern. What a remedy says may stand in the message."""
        self.assertEqual(set(issue), {"severity", "code", "place", "message", "remedy"})
        self.assertEqual((issue["severity"], issue["code"]), ("error", code), issue)
        self.assertRegex(issue["place"], f"^{place}$")
        self.assertTrue(issue["message"], issue)
        self.assertIn(message, issue["message"])
        self.assertIn(remedy, issue["remedy"] or issue["message"])

    def check_error(self, error, kind, code, *says):
        """The last text of `says` is what helps."""
        self.assertEqual(set(error), {"kind", "code", "message", "detail", "context"})
        self.assertEqual((error["kind"], error["code"]), (kind, code), error)
        for each in says:
            self.assertIn(each, error["message"])

    def check_invalid(self, report, *expected):
        """Code, count and pieces of the message of each kind that the report names."""
        found = {each["code"]: each for each in report["invalid"]}
        self.assertEqual(sorted(found), sorted(code for code, *_ in expected))
        for code, count, *says in expected:
            self.assertEqual(found[code]["count"], count)
            for each in says:
                self.assertIn(each, found[code]["message"])

    def check_file(self, path, content, expected=None):
        """What `validate` and `run` make of a file; it stays as it is. `expected`: place, code,
        message and remedy of its first error; without it the file is well."""
        full = os.path.join(self.world.project, path)
        with open(full, "wb") as file:
            file.write(content)
        document = self.json("validate", code=2 if expected else 0)
        self.assertEqual(document["valid"], not expected, document)
        if expected:
            self.check_issue(next(issue for issue in document["issues"]
                                  if issue["place"].startswith(path)), *expected)
            self.assertEqual(self.world.run("run", "people")[0], 2)
        with open(full, "rb") as file:
            self.assertEqual(file.read(), content)

    def test_b01_a_project_file_that_is_cut_or_garbled(self):
        path = "syncs/people.json"
        with open(os.path.join(self.world.project, path), "rb") as file:
            good = file.read()
        correct = "Correct the file; it was not changed."
        for length in range(0, len(good) - 1, max(1, len(good) // 12)):
            cut = good[:length]
            lines = {text.count(b"\n") + 1 for text in (cut, cut.rstrip())}
            place = rf"{path}:({'|'.join(map(str, sorted(lines)))}):\d+"
            self.check_file(path, cut, (place, "json.syntax", "expected" if not cut else "", correct))
        text = good.decode()
        self.check_file(path, text.replace("\n", "\r\n").replace("  ", "\t").encode())
        mode = text[:text.index('"mode"')].count("\n") + 1
        opening = text[:text.index("[\n")].count("\n") + 2
        missing = (rf"{path}:1:1", "project.type", "An object is expected here.", "Write { ... }.")
        for broken, expected in (
                (b"\xff\xfe" + text.encode("utf-16-le"),
                 (rf"{path}:1:1", "json.utf8", "not valid UTF-8", correct)),
                (b"\x00" * 100, (rf"{path}:1:1", "json.syntax", "A JSON value is expected.", correct)),
                (b"\x07" * 64, (rf"{path}:1:1", "json.syntax", "A JSON value is expected.", correct)),
                (b"[]", missing), (b"null", missing),
                (text.replace('"upsert"', "17").encode(),
                 (rf"{path}:{mode}:11 /mode", "project.type", "A text is expected",
                  "Put the value in double quotes.")),
                (text.replace('"upsert"', '"upsart"').encode(),
                 (rf"{path}:{mode}:11 /mode", "project.choice", '"upsart" is not known',
                  "Write one of: upsert, update, ")),
                (text.replace('"mode"', '"mode": "mirror", "mode"').encode(),
                 (rf"{path}:{mode}:21", "json.duplicate", 'The name "mode" stands twice', correct)),
                (text.replace("[\n", "[\n" + "[" * 10_000, 1).encode(),
                 (rf"{path}:{opening}:\d+", "json.depth", "deeper than 64 levels", correct)),
                (text.replace('"People"', '"' + "x" * (5 << 20) + '"').encode(),
                 (path, "project.file.size", f"{path} is larger than 4194304 bytes", "or split it."))):
            self.check_file(path, broken, expected)

    def test_b03_paths_stay_inside_the_project(self):
        outside = os.path.join(self.world.folder.name, "outside.sql")
        with open(outside, "w", encoding="utf-8") as file:
            file.write("select id, email, name from people\n")
        model = os.path.join(self.world.project, "models/people.sql")
        link = ("project.path.symlink", "is a symbolic link", "Put the file itself there.")
        other = ("project.file.kind", "models/people.sql is not an ordinary file.",
                 "Put the file itself there, or remove it.")
        for make, expected in ((lambda: os.symlink(outside, model), link),
                               (lambda: os.mkdir(model), other), (lambda: os.mkfifo(model), other),
                               (lambda: os.symlink("people.sql", model), link)):
            if os.path.isdir(model):
                os.rmdir(model)
            else:
                os.remove(model)
            make()
            issues = self.json("validate", code=2)["issues"]
            self.check_issue(issues[0], "models/people.sql", *expected)
            self.check_issue(issues[1], "models/people.json:1:1", "project.sql.missing",
                             "neither a table nor a query", "Write the query to models/people.sql")
            self.check_issue(issues[2], "syncs/people.json#/model", "project.model.unknown",
                             'There is no model "people".', "Add it to models or name another.")
            self.assertEqual(self.world.run("run", "people")[0], 2)
        with open(outside, encoding="utf-8") as file:
            self.assertEqual(file.read(), "select id, email, name from people\n")
        os.remove(model)
        self.query("select id, email, name from people\n")
        slug = ("project.slug", "cannot be the name of a definition.", "Rename the file: 1 to 64 of")
        for name, expected in (
                ("a\\up.json", ("project.path.outside", "does not name a file inside",
                                "with forward slashes")),
                *((each, slug) for each in ("con.json", "sp ace.json", "\u202e.json",
                                            "x" * 200 + ".json", "PEOPLE.json"))):
            self.world.write("models/" + name, "{}")
            issue = self.json("validate", code=2)["issues"][0]
            self.assertEqual(issue["place"], "models/" + name)
            self.check_issue(issue, ".*", *expected)
            os.remove(os.path.join(self.world.project, "models", name))
        for project in ("../" * 1000, "/dev/null", "/proc/self/mem", "x" * 5000, "\\\\?\\C:\\x"):
            self.check_error(self.json(f"--project={project}", "status", code=2)["error"], "usage",
                             "usage.project", "There is no headgate.json in '" + project[:9],
                             "To make a project there: headgate init DIR")
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
        self.world.write_sync({"object": "record"})
        for header, remedy in (("none", "Each line has the form Name: value."),
                               ("X A: b", "Each line has the form Name: value."),
                               ("X-A: b\x01c", "Each line has the form Name: value."),
                               (": b", "Each line has the form Name: value."),
                               ("Host: other.example", "the header Host itself: leave its line out."),
                               ("content-length: 5", "the header content-length itself: leave its "
                                                     "line out."),
                               ("X-A: b\nTransfer-Encoding: chunked", "leave its line out.")):
            self.world.write("destinations/mail.json",
                             {"id": "destinationaaaaa", "connector": "webhook", "secrets": {},
                              "fields": {"url": inbox.url, "headers": header}})
            self.check_error(self.json("run", "people", "--new-state", code=2)["error"], "config",
                             "sync.invalid", "destinations/mail.json#/fields/headers: ",
                             "[connector.account.value]", remedy)

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
        self.check_error(error, "config", "shape.check", "/fields/0/column: There is no column “name”.",
                         "[shape.column.unknown]", "The nearest name is “")
        self.assertEqual(error["context"], ["sync 'people'"])

    def test_b07_keys_that_are_none_or_repeat(self):
        self.fill([(None, "n@example.com", "null"), ("a", "a1@example.com", "twice"),
                   ("a", "a2@example.com", "twice"), ("A", "A@example.com", "case"),
                   ("a ", "a_@example.com", "space"), ("\u00e9", "c@example.com", "composed"),
                   ("e\u0301", "d@example.com", "decomposed"), ("k" * 10_240, "k@example.com", "long")])
        self.accept_invalid()
        report, held = self.delivered()
        self.check_invalid(report, ("record.key.duplicate", 1, "Several rows have this key.",
                                    "must be unique unless", "or make it unique in the query."),
                           ("record.key.null", 1, "row 1, column “id”: ", "The record key is NULL.",
                            "Leave such rows out in the query, or "))
        self.assertEqual({each["code"]: each["example"] for each in report["invalid"]}
                         ["record.key.duplicate"], "a")
        self.assertEqual({each["payload"]["name"] for each in held.values()},
                         {"case", "space", "composed", "decomposed", "long"})
        self.world.write("models/people.json", {"id": "modelaaaaaaaaaaa", "name": "People",
                                                "source": "shop", "rowKey": ["id", "name"]})
        self.fill([(1, "a@example.com", None), (1, "b@example.com", "x"), (1, "c@example.com", "y")])
        self.accept_invalid(recordKey=["id", "name"])
        report = self.json("run", "people", "--new-state", code=1)["runs"][0]
        self.assertEqual((report["planned"]["added"], report["planned"]["invalid"]), (2, 1))
        self.check_invalid(report, ("record.key.null", 1, "row 1, column “name”: ", ""))
        self.assertEqual(report["invalid"][0]["example"], "[1,null]")

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
        self.check_invalid(report, ("value.infinity", 2, "/name, column “name” of “main”, row 1: ",
                                    "which JSON cannot say. Correct it in the query, or "))
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
        self.check_invalid(report, ("value.utf8", len(broken),
                                    "/name, column “name” of “main”, row 1: ", "not valid UTF-8. "
                                    "Correct it in the query, or "))
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
        self.check_invalid(report, ("record.size", 1, "the destination takes 4000000. ",
                                    "or leave it out of the shape."))
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
            self.check_file("syncs/people.json", text.encode(),
                            (r"syncs/people.json:1:\d+", "json.depth", "deeper than 64 levels",
                             "Correct the file; it was not changed."))

    def test_b14_columns_of_any_name_and_number(self):
        self.query('select id, email, name, 1 as name, 2 as "", 3 as "NAME" from people\n')
        error = self.json("preview", "people", code=2)["error"]
        self.check_error(error, "config", "shape.check", "/fields/0/column: There is no column “name”.",
                         "[shape.column.unknown]", "The nearest name is “name:3”.")
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
        unknown = "The project has no sync"
        whole = "--limit takes a whole number from 1 to 1000000000, not"
        for words, code, says in (
                (["--nonsense"], "option.unknown", "See: headgate --help"),
                (["run", "--nonsense"], "option.unknown", "See: headgate run --help"),
                (["run", "people", "extra"], "sync", f"{unknown} 'extra'. It has: people."),
                (["", ""], "argument.empty", "leave it out, or check the variable"),
                (["run", "x" * 100_000], "argument.long", "65536 are the most."),
                (["run", "x" * 10_000], "sync", "It has: people."),
                (["run", "people", "--limit"], "option.value", "--limit needs a value: --limit=N"),
                (["run", "people", "--limit=1e9"], "value.number", f"{whole} '1e9'."),
                (["run", "people", "--limit=-1"], "value.number", f"{whole} '-1'."),
                (["run", "people", "--limit=1", "--limit=2"], "option.repeated",
                 "--limit is given twice."),
                (["run", "people", "--tolerate=101%"], "value.share", "a share such as 0.05 or 5%"),
                (["run", b"\xff\xfe"], "argument.encoding", "is not valid UTF-8"),
                (["run", "--", "--nonsense"], "sync", f"{unknown} '--nonsense'. It has: people."),
                (["\x1b[31m"], "command.unknown", "See: headgate --help"),
                (["run", "=", "=="], "sync", f"{unknown} '='. It has: people."),
                (["--output=json", "--output=text", "status"], "option.repeated",
                 "--output is given twice.")):
            done = subprocess.run([PROGRAM, *words], cwd=self.world.project,
                                  env=self.world.environment, capture_output=True, check=False,
                                  stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 2, (words, done.stderr))
            self.assertIn(f"[usage.{code}]", done.stderr.decode(), words)
            self.assertIn(says, done.stderr.decode(), words)
            self.assertNotIn(b"\x1b", done.stderr, words)
            self.assertLess(len(done.stderr) + len(done.stdout), 10_000, words)
        error = self.json("run", "people", "--nonsense", code=2)["error"]
        self.check_error(error, "usage", "usage.option.unknown", "--nonsense",
                         "See: headgate run --help")


if __name__ == "__main__":
    unittest.main()
