import { createHash } from 'node:crypto'
import { companyMigrations } from '#db/company/migrations.ts'
import type { Principal } from '#worker/access/permission.ts'
import { COMPANY_COLOURS } from '#worker/companies/company.ts'
import { insertControlCompany, insertMembership, withStatus } from '#worker/companies/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import {
  companyDatabase,
  createDatabase,
  type Database,
  dropDatabase,
  LONG_DEADLINE_MS,
} from '#worker/database/connect.ts'
import { type Migration, migrate } from '#worker/database/migrate.ts'
import { FileKeeper } from '#worker/documents/keep-file.ts'
import { insertEvents } from '#worker/events/store.ts'
import { wholeOf } from '#worker/http/accept.ts'
import type { Bindings } from '#worker/http/env.ts'
import { sealOf } from '#worker/verify/keep-day-roots.ts'
import { keptOf } from '#worker/verify/keep-verification.ts'
import { readHashesAt } from '#worker/verify/store.ts'
import { type Verified, verifyLedger } from '#worker/verify/verify-ledger.ts'
import { AnyManifest, documentFile, FORMAT, importFile, MANIFEST, Manifest, SUMS, Sums, tableFile } from './archive.ts'
import { readKnownHeads } from './backup-store.ts'
import { judgeHistory, type KnownHead } from './known-history.ts'
import {
  clearForRestore,
  deleteRestoredCompany,
  insertRows,
  moveDocuments,
  moveImportFiles,
  REBUILD,
  readObjects,
  readTables,
  setRestored,
} from './store.ts'
import { inOrder } from './table.ts'
import { type Entry, readDirectory, type Source, unpacked } from './zip-file.ts'

type Context = { env: Bindings; control: Database; principal: Principal }

type Told = Pick<KnownHead, 'day' | 'ledgerVersion'>

/**
 * What is known outside the archive of its books. `vouched`: the newest head they agree with; none when nothing tells of them. `sealed`:
 * the newest of those on a day that the bucket's hash speaks for. `contradicts`: what they are restored in spite of.
 */
type History = {
  vouched: KnownHead | undefined
  sealed: Told | undefined
  contradicts: { day: IsoDate; ledgerVersion?: number } | undefined
}

export type Restored = Omit<History, 'contradicts'> & {
  company: CompanyId
  name: string
  manifest: Manifest
  verified: Verified
}

/** The new company's name, when it is not the archive's; and the day of a contradiction that whoever asks was told of and accepts. */
export type Wanted = { name?: string | undefined; despite?: IsoDate | undefined }

/** Characters of rows in one statement, and rows: a batch stays within what a database service takes. */
const [BATCH, BATCH_ROWS] = [1_500_000, 5_000]

/**
 * Makes a new company of an archive: its tables as they were, its documents under its own id, then everything verified from the
 * first voucher, and held against what is known of these books outside it. Whoever restores becomes its administrator, and nothing happens
 * in it on schedule until one says so. What does not verify, or differs from the archive's own sums, leaves nothing behind.
 * @throws Problem 422 archive/unreadable, archive/damaged (with the file), archive/schema, archive/does-not-verify; and, unless it is
 * accepted, archive/other-history, archive/day-changed.
 */
