#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the packages of the named sets (packaging/packages/SYSTEM.txt) that are missing.
#   sh packaging/packages.sh build [test] [deep] [bench]
# Asks nothing. Exit 0: all are there; 2: nothing was changed, and what to do was said.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
[ $# -gt 0 ] || { sed -n '3,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }

# Prints the packages of the sets that are named after the list.
packages_of() {
    list=$1
    shift
    for set_name in "$@"; do
        awk -v set_name="$set_name" '$1 == set_name { print $2 }' "$list"
    done
}

system=$(
    ID='' VERSION_ID=''
    # shellcheck disable=SC1091
    [ ! -r /etc/os-release ] || . /etc/os-release
    echo "$ID-$VERSION_ID"
)
list=$here/packages/$system.txt
if [ ! -f "$list" ]; then
    [ "$system" != - ] || system=$(uname -s)
    cat >&2 <<END
Headgate does not know the packages of this system ($system). On Debian 12 they are:
$(packages_of "$here/packages/debian-12.txt" "$@" | tr '\n' ' ')
Install their like, then run the script again with --no-install.
END
    exit 2
fi

missing=
for package in $(packages_of "$list" "$@"); do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=none
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
[ "$system" = debian-12 ] ||
    echo "The list of packages for $system is untried; if a name is unknown, see $list." >&2

if [ "$(id -u)" -eq 0 ]; then
    as_root() { "$@"; }
elif sudo -n true 2>/dev/null; then
    as_root() { sudo -n "$@"; }
else
    cat >&2 <<END
Packages are missing, and this user may not install them without a password. As root, run:

  apt-get update && apt-get install -y --no-install-recommends$missing

then run this script again. Nothing was changed.
END
    exit 2
fi

# Servers that are only wanted as programs must not start: not now, not with the next boot.
quiet=/usr/sbin/policy-rc.d
unquiet() { as_root rm -f "$quiet"; }
if [ -e "$quiet" ]; then
    unquiet() { :; }
else
    trap unquiet EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$quiet" >/dev/null
    as_root chmod 755 "$quiet"
fi

echo "Installing:$missing"
as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq update
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 \
    -o Dpkg::Use-Pty=0 -qq install -y --no-install-recommends $missing >/dev/null

if [ -d /run/systemd/system ]; then
    for package in $missing; do
        case $package in
        postgresql) as_root systemctl disable -q postgresql ;;
        mariadb-server) as_root systemctl disable -q mariadb ;;
        openssh-server) as_root systemctl disable -q ssh ;;
        esac
    done
fi
