# SPDX-License-Identifier: GPL-3.0-or-later
"""A project, a home folder and an inbox in which one run after the other meets one fault each, and
what must be true after every one of them."""
import json
import os
import random
import shutil
import subprocess
import tempfile
import urllib.parse

from cli_world import PROGRAM, Inbox, World

# A process that is killed leaves what it wrote wherever that is, so it may as well be memory.
if os.access("/dev/shm", os.W_OK):
    tempfile.tempdir = "/dev/shm"

FAULTS = os.environ["HEADGATE_FAULTS"]
OLD = "old"
NEW = "new"
CRASHES = ("crash", "crash-after", "torn")
KILLED = -9
# The state is read whole after every so many-th fault, and after the run that follows.
CHECKS = 4
FINAL_CHECKS = 8

# What the server may do to one request each; the first three leave the sender in doubt.
TROUBLES = (
    {"trouble": "cut", "applied": True},
    {"trouble": "cutAnswer", "bytes": 30},
    {"trouble": "status", "status": 500, "applied": True},
    {"trouble": "status", "status": 503},
    {"trouble": "cut"},
    {"trouble": "wrongJson"},
)
WAIT = {"trouble": "status", "status": 429, "retryAfter": "seconds", "wait": 1000}
REFUSED = "p5@example.com"
REFUSAL = {"trouble": "failKeys", "keys": [REFUSED]}
# The answer does not arrive whole.
CUTS = ("cut", "cutAnswer")


def is_refusal(request):
    """Its whole answer says that nothing was applied."""
    status = request["status"]
    return request.get("trouble") not in CUTS and (400 <= status < 500 or status == 503)


def is_whole_yes(request):
    return request.get("trouble") not in CUTS and 200 <= request["status"] < 300


def address(number):
    return f"p{number}@example.com"


class Answer:
    def __init__(self, done):
        self.code = done.returncode
        self.errors = done.stderr
        try:
            self.document = json.loads(done.stdout)
        except ValueError:
            self.document = None

    def report(self):
        """Of the one run; none: it did not begin, or nothing was printed."""
        return (self.document or {}).get("runs", [None])[0]

    def __str__(self):
        report = self.report() or {}
        said = {name: report.get(name) for name in ("state", "planned", "outcomes", "error")} \
            if report else self.document
        return f"exit {self.code}, {json.dumps(said)} {self.errors[-400:]}"


