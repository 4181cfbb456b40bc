#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command with a throw-away keychain (gnome-keyring) on a private D-Bus session, in a home
# folder of its own: nothing of the user's is read or changed. No display is needed.
#   packaging/with-keyring.sh COMMAND [ARGUMENT...]
set -eu

on_private_bus() {
    home=$(mktemp -d "${TMPDIR:-/tmp}/headgate-keyring.XXXXXX")
    trap 'rm -rf "$home"' EXIT
    export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data"
    export XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_STATE_HOME="$home/state"
    (umask 077; mkdir -p "$home/run" "$home/data/keyrings" "$home/config" "$home/cache")
    unset GNOME_KEYRING_CONTROL SSH_AUTH_SOCK DISPLAY WAYLAND_DISPLAY
    dbus-run-session -- bash "$0" --on-this-bus "$@"
}

keychain_answers() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null |
        grep -q 'boolean true'
}

# The daemon ends with the bus.
on_this_bus() {
    started=$(printf %s test-password |
        gnome-keyring-daemon --unlock --components=secrets --daemonize 2>/dev/null)
    while IFS= read -r variable; do
        [ -z "$variable" ] || export "${variable?}"
    done <<<"$started"
    for _ in $(seq 100); do
        if keychain_answers; then
            export HEADGATE_TEST_KEYRING=1
            exec "$@"
        fi
        sleep 0.1
    done
    echo "with-keyring.sh: the keychain did not start" >&2
    exit 1
}

[ $# -gt 0 ] || { sed -n '5s/^# *//p' "$0" >&2; exit 2; }
for tool in dbus-run-session gnome-keyring-daemon dbus-send; do
    command -v "$tool" >/dev/null ||
        { echo "with-keyring.sh: $tool is missing (packages dbus, gnome-keyring)" >&2; exit 1; }
done
if [ "$1" = --on-this-bus ]; then
    shift
    on_this_bus "$@"
fi
on_private_bus "$@"
