#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy (.clang-tidy) and clazy (the list below) over the sources of the library, the window and
# the programs, as unity batches. Prints what they find; exit 1 if that is anything.
#   sh packaging/tidy.sh [JOBS]
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-$(nproc)}

# Of clazy's levels 0 to 2, what has earned its place. Not in it: qt6-* (there is nothing to port),
# old-style-connect and the like, which the compiler refuses here (QT_NO_CAST_*, QT_NO_KEYWORDS).
clazy=connect-by-name,connect-non-signal,connect-not-normalized,container-anti-pattern
clazy=$clazy,container-inside-loop,detaching-member,detaching-temporary,empty-qstringliteral
clazy=$clazy,fully-qualified-moc-types,implicit-casts,incorrect-emit
clazy=$clazy,lambda-in-connect,lambda-unique-connection,mutable-container-key,old-style-connect
clazy=$clazy,qdatetime-utc,qevent-accept,qfileinfo-exists,qmap-with-pointer-key,qproperty-without-notify
clazy=$clazy,qstring-arg,qstring-comparison-to-implicit-char,qstring-left,qstring-ref
clazy=$clazy,range-loop-detach,range-loop-reference,rule-of-two-soft,skipped-base-method
clazy=$clazy,static-pmf,strict-iterators,temporary-iterator,thread-with-slots,unused-non-trivial-variable
clazy=$clazy,use-chrono-in-qtimer,virtual-call-ctor,wrong-qevent-cast,wrong-qglobalstatic

cmake --preset tidy >/dev/null
# What the compiler needs to have been made: mocs, resources.
cmake --build --preset tidy --target headgate_core_autogen headgate_ui_autogen >/dev/null
python3 - build/tidy/compile_commands.json >build/tidy/sources.txt <<'END'
import json, re, sys
for entry in json.load(open(sys.argv[1], encoding="utf-8")):
    if re.search(r"(core|ui|app/\w+)/CMakeFiles/.*/Unity/", entry["file"]):
        print(entry["file"])
END

found=build/tidy/findings.txt
: >"$found"
xargs -P "$jobs" -n 1 clang-tidy-14 -p build/tidy --quiet <build/tidy/sources.txt >>"$found" 2>/dev/null || true
xargs -P "$jobs" -n 1 clazy-standalone -p build/tidy --checks="$clazy" \
    --header-filter='/(core|ui|app)/' <build/tidy/sources.txt >>"$found" 2>&1 || true
# A header is seen by many batches.
grep -E '(warning|error):' "$found" | grep -v '^/usr/' | sort -u >"$found.unique" || true
cat "$found.unique"
[ ! -s "$found.unique" ]
