#!/usr/bin/env bash
# Brings both servers up in their seeded state, with the shop's stock aligned and expected.json written.
#   up.sh           from the snapshot in seconds when there is one of this very seed; else from nothing, in minutes
#   up.sh --fresh   from nothing
# Every port and place can be moved: env.sh.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/env.sh"
mkdir -p "$REAL_DATA"
# one at a time: a second caller waits, and then finds the snapshot
if [ "${1:-}" != --locked ]; then exec flock -o "$REAL_DATA/lock" "$REAL/up.sh" --locked "$@"; fi
shift

"$REAL/medusa/install.sh" &
installing=$!
"$REAL/packages.sh"
wait "$installing"
"$REAL/pg/start.sh"

# a snapshot is good for exactly what it was made of
seed=$( (cd "$REAL" && cat common/plan.mjs common/orders.mjs tryton/modules.sh tryton/setup.sh tryton/*.py \
  medusa/setup.sh medusa/*.mjs medusa/medusa-config.js medusa/package-lock.json
  echo "$TRYTON_ADMIN_PASSWORD $TRYTON_MONITOR_PASSWORD $TRYTON_INTEGRATION_PASSWORD $MEDUSA_ADMIN_EMAIL $MEDUSA_ADMIN_PASSWORD") | sha256sum | cut -c1-32)
snapshots=$(sql "select count(*) from pg_database where datname in ('tryton_seeded', 'medusa_seeded') and shobj_description(oid, 'pg_database') = '$seed'")

"$REAL/tryton/stop.sh"
"$REAL/medusa/stop.sh"
# before minutes are spent on seeding
refuse_taken_port TRYTON_PORT "$TRYTON_PORT"
refuse_taken_port MEDUSA_PORT "$MEDUSA_PORT"
if [ "${1:-}" != --fresh ] && [ "$snapshots" = 2 ] && [ -s "$REAL_DATA/medusa/secrets.json" ]; then
  for database in tryton medusa; do
    sql "drop database if exists $database with (force)"
    sql "create database $database template ${database}_seeded strategy file_copy"
  done
else
  echo "seeding both servers, a few minutes; logs in $REAL_DATA"
  node "$REAL/common/write-orders.mjs" "$REAL_DATA/orders.json"
  "$REAL/medusa/seed.sh" >"$REAL_DATA/medusa-seed.log" 2>&1 &
  medusa=$!
  "$REAL/tryton/seed.sh" >"$REAL_DATA/tryton-seed.log" 2>&1 || { tail -20 "$REAL_DATA/tryton-seed.log" >&2; exit 1; }
  wait "$medusa" || { tail -20 "$REAL_DATA/medusa-seed.log" >&2; exit 1; }
  "$REAL/medusa/stop.sh"
  for database in tryton medusa; do
    sql "drop database if exists ${database}_seeded"
    sql "create database ${database}_seeded template $database strategy file_copy"
    sql "comment on database ${database}_seeded is '$seed'"
  done
fi

"$REAL/tryton/start.sh" &
starting=$!
"$REAL/medusa/start.sh"
wait "$starting"
node "$REAL/common/write-servers.mjs"
node "$REAL/truth/align-stock.mjs"
node "$REAL/truth/write-expected.mjs"
echo "shop $MEDUSA_URL  ERP $TRYTON_URL  keys and expected.json in $REAL_DATA"
