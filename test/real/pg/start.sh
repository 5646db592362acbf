#!/usr/bin/env bash
# A private PostgreSQL for both servers, on loopback with trust authentication, never the system's own cluster.
# Idempotent: initialises, starts, waits.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
. "$REAL/pg/cluster.sh"
if as_pg "$PG_BIN/pg_ctl" -D "$PG_CLUSTER" status >/dev/null 2>&1; then
  "$PG_BIN/pg_isready" -q -h 127.0.0.1 -p "$PG_PORT" && exit 0
  echo "The test PostgreSQL runs, but not on port $PG_PORT; stop it (test/real/down.sh) or set PG_PORT to its port." >&2
  exit 1
fi
refuse_taken_port PG_PORT "$PG_PORT"
if [ ! -s "$PG_CLUSTER/PG_VERSION" ]; then
  mkdir -p "$PG_CLUSTER"
  if [ "$(id -u)" = 0 ]; then chown postgres "$PG_CLUSTER"; fi
  chmod 700 "$PG_CLUSTER"
  as_pg "$PG_BIN/initdb" -D "$PG_CLUSTER" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$REAL_DATA/initdb.log" 2>&1
  # nothing here outlives the test run, so durability is traded for speed; jit doubles the time of Tryton's set-up
  as_pg tee -a "$PG_CLUSTER/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
timezone = 'UTC'
jit = off
CONF
fi
as_pg "$PG_BIN/pg_ctl" -D "$PG_CLUSTER" -o "-p $PG_PORT" -l "$PG_CLUSTER/server.log" -w -t 60 start >/dev/null
"$PG_BIN/pg_isready" -q -h 127.0.0.1 -p "$PG_PORT"
