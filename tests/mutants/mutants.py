#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of the sources which the tests must notice: one per rule, and the faults that programs of
this kind are known for.

  mutants.py check SOURCE               no number is missing or strays, and each fits the sources
  mutants.py run SOURCE BUILD           apply each to a copy below BUILD, build, run what kills it
  mutants.py run SOURCE BUILD 7 fault02 only those

ruleNN.json and faultNN.json name a file, a text that occurs in it once, and what it becomes. A rule
is watched by its tests in test_semantics; a fault by the tests that it names in a program, or else by
the simulation of plan and delivery, within its seeds.
"""
import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# 27 comes with agreements.
RULES = [f"rule{number:02}" for number in range(1, 27)]


def present():
    """Of all that are there, in their order."""
    return sorted(entry[:-5] for entry in os.listdir(HERE) if entry.endswith(".json"))


def mutant(name):
    with open(os.path.join(HERE, f"{name}.json"), encoding="utf-8") as file:
        return json.load(file)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def misnumbered(there):
    """Each rule has a mutant, the faults have the numbers from 1 on, and there is nothing else."""
    faults = [name for name in there if re.fullmatch(r"fault\d{2}", name)]
    last = max((int(name[-2:]) for name in faults), default=0)
    expected = RULES + [f"fault{number:02}" for number in range(1, max(last, 1) + 1)]
    return [f"{name} has no mutant" for name in expected if name not in there] + [
        f"{name}.json is neither of a rule nor a fault" for name in there if name not in expected]


def check(source):
    problems = misnumbered(present())
    for name in present():
        change = mutant(name)
        found = read(os.path.join(source, change["file"])).count(change["line"])
        if found != 1:
            problems.append(f"{name}: its line occurs {found} times in {change['file']}")
        if change["line"].count("\n") > 1 or change["line"] == change["becomes"]:
            problems.append(f"{name}: not a change of one line")
    return problems


def watcher(name):
    """The program and its tests that must notice a change; the simulation has none."""
    if name in RULES:
        return "test_semantics", f"Rule{name[-2:]}.*"
    change = mutant(name)
    return change.get("program", "simulate"), change.get("tests")


def build(folder, names):
    """As many at once as CMAKE_BUILD_PARALLEL_LEVEL says."""
    targets = sorted({watcher(name)[0] for name in names})
    return subprocess.run(["cmake", "--build", folder, "--target", *targets], capture_output=True,
                          text=True, check=False)


def outcome(command, seconds):
    """The exit code, a time-out being a failure, and the output."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds,
                              check=False, env=environment)
    except subprocess.TimeoutExpired:
        return 1, "it does not end"
    return done.returncode, done.stdout


def failing_tests(program, tests):
    """Of what is built now; a crash is a failure too. None: there are no such tests."""
    listed = subprocess.run([program, "--gtest_list_tests", f"--gtest_filter={tests}"],
                            capture_output=True, text=True, check=True).stdout
    if not any(line.startswith("  ") for line in listed.splitlines()):
        return None
    return "its tests fail" * (outcome([program, f"--gtest_filter={tests}"], 300)[0] != 0)


def failing_seed(folder):
    code, output = outcome([os.path.join(folder, "bin", "simulate")], 1200)
    seeds = [line for line in output.splitlines() if line.startswith("FAILED ")]
    return (seeds or ["it fails"])[0].lower() if code != 0 else ""


def failure(folder, name):
    """What notices the change that is built now; empty: nothing; None: nothing could."""
    program, tests = watcher(name)
    if tests is None:
        return failing_seed(folder)
    return failing_tests(os.path.join(folder, "bin", program), tests)


def copy_of(source, target):
    def ignored(folder, names):
        top = os.path.samefile(folder, source)
        return [name for name in names if name == ".git" or (top and name == "build")]

    if os.path.isdir(target):
        shutil.rmtree(target)
    shutil.copytree(source, target, ignore=ignored, symlinks=True)


def verdict(copy, folder, name):
    change = mutant(name)
    path = os.path.join(copy, change["file"])
    original = read(path)
    write(path, original.replace(change["line"], change["becomes"], 1))
    try:
        built = build(folder, [name])
        if built.returncode != 0:
            return "does not build\n" + built.stdout[-2000:]
        noticed = failure(folder, name)
        return f"killed ({noticed})" if noticed else "SURVIVES"
    finally:
        write(path, original)


def unfit(folder, names):
    """What fails, or is missing, without any change."""
    problems = []
    simulated = [name for name in names if watcher(name)[1] is None]
    for name in [name for name in names if name not in simulated[1:]]:
        noticed = failure(folder, name)
        if noticed is None:
            problems.append(f"{name}: no tests")
        elif noticed:
            problems.append(f"{name}: on the sources as they are {noticed}")
    return problems


def run(source, build_folder, names):
    copy = os.path.join(build_folder, "source")
    # Where the preset would have it, so that a compiler cache knows the files.
    folder = os.path.join(copy, "build", "dev")
    os.makedirs(build_folder, exist_ok=True)
    copy_of(source, copy)
    # In unity batches the first build takes minutes instead of an hour on two cores, which outweighs
    # the seconds that each change costs more.
    subprocess.run(["cmake", "--preset", "dev", "-DHEADGATE_DESKTOP=OFF", "-DHEADGATE_UNITY=ON"],
                   cwd=copy, check=True, stdout=subprocess.DEVNULL)
    print("building the sources as they are", flush=True)
    built = build(folder, names)
    if built.returncode != 0:
        return ["the sources as they are do not build:\n" + built.stdout[-2000:]]
    print("testing the sources as they are", flush=True)
    problems = unfit(folder, names)
    if problems:
        return problems
    for name in names:
        result = verdict(copy, folder, name)
        print(f"{name}: {result}: {mutant(name)['breaks']}", flush=True)
        if not result.startswith("killed"):
            problems.append(f"{name}: {result}")
    return problems


def named(argument):
    return f"rule{int(argument):02}" if argument.isdigit() else argument


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "check":
        problems = check(arguments[1])
    elif len(arguments) >= 3 and arguments[0] == "run":
        chosen = [named(argument) for argument in arguments[3:]] or present()
        problems = check(arguments[1]) or run(arguments[1], arguments[2], chosen)
    else:
        print(__doc__, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
