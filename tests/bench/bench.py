#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how fast and how large headgate is, against bases measured in the same minutes.

tests/bench/run.sh builds what this needs, starts the server and calls it.
No figure fails: the table shows each beside what is required (reach) and where it should go (aim).
What fails is a lost or repeated record."""
import argparse
import datetime
import os
import sys

from bench_world import HERE, Failed, World
from measures import MEASURES
from window_measures import WINDOW_MEASURES

ALL = {**MEASURES, **WINDOW_MEASURES}


def machine():
    cores = os.cpu_count()
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = round(int(file.readline().split()[1]) / (1 << 20))
    load = os.getloadavg()[0]
    return f"{cores} cores, {memory} GiB, load average {load:.1f} when it began"


def shown(figure, target):
    if target is None:
        return ""
    return f"{'≤ ' if figure.less_is_more else ''}{target:g}"


def verdict(figure):
    if figure.reach is None:
        return ""
    if figure.meets(figure.aim):
        return "aim"
    return "reach" if figure.meets(figure.reach) else "**short**"


def table(figures):
    lines = ["| measure | figure | reach | aim | met | ours | base | processor s | peak MiB |",
             "|---|---|---|---|---|---|---|---|---|"]
    for figure in figures:
        cpu = f"{figure.cpu:.2f}" if figure.cpu is not None else ""
        peak = f"{figure.peak:.0f}" if figure.peak is not None else ""
        cells = [figure.what, f"{figure.value:.3g}{figure.unit}", shown(figure, figure.reach),
                 shown(figure, figure.aim), verdict(figure), figure.ours, figure.base, cpu, peak]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def record(text):
    """Puts a dated section first into RESULTS.md."""
    path = os.path.join(HERE, "RESULTS.md")
    with open(path, encoding="utf-8") as file:
        head, mark, rest = file.read().partition("\n## ")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{head.rstrip()}\n\n{text}\n{mark}{rest}")


def main():
    names = [name for name in ALL if name != "ten_million"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True, help="for the project, the states, the bodies")
    parser.add_argument("--build", required=True, help="build folder of the release preset")
    parser.add_argument("--repeats", type=int, default=5, help="of each measurement; 5")
    parser.add_argument("--only", help="some of: " + ", ".join(ALL))
    parser.add_argument("--ten-million", action="store_true",
                        help="also 10,000,000 unchanged records (long; 10 GB of disk)")
    parser.add_argument("--record", action="store_true", help="write the table to RESULTS.md")
    arguments = parser.parse_args()
    chosen = arguments.only.split(",") if arguments.only else names
    if arguments.ten_million and "ten_million" not in chosen:
        chosen.append("ten_million")
    if unknown := [name for name in chosen if name not in ALL]:
        parser.error(f"no such measure: {', '.join(unknown)}")

    began = datetime.datetime.now(datetime.timezone.utc)
    here = machine()
    world = World(arguments.folder, arguments.build)
    figures = []
    failures = []
    try:
        if any(name in MEASURES for name in chosen):
            world.fill_tables("ten_million" in chosen)
        for name in chosen:
            print(f"measuring {name}", flush=True)
            try:
                found = ALL[name](world, arguments.repeats)
                figures += found
                for figure in found:
                    print(f"  {figure.what}: {figure.value:.3g}{figure.unit} {figure.ours}",
                          flush=True)
            except Failed as failure:
                failures.append(f"{name}: {failure}")
                print(f"FAILED {failures[-1]}", flush=True)
    finally:
        world.close()
    text = (f"## {began:%Y-%m-%d %H:%M} UTC\n\n{here}; medians of {arguments.repeats}.\n\n"
            f"{table(figures)}\n")
    print(text)
    if arguments.record and not failures:
        record(text)
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