export async function restoreCompany(ctx: Context, source: Source, wanted: Wanted): Promise<Restored> {
  const directory = await readDirectory(source)
  const said = await jsonIn(source, directory, MANIFEST)
  const { format } = readAs(AnyManifest, said)
  if (format !== FORMAT) throw new Problem(422, 'archive/schema', { params: { newest: format } })
  const sums = new Map(readAs(Sums, await jsonIn(source, directory, SUMS)).map((sum) => [sum.name, sum]))
  const manifest = readAs(Manifest, said)
  if (directory.size !== sums.size + 1 || [...sums.keys()].some((name) => !directory.has(name)))
    throw new Problem(422, 'archive/unreadable')
  const migrations = await migrationsOf(manifest)
  const at = new Date().toISOString() as Instant
  const name = wanted.name ?? manifest.company.name
  const company = idOf('cmp', crypto.getRandomValues(new Uint8Array(17))) as CompanyId
  const database = company.replace('_', '-')
  const { organisationNumber, test, books } = manifest.company
  const row = { id: company, name, organisationNumber, vatRegistered: true, createdAt: at }
  await ctx.control.batch(
    [
      insertControlCompany({ ...row, database, test, status: 'importing', office: null }, COMPANY_COLOURS),
      setRestored(company, books, at),
    ],
    'write',
  )
  const checked = (file: string) => checkedBytes(source, directory, sums, file)
  const putKeys: string[] = []
  try {
    await createDatabase(ctx.env, database)
    const db = companyDatabase(ctx.env, database, LONG_DEADLINE_MS)
    await migrate(db, database, migrations)
    await insertTables(db, manifest, checked, company)
    await migrate(db, database, companyMigrations)
    await db.batch(moveImportFiles(company), 'write')
    const known = await readKnownHeads(ctx.control, books, manifest.ledgerVersion)
    const { vouched, sealed, contradicts } = await historyOf(ctx, db, known, dayInOslo(at), wanted.despite)
    const inSpiteOf = contradicts && {
      contradicts: [null, [contradicts.day, contradicts.ledgerVersion].filter(Boolean).join(' ')] as const,
    }
    for await (const { key, file, name } of readObjects(db)) {
      const kept = file === 'document' ? documentFile(name) : importFile(name)
      if (!directory.has(kept)) continue
      const keeper = new FileKeeper(ctx.env.FILES, key, checked(kept))
      putKeys.push(key)
      await keeper.drain().catch(async (error) => {
        await keeper.discard()
        throw error
      })
    }
    await db.batch(
      [
        ...REBUILD,
        insertEvents({
          ...{ type: 'company.restored', at, by: ctx.principal.id, subject: manifest.company.books },
          ...(inSpiteOf && { changes: inSpiteOf }),
        }),
      ],
      'write',
    )
    const anchors = known.filter(({ company }) => company === vouched?.company)
    const relaxed = ctx.env.RELAXED_DURABILITY === '1'
    const verified = await verifyLedger({
      ...{ db, company: books, outside: { anchors, bucket: ctx.env.FILES } },
      ...{ today: dayInOslo(at), full: true, relaxed },
    })
    if (
      !verified.ok ||
      verified.chainHead !== manifest.chainHead ||
      verified.ledgerVersion !== manifest.ledgerVersion
    ) {
      const checks = verified.checks.filter((check) => !check.holds).map((check) => check.key)
      throw new Problem(422, 'archive/does-not-verify', { params: { checks: checks.join(', ') || 'chainHead' } })
    }
    const { id: by, kind } = ctx.principal
    const changes = { name: [null, name] as const, from: [null, manifest.company.books] as const, ...inSpiteOf }
    const entry = { type: 'company.restored', at, by, company, subject: company, changes }
    // Together, and last: a company is there with all that tells of it, or not at all.
    await ctx.control.batch(
      [
        ...(kind === 'user' ? [insertMembership(by, company, 'administrator', at)] : []),
        ...keptOf(company, at, verified),
        insertControlEntries(entry),
        withStatus(company, 'active'),
      ],
      'write',
    )
    return { company, name, manifest, verified, vouched, sealed }
  } catch (error) {
    await Promise.allSettled([
      dropDatabase(ctx.env, database),
      ctx.control.execute(deleteRestoredCompany(company)),
      ...putKeys.map((key) => ctx.env.FILES.delete(key)),
    ])
    throw error
  }
}

/**
 * The books held against what is known outside the archive.
 * @throws Problem 422 archive/other-history: an archive whose sums and chain were written anew, or books that were damaged before it was
 * taken; archive/day-changed: heads that agree, on days of which the bucket says otherwise.
 */
async function historyOf(
  ctx: Context,
  db: Database,
  known: readonly (KnownHead & { inSpite: boolean })[],
  today: IsoDate,
  despite: IsoDate | undefined,
): Promise<History> {
  const versions = known.map(({ ledgerVersion }) => ledgerVersion)
  const hashes = await readHashesAt(db, versions)
  const trusted = known.filter(({ inSpite }) => !inSpite)
  const { agreeing, vouched, contradicted: first } = judgeHistory(trusted, hashes)
  // Books restored in spite of the first vouch for nothing, but are held against their own heads since: that is another day to accept.
  const own = known.filter(({ inSpite }) => inSpite)
  const contradicted = first && (judgeHistory(own, hashes).contradicted ?? first)
  if (contradicted && contradicted.day !== despite) {
    const { day, ledgerVersion } = contradicted
    throw new Problem(422, 'archive/other-history', { params: { day, version: String(ledgerVersion) } })
  }
  if (contradicted || trusted.length === 0) return { vouched, sealed: undefined, contradicts: contradicted }
  const days = agreeing.flatMap((head) => head.days)
  const { sealed, changed } = await sealOf(ctx.env, ctx.control, days, today)
  if (changed && changed !== despite) throw new Problem(422, 'archive/day-changed', { params: { day: changed } })
  const head = agreeing.find(({ days }) => sealed && days.includes(sealed))
  return {
    vouched,
    sealed: head && sealed && { day: sealed, ledgerVersion: head.ledgerVersion },
    contradicts: changed && { day: changed },
  }
}

