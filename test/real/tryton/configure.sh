#!/usr/bin/env bash
# Writes trytond.conf for the ports of this run.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
mkdir -p "$REAL_DATA/tryton"
cat >"$REAL_DATA/tryton/trytond.conf" <<CONF
[web]
listen = 127.0.0.1:$TRYTON_PORT
[database]
uri = ${PG_DSN/postgres:/postgresql:}/
list = True
language = en
[session]
max_age = 2592000
[email]
# nothing listens there: no mail leaves this machine
uri = smtp://127.0.0.1:9
[product]
price_decimal = 4
CONF
