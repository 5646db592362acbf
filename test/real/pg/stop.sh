#!/usr/bin/env bash
# Stops the private PostgreSQL, found by its own data folder.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || exit 0
. "$REAL/pg/cluster.sh"
as_pg "$PG_BIN/pg_ctl" -D "$PG_CLUSTER" status >/dev/null 2>&1 || exit 0
as_pg "$PG_BIN/pg_ctl" -D "$PG_CLUSTER" -m fast -w stop >/dev/null
