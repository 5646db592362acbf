#!/usr/bin/env bash
# Stops everything up.sh started. Databases and snapshots stay; rm -r the data folder to forget them.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/env.sh"
"$REAL/tryton/stop.sh"
"$REAL/medusa/stop.sh"
"$REAL/pg/stop.sh"