class Place:
    """Upsert with a key and a body that the server compares. `prepared` runs start from a state
    that has delivered other values; else from none at all."""
    name = "upsert"
    connector = "webhook"
    words = ("run",)  # what meets the fault
    prepared = True
    batches = 3
    per_batch = 4
    limits = None  # is called in each process before it becomes the program

    def __init__(self):
        self.records = self.batches * self.per_batch
        self.world = World([])
        self.inbox = Inbox(self.world, "0", connector=self.connector)
        self.world.inboxes.append(self.inbox)
        self.write_project()
        self.expect(self.world.run("trust")[0] == 0, "trust")
        if self.prepared:
            self.set_version(OLD)
            self.expect(self.headgate("run").code == 0, "the first run")
            self.inbox.asked("requests", "DELETE")
        self.set_version(NEW)
        self.template = self.world.home + ".template"
        shutil.copytree(self.world.home, self.template)

    def close(self):
        self.world.close()

    @staticmethod
    def expect(good, what):
        if not good:
            raise AssertionError(f"could not be prepared: {what}")

    def write_project(self):
        self.world.write("destinations/mail.json",
                         {"id": "destinationaaaaa", "name": "Mail", "connector": "webhook",
                          "fields": {"url": self.inbox.url + "/hook",
                                     "batchSize": str(self.per_batch),
                                     "requestsPerSecond": "1000"}, "secrets": {}})
        self.world.write_sync({"object": "batch", **self.sync_changes(),
                               "shape": {"kind": "object", "fields": [
                                   {"name": "email", "kind": "column", "column": "email"},
                                   {"name": "name", "kind": "column", "column": "name"}]}})

    def sync_changes(self):
        return {"matching": {"column": "email", "field": "email"}, "gates": {"changedShare": 1}}

    def numbers(self):
        """Of the records that a run is to deliver."""
        return range(self.records)

    def set_version(self, version):
        self.version = version
        self.world.set_rows(self.rows())

    def rows(self):
        return self.rows_of(self.numbers())

    def rows_of(self, numbers):
        return [(n, address(n), self.version) for n in numbers]

    def headgate(self, *words, **environment):
        sync = () if words[0] in ("state", "purge") else ("people",)
        return Answer(subprocess.run([PROGRAM, *words, *sync, "--output=json"],
                                     cwd=self.world.project, stdin=subprocess.DEVNULL,
                                     env={**self.world.environment, **environment},
                                     capture_output=True, text=True, timeout=300, check=False,
                                     preexec_fn=self.limits))

    # What the inbox saw

    def deliveries(self):
        """Per request its records' emails, its key and body, whether it was applied, and for which
        emails an answer that came whole has said so."""
        for request in self.inbox.asked("requests"):
            body = request["body"]
            headers = {name.lower(): value for name, value in request["headers"]}
            yield {"emails": [record["email"] for record in body["records"]],
                   "sent": (headers["idempotency-key"], json.dumps(body)),
                   "applied": request.get("taken") == len(body["records"]),
                   "answered": [record["email"] for record in body["records"]]
                               if is_whole_yes(request) else [],
                   "refused": 400 <= request["status"] < 500,
                   "not_applied": is_refusal(request)}

    def applied(self):
        return {email for each in self.deliveries() if each["applied"] for email in each["emails"]}

    def unanswered(self):
        """The numbers of the records that no whole answer says were applied."""
        answered = {email for each in self.deliveries() for email in each["answered"]}
        return [n for n in self.numbers() if address(n) not in answered]

    def repeats(self):
        """Records that may have been applied by one request, and went again in another one."""
        sent = {}
        for each in self.deliveries():
            for email in each["emails"]:
                before = sent.setdefault(email, each["sent"])
                if before != each["sent"]:
                    yield f"{email} was sent again as something else: {before} {each['sent']}"
                if each["refused"]:
                    del sent[email]

    # One fault

    def misbehave(self, chance):
        """Up to two kinds of trouble; whether a record is refused until the inbox behaves."""
        troubles = []
        if chance.random() < 0.6:
            troubles = chance.sample(TROUBLES, chance.choice((1, 2)))
        if chance.random() < 0.05:
            troubles.append(WAIT)
        for trouble in troubles:
            self.tell({**trouble, "times": 1, "skip": chance.randrange(self.batches)})
        refuses = chance.random() < 0.15
        if refuses:
            self.tell(REFUSAL)
        return refuses

    def tell(self, trouble):
        self.inbox.told("misbehaviours", trouble)

    def restore(self):
        shutil.rmtree(self.world.home, ignore_errors=True)
        shutil.copytree(self.template, self.world.home)
        self.inbox.asked("misbehaviours", "DELETE")
        self.inbox.asked("requests", "DELETE")

    def run_with_fault(self, mode, number, trace=False):
        """The run's answer, the operation that went wrong ("" if there were not so many), and how
        many there were."""
        report = os.path.join(self.world.folder.name, "faults")
        if os.path.exists(report):
            os.unlink(report)
        answer = self.headgate(*self.words, LD_PRELOAD=FAULTS, HEADGATE_FAULT_FOLDER=self.world.home,
                               HEADGATE_FAULT_MODE=mode, HEADGATE_FAULT_AT=str(number),
                               HEADGATE_FAULT_REPORT=report,
                               HEADGATE_FAULT_TRACE="1" if trace else "")
        with open(report, encoding="utf-8") as file:
            lines = file.read().splitlines()
        hit = [line for line in lines if line.startswith("hit ")]
        end = [int(line.split()[1]) for line in lines if line.startswith("end ")]
        return answer, hit[0] if hit else "", end[0] if end else 0

    def operations(self, mode):
        """How many operations a run has that can go wrong in this way, when nothing does."""
        self.restore()
        answer, _, count = self.run_with_fault(mode, 0)
        self.expect(answer.code == 0 and count > 0, f"a run that is only counted: {answer}")
        return count

    def try_point(self, mode, number, seed):
        """Whether something went wrong at all, and what is not as it must be."""
        self.restore()
        refuses = self.misbehave(random.Random(f"{seed} {self.name} {mode} {number}"))
        answer, hit, _ = self.run_with_fault(mode, number)
        self.inbox.asked("misbehaviours", "DELETE")
        findings = list(self.after_fault(mode, hit, answer))
        if number % CHECKS == 0:
            findings += self.check_state(interrupted=answer.code != 0)
        findings += self.after_all(refuses)
        if number % FINAL_CHECKS == 0:
            findings += self.check_state(interrupted=False)
        return bool(hit), [f"{self.name} {mode} {hit or number}: {each}; the run: {answer}"
                           for each in findings]

    def rows_to_ask(self, numbers):
        """What the source shows so that a plan tells which of these are marked."""
        return self.rows_of(numbers)

    def marked(self, planned, _numbers):
        """How many of the records that were asked for the state holds for delivered."""
        return planned["unchanged"]

    def after_fault(self, mode, hit, answer):
        if hit and mode in CRASHES:
            if answer.code != KILLED:
                yield "it was not killed"
        elif answer.code < 0 or answer.document is None:
            yield "it crashed"
        yield from self.check_exit(answer)
        yield from self.check_marks(answer.code)

    def check_marks(self, code):
        """A plan of exactly the records without a whole answer finds none of them delivered; if each
        has one, a run that went well has marked them all."""
        unanswered = self.unanswered()
        asked = unanswered or self.numbers()
        self.world.set_rows(self.rows_to_ask(asked))
        planned = self.headgate("plan")
        self.world.set_rows(self.rows())
        if planned.code != 0:
            yield f"the next plan fails: {planned}"
            return
        marked = self.marked(planned.report()["planned"], asked)
        if unanswered and marked:
            yield f"{marked} marked of {unanswered}, which no whole answer took"
        if code == 0 and unanswered:
            yield f"exit 0 without a whole answer for {unanswered}"
        if code == 0 and not unanswered and marked != self.records:
            yield f"exit 0 with {marked} marked"

    def check_exit(self, answer):
        applied = self.applied()
        if answer.code == 0 and len(applied) != self.records:
            yield f"exit 0 with {len(applied)} applied"
        report = answer.report()
        if report and "outcomes" in report:
            if report["exit_code"] == 0 and report["state"] != "succeeded":
                yield f"exit 0 of a run that is {report['state']}"
            if report["outcomes"]["successful"] > len(applied):
                yield f"{len(applied)} applied and more said to be successful"

    def check_state(self, interrupted):
        found = self.headgate("state", "verify")
        if found.document is None or found.document["document"] != "state_verification":
            yield f"state verify fails: {found}"
            return
        for finding in found.document["findings"]:
            if not (interrupted and "was interrupted and has not been marked so" in finding):
                yield f"state verify: {finding}"

    def after_all(self, refuses):
        """A run without faults delivers the rest, and nothing was sent twice as two things."""
        clean = self.headgate("run")
        if refuses and clean.code == 0:
            # What was refused waits for a later run, unless it is sent at once.
            clean = self.headgate("retry")
        if clean.code != 0:
            yield f"a run without faults fails: {clean}"
        lost = self.records - len(self.applied())
        if lost:
            yield f"{lost} lost: {clean}"
        yield from self.repeats()
        if self.inbox.asked("totals")[0]["keyConflicts"]:
            yield "a key came with other bytes"


