#!/usr/bin/env bash
# Medusa's packages and an empty, migrated database with its administrator; an older one of that name is dropped.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
cd "$REAL/medusa"
export MEDUSA_DISABLE_TELEMETRY=true NODE_ENV=production DATABASE_URL="$PG_DSN/medusa"
mkdir -p "$REAL_DATA/medusa"
logged() { local log="$REAL_DATA/medusa/$1.log"; shift; "$@" >"$log" 2>&1 || { tail -30 "$log" >&2; exit 1; }; }
"$REAL/medusa/install.sh"
rm -f "$REAL_DATA/medusa/secrets.json"
sql 'drop database if exists medusa'
sql "create database medusa encoding 'UTF8' template template0"
logged migrate node node_modules/@medusajs/cli/cli.js db:migrate
logged user node node_modules/@medusajs/cli/cli.js user -e "$MEDUSA_ADMIN_EMAIL" -p "$MEDUSA_ADMIN_PASSWORD"
