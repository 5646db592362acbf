#!/usr/bin/env bash
# Runs a command in a desktop session of its own: display, D-Bus, unlocked keychain, notifications.
# Nothing of the person's own session is touched: keychain and settings lie in a folder that goes.
set -euo pipefail

open_session() {
  local home code=0
  home=$(mktemp -d)
  # Expanded now: `home` is out of scope when the trap runs.
  # shellcheck disable=SC2064
  trap "rm -rf '$home'" EXIT
  mkdir -m 700 "$home/data" "$home/config" "$home/runtime"
  unset WAYLAND_DISPLAY
  export XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_RUNTIME_DIR=$home/runtime
  export PLUMBLINE_VIRTUAL_DISPLAY=1 NO_AT_BRIDGE=1
  xvfb-run --auto-servernum --server-args='-screen 0 1600x1000x24' \
    dbus-run-session -- bash "$0" --inside "$@" || code=$?
  return "$code"
}

run_inside() {
  local daemons=() code=0
  gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf plumbline) >/dev/null &
  daemons+=($!)
  dunst &
  daemons+=($!)
  wait_for_name org.freedesktop.secrets
  wait_for_name org.freedesktop.Notifications
  "$@" || code=$?
  kill "${daemons[@]}" 2>/dev/null || true
  return "$code"
}

wait_for_name() {
  local tries
  for tries in $(seq 100); do
    if dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
      org.freedesktop.DBus.NameHasOwner "string:$1" | grep -q 'boolean true'; then
      return
    fi
    sleep 0.1
  done
  echo "The desktop session has no $1 after $tries tries:" \
    "run \`node scripts/setup.mjs --for=e2e\`, then run the command again." >&2
  exit 1
}

if [ "${1:-}" = --inside ]; then
  shift
  run_inside "$@"
else
  open_session "$@"
fi