class FirstPlace(Place):
    """From no state at all."""
    name = "first"
    prepared = False


class MirrorPlace(Place):
    """One request that changes most records, some of which may be refused, and a removal each of
    two others. No keys: it is the body that must be the same, and deleting what is gone is well."""
    name = "mirror"
    connector = "iterable"
    removed = Place.batches - 1

    def write_project(self):
        self.world.write_destination(self.inbox.url)
        self.world.write_sync({"mode": "mirror", "deleteBehaviour": "delete",
                               "gates": {"changedShare": 1, "removedMinimum": 1000000}})

    def kept(self):
        """How many records, from the first one on, are not removed now."""
        return self.records - (self.removed if self.version == NEW else 0)

    def rows(self):
        return self.rows_of(range(self.kept()))

    def deliveries(self):
        for request in self.inbox.asked("requests"):
            if request["method"] == "DELETE":
                emails = [urllib.parse.unquote(request["target"].rsplit("/", 1)[1])]
                yield {"emails": emails, "sent": "DELETE", "refused": False,
                       "removed": request.get("taken") == 1,
                       "answered": emails if self.is_understood(request) else []}
            elif "users" in request.get("body", {}):
                emails = [user["email"] for user in request["body"]["users"]]
                failed = json.dumps(request.get("answer", ""))
                answered = emails if self.is_understood(request) else []
                yield {"emails": emails, "sent": json.dumps(request["body"]), "refused": False,
                       "answered": [email for email in answered if f'"{email}"' not in failed]}

    @staticmethod
    def is_understood(request):
        """An answer of this destination says what it says in its JSON."""
        return is_whole_yes(request) and request.get("trouble") != "wrongJson"

    def applied(self):
        held = self.inbox.asked("applied?object=user")[0]["records"]
        changed = {email for email in map(address, range(self.kept()))
                   if held.get(email, {}).get("payload") == {"name": self.version}}
        asked = {email for each in self.deliveries() if each.get("removed")
                 for email in each["emails"]}
        return changed | asked

    def repeats(self):
        return (each for each in super().repeats() if not each.startswith(REFUSED))

    def rows_to_ask(self, numbers):
        """Those that are not asked for are something else, and so is always one more: nothing at
        all would be no result."""
        others = [n for n in range(self.records + 1) if n not in numbers]
        return self.rows_of([n for n in numbers if n < self.kept()]) + [
            (n, address(n), "something else") for n in others]

    def marked(self, planned, numbers):
        absent = [n for n in numbers if n >= self.kept()]
        return planned["unchanged"] + len(absent) - planned["removed"]


