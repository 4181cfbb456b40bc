#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy (.clang-tidy) and clazy (the list below) over the sources of the library, the window and
# the programs, as unity batches. Prints what they find and how many batches each has read. Exit 1 if
# they find anything, if one of them fails on a batch, or if it misses what it surely has to find.
#   sh packaging/tidy.sh [JOBS]
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-$(nproc)}

# Of clazy's levels 0 to 2, what has earned its place. Not in it: qt6-* (there is nothing to port),
# foreach, qt-keywords and the like, which the compiler refuses here (QT_NO_CAST_*, QT_NO_KEYWORDS).
clazy=connect-by-name,connect-non-signal,connect-not-normalized,container-anti-pattern
clazy=$clazy,container-inside-loop,detaching-member,detaching-temporary,empty-qstringliteral
clazy=$clazy,fully-qualified-moc-types,implicit-casts,incorrect-emit
clazy=$clazy,lambda-in-connect,lambda-unique-connection,mutable-container-key,old-style-connect
clazy=$clazy,qdatetime-utc,qfileinfo-exists,qmap-with-pointer-key,qproperty-without-notify
clazy=$clazy,qstring-arg,qstring-comparison-to-implicit-char,qstring-left,qstring-ref
clazy=$clazy,range-loop-detach,range-loop-reference,rule-of-two-soft,skipped-base-method
clazy=$clazy,static-pmf,strict-iterators,temporary-iterator,thread-with-slots,unused-non-trivial-variable
clazy=$clazy,use-chrono-in-qtimer,virtual-call-ctor,wrong-qevent-cast,wrong-qglobalstatic

# Nothing has to be built: no source includes what moc or another tool makes.
cmake --preset tidy >/dev/null
exec python3 -B - "$jobs" "$clazy" <<'END'
import json
import os
import re
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

BUILD = os.path.abspath("build/tidy")
JOBS, CLAZY = int(sys.argv[1]), sys.argv[2]
# The compile commands are GCC's, and have options that Clang does not know.
OPTIONS = ["-p", BUILD, "--extra-arg=-Wno-unknown-warning-option"]
TOOLS = {
    "clang-tidy": ["clang-tidy-14", "--quiet", *OPTIONS],
    "clazy": ["clazy-standalone", *OPTIONS, "--checks=" + CLAZY,
              "--header-filter=/(core|ui|app)/"],
}
# What the tools say, with exit code 0, of a configuration that they then do not use as it is.
UNUSED = re.compile(r"^(?:Error (?:parsing|reading|while)|Invalid check).*", re.M)
ERROR = re.compile(r"^.*\berror: .*", re.M)
FINDING = re.compile(r"^(?!/usr/).*\b(?:warning|error): .*", re.M)
CONTROL = """struct Base { virtual ~Base(); virtual void called(); };
struct Derived : Base { virtual void called(); };
struct Copied { Copied(); Copied(const Copied&); int held; };
inline void assign(Copied& to, const Copied& from) { to = from; }
"""
MUST_FIND = {"clang-tidy": "modernize-use-override", "clazy": "rule-of-two-soft"}


def batches():
    """The files that the compiler is given, but for those that are generated as a whole."""
    with open(BUILD + "/compile_commands.json", encoding="utf-8") as file:
        given = {entry["file"] for entry in json.load(file)}
    return sorted(f for f in given if not re.search(r"_resources_\d+\.dir/", f)
                  and ("/Unity/" in f or not f.startswith(BUILD + "/")))


def run(command):
    """What the command says, and why that is not to be relied on, or None."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              encoding="utf-8", errors="replace")
    except OSError as error:
        return "", str(error)
    why = ERROR.search(done.stdout) or UNUSED.search(done.stdout)
    if not done.returncode and not why:
        return done.stdout, None
    return done.stdout, f"exit code {done.returncode}: {why.group() if why else 'it says not why'}"


def broken_controls():
    """Each tool must find what a header has that a batch includes; each check must exist."""
    os.makedirs(BUILD + "/core", exist_ok=True)
    header, batch = BUILD + "/core/control.h", BUILD + "/control.cxx"
    for path, text in ((header, CONTROL), (batch, '#include "core/control.h"\n')):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    for tool, command in TOOLS.items():
        said, failure = run([*command, batch, "--", "-std=c++20", "-I" + BUILD])
        if failure or MUST_FIND[tool] not in said:
            yield f"{tool} does not find what it has to: {failure or said}"
    said, failure = run(["clang-tidy-14", "--list-checks"])
    known = set(said.split())
    with open(".clang-tidy", encoding="utf-8") as file:
        named = re.findall(r"^  ([a-z][\w.-]+),?$", file.read(), re.M)
    if failure or not named:
        yield f"clang-tidy does not list its checks: {failure}"
    for check in named:
        if check not in known:
            yield f".clang-tidy names a check that there is not: {check}"


def main():
    complaints = list(broken_controls())
    files = batches()
    work = [(tool, file) for file in files for tool in TOOLS]
    with ThreadPoolExecutor(JOBS) as pool:
        answers = list(pool.map(lambda one: run([*TOOLS[one[0]], one[1]]), work))
    findings = sorted({f for said, _ in answers for f in FINDING.findall(said)})
    for finding in findings:
        print(finding)
    for (tool, file), (_, failure) in zip(work, answers):
        if failure:
            complaints.append(f"{tool} failed on {os.path.relpath(file, BUILD)}: {failure}")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    for tool in TOOLS:
        read = sum(t == tool and not failure for (t, _), (_, failure) in zip(work, answers))
        print(f"{tool}: read {read} of {len(files)} batches")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{len(findings)} findings, {(used.ru_utime + used.ru_stime) / 60:.1f} processor minutes")
    return 1 if findings or complaints or not files else 0


sys.exit(main())
END
