#!/usr/bin/env bash
# Starts Medusa in the background and waits for /health. Idempotent.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
cd "$REAL/medusa"
export MEDUSA_DISABLE_TELEMETRY=true NODE_ENV=production DATABASE_URL="$PG_DSN/medusa"
pidfile="$REAL_DATA/medusa/server.pid" log="$REAL_DATA/medusa/server.log"
answers() { curl -fsS -m 5 "$MEDUSA_URL/health" >/dev/null 2>&1; }
if [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null && answers; then exit 0; fi
refuse_taken_port MEDUSA_PORT "$MEDUSA_PORT"
# node itself, not the .bin wrapper, so that the pid is the server's own; without -H it listens on every address
setsid node node_modules/@medusajs/cli/cli.js start -H 127.0.0.1 -p "$MEDUSA_PORT" >"$log" 2>&1 </dev/null &
echo $! >"$pidfile"
wait_for medusa "$pidfile" "$log" answers