/** The migrations an archive's rows are of: ours, up to a point. An archive of a newer version than this one is refused. */
async function migrationsOf({ migrations }: Manifest): Promise<readonly Migration[]> {
  const known = companyMigrations.slice(0, migrations.length)
  const hashes = await Promise.all(known.map(({ sql }) => sha256(sql)))
  const other = migrations.find(({ tag, sha256 }, i) => known[i]?.tag !== tag || hashes[i] !== sha256)
  if (other) throw new Problem(422, 'archive/schema', { params: { newest: other.tag } })
  return known
}

type Checked = (file: string) => AsyncGenerator<Uint8Array>

/**
 * All rows of all tables, with everything that acts on a row out of the way; but for those that say which migrations were run: which
 * were is known here.
 */
async function insertTables(db: Database, manifest: Manifest, checked: Checked, company: CompanyId): Promise<void> {
  const tables = inOrder(await readTables(db)).filter(({ name }) => name !== 'schema_migration')
  const { indexes, triggers } = await clearForRestore(db, tables)
  for (const { name } of tables) {
    const told = manifest.tables.find((table) => table.name === name)
    if (!told) throw new Problem(422, 'archive/unreadable')
    const rows = await insertLines(db, name, told.columns, linesOf(checked(tableFile(name))))
    if (rows !== told.rows) throw damaged(tableFile(name))
  }
  // One at a time: a service ends a transaction after some seconds.
  for (const index of indexes) await db.execute(index)
  const moved = tables.some(({ name }) => name === 'document') ? [moveDocuments(company)] : []
  await db.batch([...moved, ...triggers], 'write')
}

async function insertLines(
  db: Database,
  table: string,
  columns: readonly string[],
  lines: AsyncGenerator<string>,
): Promise<number> {
  let rows = 0
  let page: string[] = []
  let length = 0
  let written: Promise<unknown> = Promise.resolve()
  // While a page is being written the next one is unpacked.
  const insert = async () => {
    await written
    if (page.length > 0) written = db.batch(insertRows(table, columns, page), 'write')
    written.catch(() => {}) // who waits for it next is told
    rows += page.length
    page = []
    length = 0
  }
  try {
    for await (const line of lines) {
      page.push(line)
      length += line.length
      if (length > BATCH || page.length >= BATCH_ROWS) await insert()
    }
    await insert()
  } finally {
    await written.catch(() => {}) // a database that is taken away again is not written to
  }
  await written
  return rows
}

/** A file's bytes; after the last of them it is known whether they are those that were written. */
async function* checkedBytes(
  source: Source,
  directory: ReadonlyMap<string, Entry>,
  sums: ReadonlyMap<string, Sums[number]>,
  file: string,
): AsyncGenerator<Uint8Array> {
  const [entry, sum] = [directory.get(file), sums.get(file)]
  if (!entry || !sum) throw damaged(file)
  const hash = createHash('sha256')
  for await (const bytes of unpacked(source, entry)) {
    hash.update(bytes)
    yield bytes
  }
  if (hash.digest('hex') !== sum.sha256) throw damaged(file)
}

const damaged = (file: string): Problem => new Problem(422, 'archive/damaged', { params: { file } })

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest !== '') yield rest
}

/** A small file of the archive, read and held against its shape. */
async function jsonIn(source: Source, directory: ReadonlyMap<string, Entry>, file: string): Promise<unknown> {
  const entry = directory.get(file)
  if (!entry) throw new Problem(422, 'archive/unreadable')
  try {
    return JSON.parse(new TextDecoder().decode(await wholeOf(unpacked(source, entry))))
  } catch {
    throw new Problem(422, 'archive/unreadable')
  }
}

function readAs<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, json: unknown): T {
  const read = schema.safeParse(json)
  if (!read.success) throw new Problem(422, 'archive/unreadable')
  return read.data!
}
