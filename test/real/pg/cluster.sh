# Where the private PostgreSQL cluster lies and how to act as its owner. Sourced after env.sh.
PG_BIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
# PostgreSQL refuses to run as root; from / because the account may not be able to stand in the caller's folder
as_pg() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
mkdir -p "$REAL_DATA"
PG_CLUSTER="$REAL_DATA/pg"
# a checkout below a private home cannot be entered by the postgres account: then the cluster lies in /var/tmp
if [ "$(id -u)" = 0 ] && ! as_pg test -x "$REAL_DATA"; then
  PG_CLUSTER="/var/tmp/plumbline-real-$(printf %s "$REAL_DATA" | cksum | cut -d' ' -f1)"
fi
