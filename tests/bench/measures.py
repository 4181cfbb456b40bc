# SPDX-License-Identifier: GPL-3.0-or-later
"""The measures, one function each. Each runs its base and ours in turns, as often as asked, checks
that every record arrived, and gives back what the table shows."""
import dataclasses
import os
import re
import signal
import statistics
import subprocess
import time

from bench_world import FLAT, HERE, MILLION, TEN_MILLION, Failed, Sink, done, measured


@dataclasses.dataclass
class Figure:
    """A line of the table. reach and aim: what is required and wanted; less_is_more: of those."""
    what: str
    values: list
    reach: float | None = None
    aim: float | None = None
    less_is_more: bool = False
    unit: str = ""
    ours: str = ""
    base: str = ""
    cpu: float | None = None
    peak: float | None = None

    @property
    def value(self):
        return statistics.median(self.values)

    def meets(self, target):
        return self.value <= target if self.less_is_more else self.value >= target


def median(usages, field="wall"):
    return statistics.median(getattr(usage, field) for usage in usages)


def peak(usages):
    return max(usage.peak for usage in usages)


def expect(found, wanted, what):
    if found != wanted:
        raise Failed(f"{what}: {found}, not {wanted}")


def first_load(world, sync, records, delay=0, limited=False, save=None):
    """A run without any state before it: what it used, its report, the requests that came."""
    environment = world.new_state()
    with Sink(world, delay, save) as sink:
        usage, report = world.run(sync, environment, limited)
        totals = sink.close()
    world.drop_state(environment)
    expect(totals["records"], records, f"records that reached the sink from '{sync}'")
    expect(report["outcomes"]["successful"], records, f"successful records of '{sync}'")
    expect(totals["cut"], 0, "connections lost within a request")
    return usage, report, totals


def phases(report):
    return ", ".join(f"{name} {value / 1000:.2f} s"
                     for name, value in report["milliseconds"].items())


def first(world, repeats):
    """The first full load, against \\copy; the processor time of it; the plain script."""
    copies, runs, scripts = [], [], []
    file = os.path.join(world.folder, "copied.json")
    for _ in range(repeats):
        copies.append(world.psql(f"\\copy (select row_to_json(t) from rows_flat t) to '{file}'"))
        usage, report, _ = first_load(world, "flat", FLAT)
        runs.append(usage)
        scripts.append(script(world, 1000))
    os.remove(file)
    world.flat_seconds = median(runs)
    ours = f"{median(runs):.2f} s ({phases(report)})"
    return [
        Figure("first full load, batch 1000: rows/s against psql \\copy",
               [copy.wall / run.wall for copy, run in zip(copies, runs)], 0.7, 1.2, ours=ours,
               base=f"{median(copies):.2f} s", cpu=median(runs, "cpu"), peak=peak(runs)),
        Figure("processor seconds per 100,000 records", [run.cpu for run in runs], 0.6, 0.3,
               less_is_more=True, unit=" s", cpu=median(runs, "cpu"), peak=peak(runs)),
        Figure("the same load: rows/s against the plain script",
               [base.wall / run.wall for base, run in zip(scripts, runs)],
               ours=f"{median(runs):.2f} s",
               base=f"{median(scripts):.2f} s, {median(scripts, 'cpu'):.2f} processor s, "
                    f"{peak(scripts):.0f} MiB"),
    ]


def script(world, batch, delay=0):
    with Sink(world, delay) as sink:
        usage = done(["python3", os.path.join(HERE, "plain_script.py"), world.dsn, "rows_flat",
                      f"http://127.0.0.1:{sink.port}/hook", str(batch)])
        expect(sink.close()["records"], FLAT, "records of the plain script")
    return usage


def slow(world, repeats):
    """A server that takes 50 ms to answer."""
    runs = [first_load(world, "slow", FLAT, delay=50)[:2] for _ in range(repeats)]
    usages = [usage for usage, _ in runs]
    possible = 8 * 100 / 0.050
    base = script(world, 100, delay=50)
    return [Figure("50 ms server, batch 100, 8 in flight: share of the 16,000 rows/s possible",
                   [FLAT / usage.wall / possible for usage in usages], 0.9, 0.97,
                   ours=f"{FLAT / median(usages):.0f} rows/s ({phases(runs[-1][1])})",
                   base=f"plain script: {FLAT / base.wall:.0f} rows/s",
                   cpu=median(usages, "cpu"), peak=peak(usages))]


def single(world, repeats):
    """One record a request."""
    bodies = os.path.join(world.folder, "bodies")
    first_load(world, "single", FLAT, save=bodies)
    bases, usages = [], []
    for _ in range(repeats):
        with Sink(world) as sink:
            wrk = done(["wrk", "-t1", "-c8", "-d5s", "-s", os.path.join(HERE, "post_bodies.lua"),
                        f"http://127.0.0.1:{sink.port}/hook"],
                       {**os.environ, "HEADGATE_BENCH_BODIES": bodies})
        bases.append(float(re.search(r"Requests/sec:\s+([\d.]+)", wrk.output).group(1)))
        usage, report, totals = first_load(world, "single", FLAT)
        expect(totals["requests"], FLAT, "requests")
        usages.append(usage)
    os.remove(bodies)
    return [Figure("one record a request, 8 in flight: requests/s against wrk",
                   [FLAT / usage.wall / base for usage, base in zip(usages, bases)], 0.2, 0.35,
                   ours=f"{FLAT / median(usages):.0f}/s ({phases(report)})",
                   base=f"{statistics.median(bases):.0f}/s", cpu=median(usages, "cpu"),
                   peak=peak(usages))]


