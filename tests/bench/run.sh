#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the programs optimised, starts a throw-away PostgreSQL on loopback, fills it and measures:
# one table of ratios with processor time and memory. Asks nothing.
#   sh tests/bench/run.sh [--no-install] [--only=first,slow,...] [--repeats=N] [--ten-million] [--record]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd -P)
cd "$top"

case ${1-} in
--help | -h) sed -n '3,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
--no-install) shift ;;
*) sh packaging/packages.sh build test bench ;;
esac

work=$top/build/bench
build=$top/build/release
mkdir -p "$work"
targets="headgate bench_sink bench_read_and_drop bench_read_manifest"
desktop=ON
# The window takes long to build, and most measures do without it.
case " $* " in
*" --only="*window*) ;;
*" --only="*) desktop=OFF ;;
esac
[ "$desktop" = OFF ] || targets="$targets bench_window bench_empty_window"
cmake --preset release -DHEADGATE_DESKTOP="$desktop" -DHEADGATE_BENCH=ON >"$work/configure.log" || {
    cat "$work/configure.log"
    exit 1
}
# shellcheck disable=SC2086
cmake --build --preset release --target $targets >"$work/build.log" || {
    cat "$work/build.log"
    exit 1
}

finish() {
    status=$?
    trap '' INT TERM HUP
    bash packaging/servers.sh stop "$work/servers" || status=1
    trap - EXIT
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
bash packaging/servers.sh start "$work/servers"
eval "$(bash packaging/servers.sh env "$work/servers")"

# The system's own Python has psycopg2 and requests; another one in the path may not.
PATH=/usr/bin:$PATH
set -- python3 -B tests/bench/bench.py --folder="$work" --build="$build" "$@"
[ "$desktop" = OFF ] || set -- bash tests/ui/on_screen.sh "$@"
"$@"
