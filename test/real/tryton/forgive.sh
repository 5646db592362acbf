#!/usr/bin/env bash
# Forgets failed logins, which make Tryton answer the next ones slowly and, after five, not at all.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
psql -qAt -v ON_ERROR_STOP=1 "$PG_DSN/tryton" -c 'delete from res_user_login_attempt'