def rerun_of(world, sync, records, repeats, limited=False):
    """Runs of which nothing changed, against reading, shaping and dropping the same rows."""
    environment = world.new_state()
    bases, usages = [], []
    with Sink(world) as sink:
        world.run(sync, environment)
        expect(sink.totals()["records"], records, "records of the first load")
        for _ in range(repeats):
            bases.append(done([world.program("bench_read_and_drop"), world.project, sync],
                              environment))
            usage, report = world.run(sync, environment, limited)
            expect(report["planned"]["unchanged"], records, "unchanged records")
            usages.append(usage)
        expect(sink.close()["records"], records, "records after the runs of which nothing changed")
    world.drop_state(environment)
    return bases, usages, report


def rerun(world, repeats):
    bases, usages, report = rerun_of(world, "million", MILLION, repeats)
    return [Figure("nothing changed, 1,000,000 records: time against reading and shaping them",
                   [usage.wall / base.wall for base, usage in zip(bases, usages)], 1.5, 1.15,
                   less_is_more=True, ours=f"{median(usages):.2f} s ({phases(report)})",
                   base=f"{median(bases):.2f} s", cpu=median(usages, "cpu"), peak=peak(usages))]


def children(world, repeats):
    """Grouping, against the flat load of the same session."""
    if world.flat_seconds is None:
        world.flat_seconds = median([first_load(world, "flat", FLAT)[0] for _ in range(repeats)])
    runs = [first_load(world, "children", FLAT)[:2] for _ in range(repeats)]
    usages = [usage for usage, _ in runs]
    flat = FLAT / world.flat_seconds
    return [Figure("100,000 records from 1,000,000 child rows: child rows/s against flat rows/s",
                   [MILLION / usage.wall / flat for usage in usages], 0.8, 1.5,
                   ours=f"{MILLION / median(usages):.0f} rows/s ({phases(runs[-1][1])})",
                   base=f"{flat:.0f} rows/s", cpu=median(usages, "cpu"), peak=peak(usages))]


def limited_peak(world, what, run):
    """The peak of a run within the control group; without it, if the run does not fit."""
    try:
        return Figure(what, [run(True).peak], 150, 100, less_is_more=True, unit=" MiB",
                      base="within a limit of 150 MiB" if world.memory.folder else
                      "no control group to be had: resident memory only")
    except Failed:
        if not world.memory.folder:
            raise
        return Figure(what, [max(run(False).peak, 151)], 150, 100, less_is_more=True, unit=" MiB",
                      base="does not fit into 150 MiB")


def memory(world, _):
    return [limited_peak(world, f"peak memory: {what}", run) for what, run in (
        ("first full load", lambda limited: first_load(world, "flat", FLAT, limited=limited)[0]),
        ("50 ms server",
         lambda limited: first_load(world, "slow", FLAT, delay=50, limited=limited)[0]),
        ("one record a request",
         lambda limited: first_load(world, "single", FLAT, limited=limited)[0]),
        ("100,000 records of 1,000,000 rows",
         lambda limited: first_load(world, "children", FLAT, limited=limited)[0]),
        ("one record of 100,000 rows",
         lambda limited: first_load(world, "one", 1, limited=limited)[0]),
        ("1,000,000 unchanged records",
         lambda limited: rerun_of(world, "million", MILLION, 1, limited)[1][0]))]


def ten_million(world, _):
    return [limited_peak(world, "peak memory: 10,000,000 unchanged records",
                         lambda limited: rerun_of(world, "ten", TEN_MILLION, 1, limited)[1][0])]


def cancel(world, repeats):
    """The second interrupt, while eight requests wait for their answers."""
    seconds = []
    for _ in range(repeats):
        environment = world.new_state()
        with Sink(world, delay=60_000) as sink:
            process = subprocess.Popen([world.program("headgate"), "run", "flat", "--output=json"],
                                       env=environment, cwd=world.project,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
            while sink.totals()["requests"] < 8 and process.poll() is None:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
            if process.poll() is not None:
                raise Failed("the first cancel did not wait for what was in flight")
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            output = process.stdout.read()
            process.wait()
            seconds.append(time.monotonic() - began)
        process.stdout.close()
        expect(process.returncode, 130, "exit code of a cancelled run")
        if '"in_doubt":8000' not in output.replace(" ", ""):
            raise Failed(f"eight batches in flight are not in doubt: {output[:2000]}")
        world.drop_state(environment)
    return [Figure("second cancel, 8 batches in flight, to stopped", seconds, 0.5, 0.1,
                   less_is_more=True, unit=" s")]


MEASURES = {each.__name__: each for each in
            (first, slow, single, rerun, children, memory, ten_million, cancel)}
