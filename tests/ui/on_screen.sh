#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program on a screen of its own: on_screen.sh PROGRAM [ARGUMENT...]
# The screen is an X server without a window manager that is there for this program alone.
set -eu
command -v Xvfb >/dev/null || { echo "on_screen.sh: Xvfb is not installed (package xvfb)" >&2; exit 1; }

folder=$(mktemp -d)
server=''
finish() {
    status=$?
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkfifo "$folder/number"
Xvfb -displayfd 3 -screen 0 1920x1200x24 -nolisten tcp -noreset \
    3>"$folder/number" >"$folder/log" 2>&1 &
server=$!
# Xvfb chooses a free number; where it cannot start, the pipe ends without one.
read -r number <"$folder/number" || { cat "$folder/log" >&2; exit 1; }

unset WAYLAND_DISPLAY XMODIFIERS
export DISPLAY=:$number QT_QPA_PLATFORM=xcb QT_IM_MODULE=compose
"$@"
