import { standardDimensions } from '#db/seed/dimensions.ts'
import type { Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { openBooks } from '#worker/companies/create-company.ts'
import { insertFiscalYears, setStatus } from '#worker/companies/store.ts'
import { addDays, dayInOslo, type Instant, type IsoDate, type Month, monthOf, yearOf } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { cutText } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import { FileKeeper, type KeptFile } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Facts, LockLevel } from '#worker/ledger/books.ts'
import { readFacts } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { type BookingTarget, SaftBooking } from './book-saft.ts'
import { chunksOf, unpacked } from './byte-chunks.ts'
import { fiscalYearsFor, missingYears } from './fiscal-years.ts'
import { readProof } from './read-proof.ts'
import { WholeFileNeeded } from './saft-chart.ts'
import type { SaftHeader } from './saft-file.ts'
import { readSaft, type SaftReader } from './saft-reader.ts'
import { organisationNumberOf } from './saft-register.ts'
import { type SaftPlan, SaftSurvey } from './saft-survey.ts'
import { finishImportJob, hasOpenedBefore, insertImportJob, readBooksForImport, readImportOf } from './store.ts'

export type ImportContext = { env: Bindings; control: Database; principal: Principal; fileName: string | null }
/** What an import came to. Amounts in øre. */
export type Receipt = Awaited<ReturnType<typeof finish>>

const now = (): Instant => new Date().toISOString() as Instant
const newJob = (): string => idOf('imp', crypto.getRandomValues(new Uint8Array(17)))

/**
 * Makes a company of a SAF-T file, in one reading: chart, parties, opening balances and every transaction, then the proof.
 * A file that is refused leaves no company and no file behind.
 * @throws Problem as the reader and the ledger say, with the line in the file.
 */
export async function importIntoNewCompany(ctx: ImportContext, body: ReadableStream<Uint8Array>): Promise<Receipt> {
  const importJob = newJob()
  const keeper = new FileKeeper(ctx.env.FILES, `imports/${importJob}`, chunksOf(body))
  try {
    return await bookNewCompany({ ...ctx, importJob }, keeper.passing(), keeper, undefined)
  } catch (error) {
    if (!(error instanceof WholeFileNeeded)) return await refuse(keeper, error)
  }
  // The file holds something that one reading cannot foresee: read it through first, then book it with what is known.
  try {
    await keeper.drain()
    const plan = await survey(chunksOf(await keeper.open()))
    return await bookNewCompany({ ...ctx, importJob }, chunksOf(await keeper.open()), keeper, plan)
  } catch (error) {
    return await refuse(keeper, error)
  }
}

async function refuse(keeper: FileKeeper, error: unknown): Promise<never> {
  await keeper.discard()
  throw error
}

async function survey(bytes: AsyncIterable<Uint8Array>): Promise<SaftPlan> {
  const found = new SaftSurvey()
  const reader = await readSaft(unpacked(bytes), (r) => found.take(r))
  return found.plan(reader)
}

async function bookNewCompany(
  ctx: ImportContext & { importJob: string },
  bytes: AsyncIterable<Uint8Array>,
  keeper: FileKeeper,
  plan: SaftPlan | undefined,
): Promise<Receipt> {
  let opened: Awaited<ReturnType<typeof openFor>> | undefined
  try {
    const reader = await readSaft(unpacked(bytes), async (r) => {
      if (r.header) opened ??= await openFor(ctx, r.header, plan)
      await opened?.booking.take(r)
    })
    const { company, booking, days } = opened!
    await booking.finish()
    const receipt = await finish(company, booking, reader, keeper.file, days)
    await setStatus(ctx.control, company.id, 'active')
    return receipt
  } catch (error) {
    if (opened) await setStatus(ctx.control, opened.company.id, 'failed')
    throw error
  }
}

/** Opens the books of the company that the header names, and makes ready to book. */
async function openFor(ctx: ImportContext & { importJob: string }, header: SaftHeader, plan: SaftPlan | undefined) {
  const today = dayInOslo(now())
  const days = daysOf(header, plan, today)
  const organisationNumber = organisationNumberOf(header.registrationNumber)
  const opened = await openBooks(ctx, {
    name: cutText(header.companyName, 256),
    ...(organisationNumber && { organisationNumber }),
    vatRegistered: header.taxRegistrations.length > 0,
  })
  const company = { ...opened, name: cutText(header.companyName, 256), importJob: ctx.importJob }
  const years = fiscalYearsFor(days.first, days.last, header, today)
  const last = years.at(-1)!.lastDate
  const job = { id: company.importJob, kind: 'saft', fileName: ctx.fileName, sha256: '', size: 0 }
  await opened.db.batch(
    [...insertFiscalYears(years), insertImportJob({ ...job, by: ctx.principal.id, recordedAt: now() })],
    'write',
  )
  const booking = new SaftBooking(newBooks(opened), {
    env: ctx.env,
    importJob: company.importJob,
    by: ctx.principal.id,
    rights: { softLock: true },
    mode: 'book',
    days: { first: days.first, last },
    plan,
  })
  if (!organisationNumber && header.registrationNumber !== '')
    booking.told.add('organisation-number', { value: header.registrationNumber.slice(0, 35) })
  return { company, booking, days }
}

const newBooks = (opened: { id: string; database: string; db: Database }): BookingTarget => ({
  ...opened,
  isNew: true,
  accounts: [],
  vatCodes: new Set(),
  dimensions: new Map(standardDimensions.map(([key]) => [String(key), new Set<string>()])),
  used: new Set(),
  parties: [],
  technical: [],
  hasOpened: async () => false,
})

