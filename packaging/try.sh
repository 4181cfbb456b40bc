#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Headgate and runs its main job on a sample: rows of a small
# warehouse become nested JSON and go to a stand-in for an e-mail tool on this machine. Ends with
# the first payload, the run's report and what to type next; where there is a display, the window
# opens. Asks nothing; may be run again at any time, from anywhere.
#   sh packaging/try.sh [--headless] [--no-install]
set -eu
top=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$top"

headless='' install=yes
for option in "$@"; do
    case $option in
    --headless) headless=yes ;;
    --no-install) install='' ;;
    --help | -h) sed -n '3,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "try.sh: there is no option $option; see sh packaging/try.sh --help" >&2; exit 2 ;;
    esac
done

inbox=''
stop_inbox() {
    [ -n "$inbox" ] || return 0
    kill "$inbox" 2>/dev/null || true
    wait "$inbox" 2>/dev/null || true
    inbox=''
}
trap stop_inbox EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

[ -z "$install" ] || sh packaging/packages.sh build

# A compiler takes up to 1.5 GB for a unity batch.
jobs=$(nproc)
memory=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)
[ "$memory" -ge "$jobs" ] || jobs=$memory
[ "$jobs" -ge 1 ] || jobs=1

mkdir -p build
echo "== Building (some minutes the first time)"
cmake --preset release >build/release.configure.log || { cat build/release.configure.log; exit 1; }
cmake --build --preset release -j "$jobs"
PATH=$top/build/release/bin:$PATH

# A folder of its own for each try: what an earlier one left, you may have changed.
sample=$top/build/sample
number=1
while [ -e "$sample" ]; do
    number=$((number + 1))
    sample=$top/build/sample-$number
done
echo "== The sample: $sample"
headgate init "$sample" --sample
export HEADGATE_SAMPLE_KEY=anything

echo "== A stand-in for the e-mail tool, on this machine only"
headgate inbox --project "$sample" --port=0 >"$sample.inbox" &
inbox=$!
url=''
while [ -z "$url" ]; do
    kill -0 "$inbox" 2>/dev/null || { inbox=''; echo "The inbox did not start." >&2; exit 1; }
    url=$(sed -n 's|.*\(http://127\.0\.0\.1:[0-9]*\).*|\1|p' "$sample.inbox" | head -n 1)
    [ -n "$url" ] || sleep 0.1
done
echo "$url"

echo "== The first payload"
headgate preview recently-viewed --project "$sample" --limit=1
echo "== The run"
status=0
headgate run recently-viewed --project "$sample" --inbox="$url" || status=$?
# 1: some records were rejected or invalid, which the report names; the sample has such on purpose.
[ "$status" -le 1 ] || exit "$status"
stop_inbox

cat <<END
== What to type next
  export PATH="$top/build/release/bin:\$PATH" HEADGATE_SAMPLE_KEY=anything
  cd "$sample"
  headgate inbox &                      # the stand-in, for as long as you like
  headgate plan recently-viewed         # nothing has changed: nothing would go
  headgate preview recently-viewed --rows
  headgate run recently-viewed
  headgate --help
END

[ -z "$headless" ] || exit 0
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || exit 0
[ -x build/release/bin/headgate-desktop ] || exit 0
echo "== The window"
headgate-desktop --project "$sample"
