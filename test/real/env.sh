# Ports, names and passwords of the real servers: the one place they are written down. Sourced by every script here.
# Everything is for a server that listens on loopback only and is thrown away; none of it is a secret.
REAL=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export REAL
# everything that is generated (databases, logs, pids, keys, expected.json) goes here and nowhere else
export REAL_DATA="${REAL_DATA:-$REAL/data}"

export PG_PORT="${PG_PORT:-8005}"
export TRYTON_PORT="${TRYTON_PORT:-8001}"
export MEDUSA_PORT="${MEDUSA_PORT:-8003}"

export PG_DSN="postgres://postgres@127.0.0.1:$PG_PORT"
export TRYTON_URL="http://127.0.0.1:$TRYTON_PORT/tryton/"
export MEDUSA_URL="http://127.0.0.1:$MEDUSA_PORT"

export TRYTON_ADMIN_PASSWORD="${TRYTON_ADMIN_PASSWORD:-admin-pass-6.0}"
export TRYTON_MONITOR_PASSWORD="${TRYTON_MONITOR_PASSWORD:-monitor-pass-6.0}"
export TRYTON_INTEGRATION_PASSWORD="${TRYTON_INTEGRATION_PASSWORD:-writer-pass-6.0}"
export MEDUSA_ADMIN_EMAIL="${MEDUSA_ADMIN_EMAIL:-admin@example.test}"
export MEDUSA_ADMIN_PASSWORD="${MEDUSA_ADMIN_PASSWORD:-admin-pass}"

# loopback must never go through a proxy
export no_proxy="127.0.0.1,localhost${no_proxy:+,$no_proxy}" NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"

sql() { psql -qAt -v ON_ERROR_STOP=1 "$PG_DSN/postgres" -c "$1"; }

# refuse_taken_port VARIABLE PORT: says so and fails when something listens there already
refuse_taken_port() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then
    echo "Port $2 belongs to another server; set $1 to a free one." >&2
    return 1
  fi
}

# stop_by_pid FILE WORD: ends the process whose id is in FILE, if its command line still holds WORD
stop_by_pid() {
  [ -s "$1" ] || return 0
  local pid
  pid=$(cat "$1")
  if kill -0 "$pid" 2>/dev/null && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "$2"; then
    kill "$pid"
    for _ in $(seq 60); do kill -0 "$pid" 2>/dev/null || break; sleep 0.25; done
    if kill -0 "$pid" 2>/dev/null; then kill -9 "$pid"; fi
  fi
  rm -f "$1"
}

# wait_for NAME PIDFILE LOG COMMAND...: until COMMAND succeeds; ends at once, with the log, when the process has died
wait_for() {
  local name=$1 pidfile=$2 log=$3
  shift 3
  for _ in $(seq 240); do
    if "$@"; then return 0; fi
    kill -0 "$(cat "$pidfile")" 2>/dev/null || { echo "$name ended:" >&2; tail -20 "$log" >&2; return 1; }
    sleep 0.5
  done
  echo "$name did not answer within two minutes; its log is $log" >&2
  return 1
}
