#!/usr/bin/env bash
# Stops the Medusa that start.sh started.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
stop_by_pid "$REAL_DATA/medusa/server.pid" @medusajs/cli
