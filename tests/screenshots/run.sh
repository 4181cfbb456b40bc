#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh FOLDER [BUILD]: every page of the window as a picture, light and dark, at 100 and 200 %.
# Where the system allows it, without any network but this machine's own.
set -eu
folder=${1:?"run.sh FOLDER [BUILD]"}
build=${2:-build/ci}
cd "$(dirname "$0")/../.."
program=$PWD/$build/bin/test_screenshots
[ -x "$program" ] || { echo "build test_screenshots first: ninja -C $build test_screenshots"; exit 2; }
for scale in 1 2; do
    mkdir -p "$folder/$scale"
    HEADGATE_CATALOGUE=$(cd "$folder/$scale" && pwd)
    export HEADGATE_CATALOGUE QT_SCALE_FACTOR=$scale QT_QPA_PLATFORM=offscreen
    if unshare -rn true 2>/dev/null; then
        unshare -rn sh -c "ip link set lo up && exec '$program' --gtest_brief=1"
    else
        "$program" --gtest_brief=1
    fi
done
ls "$folder"/*/*.png