/** The first day the file covers, where its opening balance stands, and the last. */
function daysOf(header: SaftHeader, plan: SaftPlan | undefined, today: IsoDate): { first: IsoDate; last: IsoDate } {
  if (!plan && !header.startDate) throw new WholeFileNeeded()
  const start = header.startDate ?? plan?.firstDate ?? (`${yearOf(today)}-01-01` as IsoDate)
  const first = plan?.firstDate && plan.firstDate < start ? plan.firstDate : start
  const end = header.endDate ?? start
  const last = plan?.lastDate && plan.lastDate > end ? plan.lastDate : end
  if (yearOf(first) < 1970 || yearOf(last) > 2200)
    throw new Problem(422, 'saft/date', { params: { line: 1, value: first } })
  return { first, last: last < first ? first : last }
}

/**
 * Imports a file into a company's own books. It is read through before anything is written, so that a file that is refused
 * changes nothing; the same file again gives the first answer.
 * @throws Problem as importIntoNewCompany; also period/locked, fiscal-year/missing, saft/changed-transaction.
 */
export async function importIntoCompany(
  ctx: ImportContext & { access: CompanyAccess; db: Database; rights: Rights },
  body: ReadableStream<Uint8Array>,
): Promise<Receipt & { replayed: boolean }> {
  const importJob = newJob()
  const keeper = new FileKeeper(ctx.env.FILES, `imports/${importJob}`, chunksOf(body))
  try {
    const plan = await survey(keeper.passing())
    const before = await readImportOf(ctx.db, keeper.file.sha256)
    if (before) {
      await keeper.discard()
      return { ...(before.receipt as Receipt), replayed: true }
    }
    return { ...(await bookOnBooks(ctx, keeper, plan, importJob)), replayed: false }
  } catch (error) {
    return await refuse(keeper, error)
  }
}

async function bookOnBooks(
  ctx: ImportContext & { access: CompanyAccess; db: Database; rights: Rights },
  keeper: FileKeeper,
  plan: SaftPlan,
  importJob: string,
): Promise<Receipt> {
  const { facts } = await readFacts(ctx.db)
  const books = await readBooksForImport(ctx.db)
  const asked = { env: ctx.env, importJob, by: ctx.principal.id, rights: ctx.rights, plan }
  const target = (): BookingTarget => ({ ...ownBooks(ctx, facts), ...books })
  const days = daysOf(plan.header, plan, dayInOslo(now()))
  const months = new Set([...plan.months, monthOf(days.first)])
  checkLocks(months, facts)
  const years = missingYears(months, facts.fiscalYears)
  const covered = { first: days.first, last: days.last }
  if (books.anyImported) {
    const check = new SaftBooking(target(), { ...asked, mode: 'check', days: covered })
    await readSaft(unpacked(chunksOf(await keeper.open())), (r) => check.take(r))
    await check.finish()
  }
  const { sha256, size } = keeper.file
  const job = {
    id: importJob,
    kind: 'saft',
    fileName: ctx.fileName,
    sha256,
    size,
    by: ctx.principal.id,
    recordedAt: now(),
  }
  await ctx.db.batch([...(years.length > 0 ? insertFiscalYears(years) : []), insertImportJob(job)], 'write')
  const booking = new SaftBooking(target(), { ...asked, mode: 'book', days: covered })
  const reader = await readSaft(unpacked(chunksOf(await keeper.open())), (r) => booking.take(r))
  await booking.finish()
  const company = { id: ctx.access.id, name: ctx.access.name, db: ctx.db, importJob }
  return finish(company, booking, reader, keeper.file, days)
}

const ownBooks = (ctx: { access: CompanyAccess; db: Database }, facts: Facts) => ({
  id: ctx.access.id,
  database: ctx.access.database,
  db: ctx.db,
  isNew: false,
  accounts: facts.accounts,
  vatCodes: new Set(facts.vatCodes.map((c) => c.code)),
  dimensions: new Map(facts.dimensions.map((d) => [d.key, new Set(d.values.map((v) => v.code))])),
  hasOpened: (day: IsoDate, openingId: string) => hasOpenedBefore(ctx.db, day, openingId),
})

/** An import stands in open periods only: a lock is a promise that nothing more comes. */
function checkLocks(months: Iterable<Month>, facts: Facts) {
  const levels = new Map<string, LockLevel>(facts.periods.map((p) => [p.month, p.level]))
  for (const month of [...months].sort()) {
    const level = levels.get(month) ?? 'open'
    if (level !== 'open') throw new Problem(423, 'period/locked', { params: { period: month, level } })
  }
}

type Company = { id: string; name: string; db: Database; importJob: string }

/** The proof and the receipt. Messages are put in when it is answered, in the caller's language. */
async function finish(
  company: Company,
  booking: SaftBooking,
  reader: SaftReader,
  file: KeptFile,
  days: { first: IsoDate; last: IsoDate },
) {
  const header = reader.header!
  if (header.taxRegistrations.length === 0 && (booking.vat?.inFile.size ?? 0) > 0)
    booking.told.add('vat-not-registered')
  const last = booking.lastDate && booking.lastDate > days.last ? booking.lastDate : days.last
  const toDate = last < days.first ? addDays(days.first, 0) : last
  const { proof, differences } = await readProof(company.db, booking, reader, { fromDate: days.first, toDate })
  const receipt = {
    importJob: company.importJob,
    company: { id: company.id, name: company.name },
    ledgerVersion: booking.ledgerVersion,
    counts: booking.counts,
    differences,
    told: booking.told.list(),
    proof,
    file: { sha256: file.sha256, size: file.size, version: header.version, software: header.software },
  }
  await company.db.execute(finishImportJob(company.importJob, file.sha256, file.size, receipt))
  return receipt
}
