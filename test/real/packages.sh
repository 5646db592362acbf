#!/usr/bin/env bash
# The Debian packages the two servers need. Does nothing when they are there; installs as root; else prints the one line to run.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/env.sh"
. "$REAL/tryton/modules.sh"
wanted=(ca-certificates curl postgresql postgresql-client tryton-server tryton-proteus python3-psycopg2)
for module in $TRYTON_MODULES; do wanted+=("tryton-modules-${module//_/-}"); done
missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} = 0 ]; then exit 0; fi
if [ "$(id -u)" != 0 ]; then
  echo "The real servers need Debian packages. Run once: sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# keeps Debian from making a PostgreSQL cluster of its own, and the packages from starting services
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
