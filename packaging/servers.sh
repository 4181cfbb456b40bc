#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Throw-away PostgreSQL and MariaDB on loopback, for tests.
#   servers.sh start DIR    starts what is not running; writes DIR/env; safe to repeat
#   servers.sh stop DIR     stops what start started; the data stay, a later start uses them again
#   servers.sh env DIR      prints DIR/env:  eval "$(servers.sh env DIR)"
# Runs as root (the servers then run as postgres and mysql) and as an ordinary user. Needs the
# Debian packages postgresql, mariadb-server and openssl. User app, password secret, database app;
# app is superuser. Both servers offer TLS with a certificate of DIR/tls/ca.pem for localhost.
set -eu

usage() { sed -n '3,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -eq 2 ] || usage
verb=$1
case $verb in start | stop | env) ;; *) usage ;; esac
[ "$verb" != start ] || mkdir -p "$2"
[ -d "$2" ] || { [ "$verb" = stop ] && exit 0; echo "servers.sh: no folder $2: start first" >&2; exit 1; }
dir=$(cd "$2" && pwd -P)

if [ "$verb" = env ]; then
    [ -f "$dir/env" ] || { echo "servers.sh: nothing was started in $dir" >&2; exit 1; }
    exec cat "$dir/env"
fi

exec 9>"$dir/.lock"
if command -v flock >/dev/null; then flock 9; fi

# The servers refuse to run as root, and their users must be able to reach the folder.
as() {
    local user=$1
    shift
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u "$user" -- env LC_ALL=C.UTF-8 "$@" 9>&- </dev/null
    else
        env LC_ALL=C.UTF-8 "$@" 9>&- </dev/null
    fi
}

