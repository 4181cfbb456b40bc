#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds with warnings as errors, starts throw-away servers on loopback,
# runs all tests and stops the servers. Asks nothing; may be run again at any time, from anywhere.
#   sh packaging/test.sh [--deep[=kills|points]] [--no-install] [CTEST-OPTION...]
# --deep adds what takes longer: more rounds of what is random, mutants, clang-tidy, sanitizers, and
# hours of kills and faults. --deep=kills only kills runs 10,000 times over 1,000,000 records, and
# --deep=points only lets every operation of a run go wrong, at more than 3,000 points.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$top"

deep='' everything='' install=yes
while [ $# -gt 0 ]; do
    case $1 in
    --deep) deep=all everything=yes ;;
    --deep=kills | --deep=points) deep=${1#--deep=} ;;
    --no-install) install='' ;;
    --help | -h) sed -n '3,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) break ;;
    esac
    shift
done

servers=$top/build/servers
phase='' phase_began=0 times=''
begin() {
    end
    phase=$1 phase_began=$(date +%s)
    echo "== $phase"
}
end() {
    [ -n "$phase" ] || return 0
    times="$times
$(printf '%6d s  %s' $(($(date +%s) - phase_began)) "$phase")"
    phase=''
}
finish() {
    status=$?
    trap '' INT TERM HUP
    [ ! -d "$servers" ] || bash packaging/servers.sh stop "$servers" || status=1
    end
    echo "== time$times"
    [ "$status" -eq 0 ] || echo "packaging/test.sh failed (exit $status)"
    trap - EXIT
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# A compiler takes up to 1.5 GB for a unity batch.
jobs=$(nproc)
memory=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)
[ "$memory" -ge "$jobs" ] || jobs=$memory
[ "$jobs" -ge 1 ] || jobs=1

# Lets a clone in another folder use what this one compiled.
export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$top}" CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-time_macros}"

build() {
    cmake --preset "$1" >"build/$1.configure.log" || { cat "build/$1.configure.log"; exit 1; }
    cmake --build --preset "$1" -j "$jobs"
}
# Shows how far the tests are every hundred, and of those that failed everything. All of it is in
# build/PRESET.tests.log.
run_tests() {
    preset=$1
    shift
    log=build/$preset.tests.log
    { bash packaging/with-keyring.sh ctest --test-dir "build/$preset" --output-on-failure \
        --no-tests=error -j "$jobs" "$@" 2>&1 || echo "ctest: exit $?"; } | tee "$log" | awk '
        /^ *Start +[0-9]+: / { next }
        / +Passed +[0-9.]+ sec *$/ { if (++passed % 100 == 0) print passed " passed"; fflush(); next }
        { print; fflush() }'
    if grep -q '^ctest: exit ' "$log"; then return 1; fi
}

if [ -n "$install" ]; then
    begin packages
    sh packaging/packages.sh build test ${everything:+deep}
fi
mkdir -p build
begin "build (warnings are errors)"
build ci
begin servers
bash packaging/servers.sh start "$servers"
eval "$(bash packaging/servers.sh env "$servers")"
# A part that fails does not keep the later ones from being seen.
failed=''
part() {
    "$@" || failed="$failed
  $phase"
}
if [ -z "$deep" ]; then
    begin tests
    part run_tests ci "$@"
elif [ -n "$everything" ]; then
    begin tests
    export HEADGATE_TEST_DEEP=1
    part run_tests ci -LE '^faults$' "$@"
    unset HEADGATE_TEST_DEEP
    begin "mutants: a change of the sources per rule, which its tests must notice"
    CMAKE_BUILD_PARALLEL_LEVEL=$jobs part python3 -B tests/mutants/mutants.py run . build/mutants
    begin "clang-tidy and clazy"
    part sh packaging/tidy.sh "$jobs"
    begin "build with sanitizers"
    build asan
    begin "tests with sanitizers"
    part run_tests asan "$@"
    begin "more damaged inputs with sanitizers"
    export HEADGATE_TEST_DEEP=1
    part run_tests asan -R '^fuzz\.'
fi
[ -z "$deep" ] || export HEADGATE_TEST_DEEP=1
case $deep in
all | kills)
    begin "10,000 kills"
    part run_tests ci -V -R '^faults\.kill$'
    ;;
esac
case $deep in
all | points)
    begin "a fault at every operation"
    part run_tests ci -V -R '^faults\.sweep$'
    ;;
esac
[ -z "$failed" ] || {
    echo "These parts failed:$failed"
    exit 1
}
