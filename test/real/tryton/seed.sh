#!/usr/bin/env bash
# A new Tryton database filled with the business of orders.json. The server must be stopped.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
"$REAL/tryton/setup.sh"
# the system's Python: Debian installs trytond and proteus there, whatever python3 the PATH finds first
/usr/bin/python3 -B -W ignore "$REAL/tryton/seed.py"
