#!/usr/bin/env bash
# A new Medusa database filled, through its own HTTP APIs, with the business of orders.json. The server must be stopped.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
"$REAL/medusa/setup.sh"
"$REAL/medusa/start.sh"
node "$REAL/medusa/seed.mjs"
