#!/usr/bin/env bash
# Stops everything up.sh started. Databases and snapshots stay; rm -r the data folder to forget them.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/env.sh"
mkdir -p "$REAL_DATA"
# never in the middle of somebody's up.sh
if [ "${1:-}" != --locked ]; then exec flock -o "$REAL_DATA/lock" "$REAL/down.sh" --locked; fi
"$REAL/tryton/stop.sh"
"$REAL/medusa/stop.sh"
"$REAL/pg/stop.sh"