# Prints the folder for a server's data: below DIR, or where DIR cannot be entered by the server's
# user, a folder of its own that DIR/NAME points to.
data_folder() {
    local name=$1 user=$2
    if [ ! -e "$dir/$name" ]; then
        mkdir -p "$dir/$name"
        if [ "$(id -u)" -eq 0 ]; then
            chown "$user:" "$dir/$name"
            if ! as "$user" test -w "$dir/$name"; then
                rmdir "$dir/$name"
                ln -s "$(mktemp -d /tmp/headgate-servers.XXXXXX)" "$dir/$name"
                chown "$user:" "$dir/$name/."
            fi
        fi
    fi
    (cd "$dir/$name" && pwd -P)
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the system takes the ports of outgoing connections.
free_port() {
    local port
    while :; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        port_is_taken "$port" || { echo "$port"; return; }
    done
}

make_certificates() {
    local tls="$dir/tls"
    [ ! -f "$tls/server.pem" ] || return 0
    mkdir -p "$tls"
    {
        openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=Headgate test CA" \
            -keyout "$tls/ca.key" -out "$tls/ca.pem"
        openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" \
            -keyout "$tls/server.key" -out "$tls/server.csr"
        printf 'subjectAltName=DNS:localhost\n' >"$tls/server.ext"
        openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" \
            -CAcreateserial -days 3650 -extfile "$tls/server.ext" -out "$tls/server.new"
    } >"$tls/log" 2>&1 || { cat "$tls/log" >&2; return 1; }
    mv "$tls/server.new" "$tls/server.pem"
}

# A server reads its own copy of the certificate: the key must belong to its user.
install_certificate() {
    local to=$1 user=$2
    cp "$dir/tls/server.pem" "$dir/tls/server.key" "$to/"
    chmod 600 "$to/server.key"
    [ "$(id -u)" -ne 0 ] || chown "$user:" "$to/server.pem" "$to/server.key"
}

postgres_bin() {
    local bin newest=
    for bin in /usr/lib/postgresql/*/bin; do
        if [ -x "$bin/initdb" ]; then newest=$bin; fi
    done
    [ -n "$newest" ] || newest=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
    [ -x "$newest/initdb" ] || { echo "servers.sh: PostgreSQL is not installed" >&2; return 1; }
    echo "$newest"
}

postgres_running() { as postgres "$pg_bin/pg_ctl" -D "$pg/data" status >/dev/null 2>&1; }

start_postgres() {
    local attempt port
    pg_bin=$(postgres_bin)
    pg=$(data_folder pg postgres)
    if [ ! -f "$pg/data/PG_VERSION" ]; then
        rm -rf "$pg/data"
        printf 'secret\n' >"$pg/password"
        [ "$(id -u)" -ne 0 ] || chown postgres: "$pg/password"
        as postgres "$pg_bin/initdb" -D "$pg/data" -U app --pwfile="$pg/password" \
            --auth=scram-sha-256 -E UTF8 --locale=C.UTF-8 -N >"$dir/pg.initdb.log" 2>&1 ||
            { cat "$dir/pg.initdb.log" >&2; return 1; }
        install_certificate "$pg/data" postgres
    fi
    if postgres_running; then return 0; fi
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if as postgres "$pg_bin/pg_ctl" -D "$pg/data" -l "$pg/log" -w -t 60 -o "-c port=$port \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
            -c ssl=on -c ssl_cert_file=server.pem -c ssl_key_file=server.key \
            -c fsync=off -c full_page_writes=off -c synchronous_commit=off" \
            start >"$dir/pg.start.log" 2>&1; then
            echo "$port" >"$dir/pg.port"
            PGPASSWORD=secret as postgres env PGPASSWORD=secret "$pg_bin/psql" -h 127.0.0.1 \
                -p "$port" -U app -d postgres -qAtc \
                "select 'create database app' where not exists
                 (select 1 from pg_database where datname = 'app')" >"$dir/pg.create.sql"
            [ ! -s "$dir/pg.create.sql" ] ||
                as postgres env PGPASSWORD=secret "$pg_bin/psql" -h 127.0.0.1 -p "$port" -U app \
                    -d postgres -qc "create database app"
            return 0
        fi
    done
    echo "servers.sh: PostgreSQL did not start in $attempt attempts; see $pg/log" >&2
    tail -n 20 "$pg/log" >&2 || true
    return 1
}

mariadb_pid() {
    local pid
    pid=$(cat "$maria/pid" 2>/dev/null) || return 1
    case $(ps -o stat=,comm= -p "$pid" 2>/dev/null) in
    Z*) return 1 ;;
    *mariadbd* | *mysqld*) echo "$pid" ;;
    *) return 1 ;;
    esac
}

mariadb_answers() {
    mariadb-admin --no-defaults -h 127.0.0.1 -P "$1" -uapp -psecret ping >/dev/null 2>&1
}

start_mariadb() {
    local attempt port pid sockets own_session
    own_session=$(command -v setsid || true)
    PATH=$PATH:/usr/sbin:/usr/local/sbin
    command -v mariadbd >/dev/null || { echo "servers.sh: MariaDB is not installed" >&2; return 1; }
    maria=$(data_folder maria mysql)
    if [ ! -f "$maria/ready" ]; then
        rm -rf "$maria/data"
        as mysql mariadb-install-db --no-defaults --datadir="$maria/data" --skip-test-db \
            --auth-root-authentication-method=normal >"$dir/maria.install.log" 2>&1 ||
            { cat "$dir/maria.install.log" >&2; return 1; }
        install_certificate "$maria" mysql
        cat >"$maria/init.sql" <<'SQL'
create database if not exists app character set utf8mb4;
create user if not exists app@'%' identified by 'secret';
grant all on *.* to app@'%' with grant option;
SQL
        touch "$maria/ready"
    fi
    if mariadb_pid >/dev/null; then return 0; fi
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        # A path below DIR may be longer than a socket's name can be.
        sockets=$(mktemp -d /tmp/headgate-socket.XXXXXX)
        [ "$(id -u)" -ne 0 ] || chown mysql: "$sockets"
        rm -f "$maria/pid"
        as mysql ${own_session:+"$own_session"} mariadbd --no-defaults \
            --datadir="$maria/data" --socket="$sockets/s" --port="$port" --bind-address=127.0.0.1 --pid-file="$maria/pid" \
            --init-file="$maria/init.sql" --skip-log-bin --skip-name-resolve \
            --character-set-server=utf8mb4 --innodb-flush-log-at-trx-commit=0 \
            --ssl-cert="$maria/server.pem" --ssl-key="$maria/server.key" \
            >"$dir/maria.log" 2>&1 9>&- &
        pid=$!
        for _ in $(seq 600); do
            if mariadb_answers "$port"; then
                echo "$port" >"$dir/maria.port"
                rm -rf "$(cat "$dir/maria.socket" 2>/dev/null || echo /nonexistent)"
                echo "$sockets" >"$dir/maria.socket"
                disown "$pid" 2>/dev/null || true
                return 0
            fi
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
        rm -rf "$sockets"
    done
    echo "servers.sh: MariaDB did not start in $attempt attempts; see $dir/maria.log" >&2
    tail -n 20 "$dir/maria.log" >&2 || true
    return 1
}

write_env() {
    local id port
    : >"$dir/env.new"
    for id in PG MARIADB; do
        [ "$id" = PG ] && port=$(cat "$dir/pg.port") || port=$(cat "$dir/maria.port")
        cat >>"$dir/env.new" <<ENV
export HEADGATE_TEST_$id='host=127.0.0.1 port=$port user=app password=secret dbname=app'
export HEADGATE_TEST_${id}_HOST=127.0.0.1
export HEADGATE_TEST_${id}_PORT=$port
export HEADGATE_TEST_${id}_USER=app
export HEADGATE_TEST_${id}_PASSWORD=secret
export HEADGATE_TEST_${id}_DATABASE=app
ENV
    done
    printf 'export HEADGATE_TEST_DIR=%q\nexport HEADGATE_TEST_CA=%q\n' "$dir" "$dir/tls/ca.pem" \
        >>"$dir/env.new"
    mv "$dir/env.new" "$dir/env"
}

stop_all() {
    local pid
    if [ -e "$dir/pg" ]; then
        pg_bin=$(postgres_bin)
        pg=$(cd "$dir/pg" && pwd -P)
        if postgres_running; then
            as postgres "$pg_bin/pg_ctl" -D "$pg/data" -m fast -w -t 60 stop >/dev/null
        fi
    fi
    if [ -e "$dir/maria" ]; then
        maria=$(cd "$dir/maria" && pwd -P)
        if pid=$(mariadb_pid); then
            kill "$pid"
            for _ in $(seq 300); do
                mariadb_pid >/dev/null || break
                sleep 0.1
            done
            if mariadb_pid >/dev/null; then kill -9 "$pid"; fi
        fi
        [ ! -f "$dir/maria.socket" ] || rm -rf "$(cat "$dir/maria.socket")"
        rm -f "$dir/maria.socket"
    fi
}

case $verb in
start)
    make_certificates
    start_postgres
    start_mariadb
    write_env
    ;;
stop) stop_all ;;
env) ;;
esac
