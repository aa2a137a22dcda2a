// F17: an upgrade that is stopped again and again, over a thousand companies. Each is old or new at any moment, and in the end all are new.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import Database from 'libsql'
import { companyMigrations } from '#db/company/migrations.ts'
import { databaseServer } from '#dev/hrana/server.ts'
import { type Migration, migrate } from '#worker/database/migrate.ts'
import { type Fault, pause, Tally } from './fault.ts'
import { companyOf, labFolder, startLab, verified } from './lab.ts'

/** Migrations that the old release did not have yet. */
const NEW = 6
const idOf = (n: number) => `cmp_${String(n).padStart(26, '0')}`

export const stoppedMigration: Fault = {
  id: 'F17',
  what: 'an upgrade over 1,000 companies is stopped by kills of the database processes',
  async run({ random, quick, say }) {
    const [companies, kills] = quick ? [20, 2] : [1_000, 10]
    const dir = labFolder()
    const databases = join(dir, 'databases')
    mkdirSync(databases)
    const old = companyMigrations.slice(0, -NEW)
    await makeOld(join(dir, 'old'), old)
    for (let n = 1; n <= companies; n++) copyAs(join(dir, 'old', 'old.db'), databases, idOf(n))
    say(`${companies} companies of ${old.length} migrations each`)
    const lab = await startLab({ dir })
    const tally = new Tally()
    try {
      await register(lab.platform.databases.bindings.CONTROL_DATABASE_URL, dir, companies)
      const wrong: string[] = []
      const statuses: Record<number, number> = {}
      let done = 0
      let next = 0
      const began = performance.now()
      const workers = Array.from({ length: 8 }, async () => {
        for (let n = ++next; n <= companies; n = ++next) {
          for (let attempt = 0, status = 0; status !== 200 && attempt < 50; attempt++) {
            const answer = await lab.caller.send('GET', `/api/v1/companies/${idOf(n)}/accounts`)
            status = answer?.status ?? 0
            statuses[status] = (statuses[status] ?? 0) + 1
            if (status !== 200 && status !== 503) wrong.push(`${idOf(n)}: ${status} ${answer?.text.slice(0, 200)}`)
            if (status === 200) done++
            else await pause(50)
          }
        }
      })
      let killed = 0
      let between = 0
      for (let n = 0; n < kills; n++) {
        const goal = Math.floor(((n + random.whole(1, 9) / 10) * companies) / kills)
        while (done < goal && next <= companies) await pause(2)
        for (const pid of lab.platform.databases.pids().slice(1)) process.kill(pid, 'SIGKILL')
        killed++
        between += countBetween(databases, companies, old.length)
      }
      await Promise.all(workers)
      const seconds = (performance.now() - began) / 1000
      if (between > 0) wrong.push(`${between} files stood between two migrations after a kill`)
      for (let n = 1; n <= companies; n++) {
        const found = tagsIn(join(databases, `${idOf(n).replace('_', '-')}.db`))
        if (found !== companyMigrations.length) wrong.push(`${idOf(n)} has ${found} migrations`)
      }
      for (const n of [1, Math.ceil(companies / 2), companies])
        wrong.push(...(await verified(lab.caller, companyOf(lab.platform, dir, idOf(n)).path)))
      tally.count(wrong, killed)
      return tally.outcome({ companies, seconds: Math.round(seconds * 10) / 10, statuses })
    } finally {
      await lab.close()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}

/** Books as an older release made them. */
async function makeOld(dir: string, migrations: readonly Migration[]): Promise<void> {
  const server = databaseServer({ dir, sync: 'NORMAL', token: 'fault' })
  await server.fetch('http://database/v1/namespaces/old/create', {
    method: 'POST',
    headers: { authorization: 'Bearer fault' },
  })
  const db = createClient({ url: 'http://database/old/', authToken: 'fault', fetch: server.fetch })
  await migrate(db, `old-${process.pid}`, migrations)
  const year = new Date().getFullYear()
  await db.batch(
    [
      `insert into company (id, name, vat_registered, created_at) values ('${idOf(0)}', 'Gammel AS', 1, '2020-01-01T00:00:00.000Z')`,
      ...[year - 1, year, year + 1].map((y) => `insert into fiscal_year values (${y}, '${y}-01-01', '${y}-12-31')`),
      `insert into account (number, name_nb, name_en, type) values ('1920', 'Bank', 'Bank', 'asset'), ('2900', 'Gjeld', 'Debt', 'liability')`,
    ],
    'write',
  )
  await db.execute('pragma wal_checkpoint(truncate)')
  await server.close()
}

function copyAs(source: string, databases: string, id: string): void {
  const file = join(databases, `${id.replace('_', '-')}.db`)
  copyFileSync(source, file)
  const db = new Database(file)
  db.exec(`update company set id = '${id}'`)
  db.close()
}

async function register(url: string, dir: string, companies: number): Promise<void> {
  const token = JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8')).DATABASE_TOKEN as string
  const control = createClient({ url, authToken: token })
  const rows = Array.from({ length: companies }, (_, i) => [idOf(i + 1), idOf(i + 1).replace('_', '-')])
  await control.execute({
    sql: `insert into company (id, name, database, colour, status, created_at)
          select value->>0, 'Gammel AS', value->>1, 'kobber', 'active', '2020' from json_each(?)`,
    args: [JSON.stringify(rows)],
  })
}

/** How many migrations a file says it has; of one that says nothing readable, -1. */
function tagsIn(file: string): number {
  const db = new Database(file)
  try {
    return Number((db.prepare('select count(*) as n from schema_migration').get() as { n: number }).n)
  } catch {
    return -1
  } finally {
    db.close()
  }
}

/** Files whose tables are not those of the migrations they claim: the newest migration's own mark is there without it, or the reverse. */
function countBetween(databases: string, companies: number, old: number): number {
  let wrong = 0
  for (let n = 1; n <= companies; n += Math.max(1, Math.floor(companies / 100))) {
    const tags = tagsIn(join(databases, `${idOf(n).replace('_', '-')}.db`))
    if (tags < old || tags > companyMigrations.length) wrong++
  }
  return wrong
}
