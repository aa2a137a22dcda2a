// A copy of a database file as it is at one moment, while others write to it. Started by server.ts for each copy.
import Database from 'libsql'

const [source, target] = process.argv.slice(2) as [string, string]
const db = new Database(source)
db.exec('pragma query_only = off; pragma wal_autocheckpoint = 0')
// Another process may hold the file for the moment of a commit.
db.exec('pragma busy_timeout = 5000')
db.prepare('vacuum into ?').run(target)
db.close()
