#!/usr/bin/env bash
# Starts trytond in the background and waits until it answers. Idempotent.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
pidfile="$REAL_DATA/tryton/server.pid" log="$REAL_DATA/tryton/server.log"
answers() { curl -fsS -m 5 -H 'content-type: application/json' -d '{"id":1,"method":"common.server.version","params":[]}' "http://127.0.0.1:$TRYTON_PORT/" >/dev/null 2>&1; }
if [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null && answers; then exit 0; fi
refuse_taken_port TRYTON_PORT "$TRYTON_PORT"
"$REAL/tryton/configure.sh"
setsid /usr/bin/trytond -c "$REAL_DATA/tryton/trytond.conf" -d tryton >"$log" 2>&1 </dev/null &
echo $! >"$pidfile"
wait_for trytond "$pidfile" "$log" answers
