#!/usr/bin/env bash
# A checksum of every table of a database, one a line: whether anything at all was written there.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../env.sh"
# reading leaves its own marks: a login is kept as a session, a key remembers when it was last used
psql -qAt -v ON_ERROR_STOP=1 "$PG_DSN/$1" <<'SQL'
select format('select %L, md5(coalesce(string_agg(t::text, chr(10) order by t::text), %L)) from %I t', tablename, '', tablename)
from pg_tables
where schemaname = 'public' and tablename not in ('ir_session', 'res_user_login_attempt', 'api_key', 'workflow_execution')
order by tablename
\gexec
SQL
