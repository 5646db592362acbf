#!/usr/bin/env bash
# An empty Tryton 6.0 database with its modules and the administrator's password; an older one of that name is dropped.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
. "$REAL/tryton/modules.sh"
"$REAL/tryton/configure.sh"
sql 'drop database if exists tryton'
sql "create database tryton encoding 'UTF8' template template0"
umask 077
printf '%s' "$TRYTON_ADMIN_PASSWORD" >"$REAL_DATA/tryton/admin-password"
export TRYTONPASSFILE="$REAL_DATA/tryton/admin-password"
# an empty database needs --all once (creates ir and res) before the modules can be activated
/usr/bin/trytond-admin -c "$REAL_DATA/tryton/trytond.conf" -d tryton --all --email admin@example.test
# shellcheck disable=SC2086
/usr/bin/trytond-admin -c "$REAL_DATA/tryton/trytond.conf" -d tryton -u $TRYTON_MODULES --activate-dependencies
