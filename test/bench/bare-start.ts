/** The baseline of a start: Node, SQLite, one question. */
import Sqlite from 'better-sqlite3'

const db = new Sqlite(process.argv[2] ?? '', { readonly: true })
process.stdout.write(JSON.stringify(db.prepare('SELECT COUNT(*) AS incidents FROM incident').get()))
db.close()
