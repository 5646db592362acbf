#!/usr/bin/env bash
# Stops the trytond that start.sh started.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
stop_by_pid "$REAL_DATA/tryton/server.pid" trytond
