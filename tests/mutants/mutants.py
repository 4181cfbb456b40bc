#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One change of the sources per rule, which the rule's tests must notice.

  mutants.py check SOURCE          every rule has one, and each fits the sources
  mutants.py run SOURCE BUILD      apply each to a copy below BUILD, build, run the rule's tests
  mutants.py run SOURCE BUILD 7 12 only those rules

ruleNN.json names a file, a text that occurs in it once, and what it becomes.
"""
import json
import os
import shutil
import subprocess
import sys

# 27 comes with agreements.
RULES = range(1, 27)
HERE = os.path.dirname(os.path.abspath(__file__))


def mutant(rule):
    with open(os.path.join(HERE, f"rule{rule:02}.json"), encoding="utf-8") as file:
        return json.load(file)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def check(source):
    problems = []
    for rule in RULES:
        try:
            change = mutant(rule)
        except OSError:
            problems.append(f"rule {rule} has no mutant")
            continue
        found = read(os.path.join(source, change["file"])).count(change["line"])
        if found != 1:
            problems.append(f"rule {rule}: its line occurs {found} times in {change['file']}")
        if change["line"].count("\n") > 1 or change["line"] == change["becomes"]:
            problems.append(f"rule {rule}: not a change of one line")
    return problems


def build(folder):
    return subprocess.run(["ninja", "-C", folder, "test_semantics"], capture_output=True,
                          text=True, check=False)


def tests_fail(folder, rule):
    """The rule's tests on what is built now; a crash is a failure too. None: there are no tests."""
    program = os.path.join(folder, "bin", "test_semantics")
    listed = subprocess.run([program, "--gtest_list_tests", f"--gtest_filter=Rule{rule:02}.*"],
                            capture_output=True, text=True, check=True).stdout
    if f"Rule{rule:02}." not in listed:
        return None
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run([program, f"--gtest_filter=Rule{rule:02}.*"], capture_output=True,
                              text=True, timeout=300, check=False, env=environment)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def copy_of(source, target):
    def ignored(folder, names):
        top = os.path.samefile(folder, source)
        return [name for name in names if name == ".git" or (top and name == "build")]

    if os.path.isdir(target):
        shutil.rmtree(target)
    shutil.copytree(source, target, ignore=ignored, symlinks=True)


def verdict(copy, folder, rule):
    change = mutant(rule)
    path = os.path.join(copy, change["file"])
    original = read(path)
    write(path, original.replace(change["line"], change["becomes"], 1))
    try:
        built = build(folder)
        if built.returncode != 0:
            return "does not build\n" + built.stdout[-2000:]
        return "killed" if tests_fail(folder, rule) else "SURVIVES"
    finally:
        write(path, original)


def run(source, build_folder, rules):
    copy = os.path.join(build_folder, "source")
    # Where the preset would have it, so that a compiler cache knows the files.
    folder = os.path.join(copy, "build", "dev")
    os.makedirs(build_folder, exist_ok=True)
    copy_of(source, copy)
    subprocess.run(["cmake", "--preset", "dev", "-DHEADGATE_DESKTOP=OFF"], cwd=copy, check=True,
                   stdout=subprocess.DEVNULL)
    built = build(folder)
    if built.returncode != 0:
        return ["the sources as they are do not build:\n" + built.stdout[-2000:]]
    problems = []
    for rule in rules:
        failing = tests_fail(folder, rule)
        if failing is not False:
            problems.append(f"rule {rule}: {'no tests' if failing is None else 'its tests fail'} "
                            "on the sources as they are")
    if problems:
        return problems
    for rule in rules:
        result = verdict(copy, folder, rule)
        print(f"rule {rule:2}: {result}: {mutant(rule)['breaks']}", flush=True)
        if result != "killed":
            problems.append(f"rule {rule}: {result}")
    return problems


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "check":
        problems = check(arguments[1])
    elif len(arguments) >= 3 and arguments[0] == "run":
        rules = [int(rule) for rule in arguments[3:]] or list(RULES)
        problems = check(arguments[1]) or run(arguments[1], arguments[2], rules)
    else:
        print(__doc__, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
