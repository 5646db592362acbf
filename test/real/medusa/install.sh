#!/usr/bin/env bash
# Medusa's npm packages, in the exact versions of package-lock.json. Does nothing when they are there.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
if [ node_modules/.package-lock.json -nt package-lock.json ]; then exit 0; fi
# npm ci refuses a lock file that lacks optional packages of other platforms (Medusa's rollup and msgpackr);
# npm install keeps to the same lock file and does not mind. --no-save leaves the lock file as it is.
npm install --no-save --no-audit --no-fund --ignore-scripts --loglevel=error
touch node_modules/.package-lock.json