class AppendPlace(Place):
    """A repeat would do harm: what is in doubt waits for a decision, and nothing else does."""
    name = "append"

    def sync_changes(self):
        return {"mode": "append"}

    def set_version(self, version):
        """What is there is never appended again: new ones come."""
        if version == OLD:
            self.world.set_rows([(-1, "first@example.com", OLD)])
        else:
            super().set_version(version)

    def repeats(self):
        """Records that may have been applied and went again, be it as the same bytes under the same
        key: until somebody has decided that they shall, none may."""
        sent = set()
        for each in self.deliveries():
            for email in each["emails"]:
                if email in sent:
                    yield f"{email} was appended again before anybody decided so: {each['sent']}"
            if not each["not_applied"]:
                sent.update(each["emails"])

    def after_all(self, refuses):
        self.headgate("run")
        if refuses:
            self.headgate("retry")
        # All that was sent so far, by the run with the fault and by those after it.
        yield from self.repeats()
        applied = self.applied()
        counts = self.headgate("status").document["syncs"][0]["outstanding"]
        lost = self.records - len(applied)
        if lost > sum(counts.values()):
            yield f"{lost} lost, and only {counts} outstanding"
        if counts:
            self.headgate("resolve", "--resend")
        clean = self.headgate("run")
        if clean.code != 0:
            yield f"a run without faults fails: {clean}"
        lost = self.records - len(self.applied())
        if lost:
            yield f"{lost} lost: {clean}"


PLACES = (Place, FirstPlace, MirrorPlace, AppendPlace)
