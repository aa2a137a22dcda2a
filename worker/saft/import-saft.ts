import { standardDimensions } from '#db/seed/dimensions.ts'
import type { Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { openBooks } from '#worker/companies/create-company.ts'
import { insertFiscalYears, setStatus } from '#worker/companies/store.ts'
import { addDays, dayInOslo, type Instant, type IsoDate, type Month, monthOf, yearOf } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Keeper, KeptFile } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Facts, LockLevel } from '#worker/ledger/books.ts'
import { readFacts } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { matchAutomatically } from '#worker/subledger/match-items.ts'
import { claimFiles, withBody } from '#worker/uploads/keep-upload.ts'
import { type BookingTarget, SaftBooking } from './book-saft.ts'
import { chunksOf, unpacked, ZipArchive } from './byte-chunks.ts'
import { checkCompany, otherCompany } from './file-fits.ts'
import { checkedDays, missingYears } from './fiscal-years.ts'
import { type ArchivedFile, archivedName, archiveOf, keeperOf, newImportId, type SaftSource } from './open-source.ts'
import { readProof } from './read-proof.ts'
import { AnsweredSaft, type SaftAnswers, type SaftContent } from './saft-answers.ts'
import { WholeFileNeeded } from './saft-chart.ts'
import { companyOf } from './saft-company.ts'
import type { SaftHeader } from './saft-file.ts'
import { readSaft, type SaftReader } from './saft-reader.ts'
import { organisationNumberOf } from './saft-register.ts'
import { type SaftPlan, SaftSurvey } from './saft-survey.ts'
import {
  finishImportJob,
  hasOpenedBefore,
  insertImportJob,
  readBooksForImport,
  readHeld,
  readImportOf,
  readResultsLeft,
} from './store.ts'

export type ImportContext = {
  env: Bindings
  control: Database
  principal: Principal
  fileName: string | null
  /** Open items that settle each other within the file are matched when all is booked. */
  matchItems?: boolean
  /** Payments that no invoice agrees with settle the oldest first. */
  oldestFirst?: boolean
  /** What was answered of a file that goes into a company's own books. */
  answers?: SaftAnswers
  /** A file of another organisation number is wanted here all the same. */
  otherCompany?: boolean
}
/** What an import came to. Amounts in øre. `files`: every file of a ZIP archive, in the order they were booked. */
export type Receipt = Awaited<ReturnType<typeof finish>> & { files?: { importJob: string; name: string }[] }

const now = (): Instant => new Date().toISOString() as Instant

/**
 * Makes a company of a SAF-T file, in one reading: chart, parties, opening balances and every transaction, then the proof. Of a ZIP
 * archive each file is read, oldest first. A file that is refused leaves no company and no file behind.
 * @throws Problem as the reader and the ledger say, with the line in the file; 404 upload/unknown for a file that another company has.
 */
export async function importIntoNewCompany(ctx: ImportContext, source: SaftSource): Promise<Receipt> {
  const importJob = newImportId()
  if ('upload' in source) return importBooks({ ...ctx, fileKey: source.upload.fileKey }, importJob, source)
  const fileKey = `imports/${importJob}` // nobody knows yet whose it is
  const uploader = { env: ctx.env, control: ctx.control, by: ctx.principal.id, at: now() }
  return withBody(uploader, fileKey, () => importBooks({ ...ctx, fileKey }, importJob, source))
}

type Opening = ImportContext & { fileKey: string }

async function importBooks(ctx: Opening, importJob: string, source: SaftSource): Promise<Receipt> {
  const keeper = keeperOf(ctx.env, importJob, source)
  try {
    try {
      return await receiptOf(ctx, [await bookNewCompany({ ...ctx, importJob }, keeper.passing(), keeper, undefined)])
    } catch (error) {
      if (!(error instanceof WholeFileNeeded) && !(error instanceof ZipArchive)) throw error
      await keeper.drain()
      if (error instanceof ZipArchive) return await importArchive(ctx, await archiveOf(ctx.env, keeper.file))
    }
    // The file holds something that one reading cannot foresee: read it through first, then book it with what is known.
    const plan = await survey(chunksOf(await keeper.open()))
    return await receiptOf(ctx, [
      await bookNewCompany({ ...ctx, importJob }, chunksOf(await keeper.open()), keeper, plan),
    ])
  } catch (error) {
    return await refuse(keeper, error)
  }
}

async function refuse(keeper: Keeper, error: unknown): Promise<never> {
  await keeper.discard()
  throw error
}

/** Books the files of an archive after each other into a new company; the proof is made when all of them stand. */
async function importArchive(ctx: Opening, files: readonly ArchivedFile[]): Promise<Receipt> {
  const plans: SaftPlan[] = []
  for (const file of files) {
    plans.push(await survey(file.keeper.passing()))
    await file.keeper.drain()
  }
  const [first, ...rest] = files
  const plan = plans[0]!
  const organisationNumber = organisationNumberOf(plan.header.registrationNumber)
  for (const { header } of plans) checkCompany(header.registrationNumber, organisationNumber, ctx.otherCompany)
  const named = (file: ArchivedFile) => ({ ...ctx, fileName: archivedName(file.name), importJob: newImportId() })
  const booked = [await bookNewCompany(named(first!), first!.keeper.passing(), first!.keeper, plan)]
  const { company } = booked[0]!
  try {
    for (const [i, file] of rest.entries()) {
      const access = { ...company, organisationNumber }
      const own = { ...named(file), access, db: company.db, rights: { softLock: true } }
      booked.push(await bookOnBooks(own, file.keeper, plans[i + 1]!, own.importJob))
    }
    return await receiptOf(ctx, booked)
  } catch (error) {
    await setStatus(ctx.control, company.id, 'failed')
    throw error
  }
}

/** The proofs, made when everything stands: of several files in one, what differs in any of them is told. */
async function receiptOf(ctx: ImportContext, booked: readonly Booked[]): Promise<Receipt> {
  const { company: into } = booked.at(-1)!
  const openItems = ctx.matchItems ? await matchWithin(ctx, into) : undefined
  const receipts: Receipt[] = []
  for (const { company, booking, reader, file, days } of booked)
    receipts.push(await finish(company, booking, reader, file, days, openItems))
  const last = receipts.at(-1)!
  if (receipts.length === 1) return last
  const counts = { ...last.counts }
  for (const { counts: own } of receipts.slice(0, -1))
    for (const key of ['transactions', 'lines', 'vouchers', 'replayed', 'entries'] as const) counts[key] += own[key]
  return {
    ...last,
    counts,
    differences: receipts.flatMap((r) => r.differences),
    told: receipts.flatMap((r) => r.told),
    files: receipts.map(({ importJob }, i) => ({ importJob, name: booked[i]!.name ?? '' })),
  }
}

/** Of the open items: matches made, and payments that nothing in the file settles. */
type OpenItemsFound = { matches: number; left: number }

/** Matches what settles each other within the books, as the rules of the sub-ledger say; the rest is left to a person. */
async function matchWithin(
  { env, principal: { id: by, name }, oldestFirst = false }: ImportContext,
  company: Company,
): Promise<OpenItemsFound> {
  const matcher = { env, access: company, by, name, rights: { softLock: true }, locale: 'nb' as const }
  const found = { matches: 0, left: 0 }
  for (const kind of ['customer', 'supplier'] as const)
    for (let cursor: string | undefined; ; ) {
      const done = await matchAutomatically(matcher, company.db, { kind, oldestFirst, ...(cursor && { cursor }) })
      found.matches += done.matches.filter((m) => m.status === 'matched').length
      found.left += done.left.length
      if (done.cursor === null) break
      cursor = done.cursor
    }
  return found
}

type Booked = {
  company: Company
  booking: SaftBooking
  reader: SaftReader
  file: KeptFile
  days: { first: IsoDate; last: IsoDate }
  name: string | null
}

/** The reader as it is booked: one for each reading. */
function answering(answers: SaftAnswers | undefined): (reader: SaftReader) => SaftContent {
  let answered: SaftContent | undefined
  return (reader) => {
    answered ??= answers ? new AnsweredSaft(reader, answers) : reader
    return answered
  }
}

async function survey(bytes: AsyncIterable<Uint8Array>, answers?: SaftAnswers): Promise<SaftPlan> {
  const found = new SaftSurvey()
  const content = answering(answers)
  const reader = await readSaft(unpacked(bytes), (r) => found.take(content(r)))
  return found.plan(content(reader))
}

async function bookNewCompany(
  ctx: Opening & { importJob: string },
  bytes: AsyncIterable<Uint8Array>,
  keeper: Keeper,
  plan: SaftPlan | undefined,
): Promise<Booked> {
  let opened: Awaited<ReturnType<typeof openFor>> | undefined
  try {
    const reader = await readSaft(unpacked(bytes), async (r) => {
      if (r.header) opened ??= await openFor(ctx, r.header, plan)
      await opened?.booking.take(r)
    })
    const { company, booking, days } = opened!
    await booking.finish()
    await setStatus(ctx.control, company.id, 'active')
    return { company, booking, reader, file: keeper.file, days, name: ctx.fileName }
  } catch (error) {
    if (opened) await setStatus(ctx.control, opened.company.id, 'failed')
    throw error
  }
}

/** Opens the books of the company that the header names, and makes ready to book. */
async function openFor(ctx: Opening & { importJob: string }, header: SaftHeader, plan: SaftPlan | undefined) {
  const today = dayInOslo(now())
  const days = daysOf(header, plan, today)
  const { companyName: name, registrationNumber, taxRegistrations } = header
  const named = { name, registrationNumber, vatRegistered: taxRegistrations.length > 0, selection: header }
  const { wanted, years } = companyOf(named, days, today)
  const opened = await openBooks(ctx, wanted)
  await claimFiles(ctx, [ctx.fileKey], opened.id).catch(async (error) => {
    await setStatus(ctx.control, opened.id, 'failed')
    throw error
  })
  const company = { ...opened, name: wanted.name, importJob: ctx.importJob }
  const file = { fileName: ctx.fileName, sha256: '', size: 0, fileKey: null }
  const job = { ...file, id: company.importJob, kind: 'saft', receipt: null }
  await opened.db.batch(
    [...insertFiscalYears(years), insertImportJob({ ...job, by: ctx.principal.id, recordedAt: now() })],
    'write',
  )
  const booking = new SaftBooking(newBooks(opened), {
    env: ctx.env,
    importJob: company.importJob,
    by: ctx.principal.id,
    name: ctx.principal.name,
    rights: { softLock: true },
    mode: 'book',
    days: { first: days.first, last: years.at(-1)!.lastDate },
    plan,
  })
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
  anyUndone: false,
  hasOpened: async () => false,
})

/** The first day the file covers, where its opening balance stands, and the last. */
function daysOf(header: SaftHeader, plan: SaftPlan | undefined, today: IsoDate): { first: IsoDate; last: IsoDate } {
  if (!plan && !header.startDate) throw new WholeFileNeeded()
  const start = header.startDate ?? plan?.firstDate ?? (`${yearOf(today)}-01-01` as IsoDate)
  const first = plan?.firstDate && plan.firstDate < start ? plan.firstDate : start
  const end = header.endDate ?? start
  const last = plan?.lastDate && plan.lastDate > end ? plan.lastDate : end
  return checkedDays({ first, last })
}

/**
 * Imports a file into a company's own books. It is read through before anything is written, so that a file that is refused
 * changes nothing; the same file again gives the first answer.
 * @throws Problem as importIntoNewCompany; also period/locked, fiscal-year/missing, saft/before-cut-over, saft/changed-transaction.
 */
export async function importIntoCompany(
  ctx: ImportContext & { access: CompanyAccess; db: Database; rights: Rights },
  source: SaftSource,
): Promise<Receipt & { replayed: boolean }> {
  const importJob = newImportId()
  const keeper = keeperOf(ctx.env, `${ctx.access.id}/${importJob}`, source)
  try {
    const plan = await survey(keeper.passing(), ctx.answers).catch((error) => {
      if (error instanceof ZipArchive) return undefined
      throw error
    })
    if (!plan) {
      await keeper.drain()
      return await importFiles(ctx, await archiveOf(ctx.env, keeper.file))
    }
    const before = await readImportOf(ctx.db, keeper.file.sha256)
    if (before) {
      await keeper.discard()
      return { ...(before.receipt as Receipt), replayed: true }
    }
    await checkFits(ctx, [plan])
    return { ...(await receiptOf(ctx, [await bookOnBooks(ctx, keeper, plan, importJob)])), replayed: false }
  } catch (error) {
    return await refuse(keeper, error)
  }
}

/**
 * Imports those of several files that are not here already, oldest first. Every one is read through before the first is booked.
 * @throws Problem as `importIntoCompany`.
 */
export async function importFiles(
  ctx: ImportContext & { access: CompanyAccess; db: Database; rights: Rights },
  files: readonly ArchivedFile[],
): Promise<Receipt & { replayed: boolean }> {
  const plans: { file: ArchivedFile; plan: SaftPlan }[] = []
  let before: Receipt | undefined
  for (const file of files) {
    const plan = await survey(file.keeper.passing(), ctx.answers)
    const known = await readImportOf(ctx.db, file.keeper.file.sha256)
    if (known) before = known.receipt as Receipt
    else plans.push({ file, plan })
  }
  if (plans.length === 0) return { ...before!, replayed: true }
  await checkFits(
    ctx,
    plans.map(({ plan }) => plan),
  )
  const booked: Booked[] = []
  for (const { file, plan } of plans)
    booked.push(await bookOnBooks({ ...ctx, fileName: archivedName(file.name) }, file.keeper, plan, newImportId()))
  return { ...(await receiptOf(ctx, booked)), replayed: false }
}

async function bookOnBooks(
  ctx: ImportContext & {
    access: Pick<CompanyAccess, 'id' | 'name' | 'database' | 'organisationNumber'>
    db: Database
    rights: Rights
  },
  keeper: Keeper,
  plan: SaftPlan,
  importJob: string,
): Promise<Booked> {
  const { facts } = await readFacts(ctx.db)
  const books = await readBooksForImport(ctx.db)
  const asked = { env: ctx.env, importJob, by: ctx.principal.id, name: ctx.principal.name, rights: ctx.rights, plan }
  const target = (): BookingTarget => ({ ...ownBooks(ctx, facts), ...books })
  const days = daysOf(plan.header, plan, dayInOslo(now()))
  const months = new Set([...plan.months, monthOf(days.first)])
  checkLocks(months, facts)
  const years = missingYears(months, facts.fiscalYears)
  const covered = { first: days.first, last: days.last }
  if (books.anyImported) {
    const check = new SaftBooking(target(), { ...asked, mode: 'check', days: covered })
    const content = answering(ctx.answers)
    await readSaft(unpacked(chunksOf(await keeper.open())), (r) => check.take(content(r)))
    await check.finish()
  }
  const { sha256, size, key } = keeper.file
  const file = { fileName: ctx.fileName, sha256, size, fileKey: key }
  const job = { ...file, id: importJob, kind: 'saft', by: ctx.principal.id, recordedAt: now(), receipt: null }
  await ctx.db.batch([...(years.length > 0 ? insertFiscalYears(years) : []), insertImportJob(job)], 'write')
  const booking = new SaftBooking(target(), { ...asked, mode: 'book', days: covered })
  const content = answering(ctx.answers)
  const reader = await readSaft(unpacked(chunksOf(await keeper.open())), (r) => booking.take(content(r)))
  await booking.finish()
  const other = otherCompany(plan.header.registrationNumber, ctx.access.organisationNumber)
  if (other) booking.told.add('other-company', other)
  const { id, name, database } = ctx.access
  return {
    company: { id, name, database, db: ctx.db, importJob },
    booking,
    reader,
    file: keeper.file,
    days,
    name: ctx.fileName,
  }
}

const ownBooks = (ctx: { access: Pick<CompanyAccess, 'id' | 'database'>; db: Database }, facts: Facts) => ({
  id: ctx.access.id,
  database: ctx.access.database,
  db: ctx.db,
  isNew: false,
  accounts: facts.accounts,
  vatCodes: new Set(facts.vatCodes.map((c) => c.code)),
  dimensions: new Map(facts.dimensions.map((d) => [d.key, new Set(d.values.map((v) => v.code))])),
  hasOpened: (day: IsoDate, openingId: string) => hasOpenedBefore(ctx.db, day, openingId),
})

/**
 * A file is of this company; what balances and movements hold already would stand twice, months that were proved stand still, and what
 * is half taken back must be gone first.
 */
async function checkFits(
  { db, access, otherCompany }: ImportContext & { access: CompanyAccess; db: Database },
  plans: readonly SaftPlan[],
) {
  for (const { header } of plans) checkCompany(header.registrationNumber, access.organisationNumber, otherCompany)
  const { held, undoing } = await readHeld(db)
  if (undoing !== undefined)
    throw new Problem(422, 'import/already-undone', { params: { reason: 'begun', file: undoing } })
  for (const { firstDate: first, lastDate } of plans)
    for (const { from, until } of held)
      if (first && first < until && (from === null || lastDate! >= from)) {
        const reason = from === null ? '' : 'finished'
        throw new Problem(422, 'saft/before-cut-over', { params: { first, cutOverDate: until, reason } })
      }
}

/** An import stands in open periods only: a lock is a promise that nothing more comes. */
function checkLocks(months: Iterable<Month>, facts: Facts) {
  const levels = new Map<string, LockLevel>(facts.periods.map((p) => [p.month, p.level]))
  for (const month of [...months].sort()) {
    const level = levels.get(month) ?? 'open'
    if (level !== 'open') throw new Problem(423, 'period/locked', { params: { period: month, level } })
  }
}

type Company = { id: CompanyId; name: string; database: string; db: Database; importJob: string }

/** The proof and the receipt. Messages are put in when it is answered, in the caller's language. */
async function finish(
  company: Company,
  booking: SaftBooking,
  reader: SaftReader,
  file: KeptFile,
  days: { first: IsoDate; last: IsoDate },
  openItems: OpenItemsFound | undefined,
) {
  const header = reader.header!
  if (header.registrationNumber !== '' && !organisationNumberOf(header.registrationNumber))
    booking.told.add('organisation-number', { value: header.registrationNumber.slice(0, 35) })
  if (header.taxRegistrations.length === 0 && (booking.vat?.inFile.size ?? 0) > 0)
    booking.told.add('vat-not-registered')
  const last = booking.lastDate && booking.lastDate > days.last ? booking.lastDate : days.last
  const toDate = last < days.first ? addDays(days.first, 0) : last
  const { proof, differences } = await readProof(company.db, booking, reader, { fromDate: days.first, toDate })
  for (const { year, result } of await readResultsLeft(company.db, toDate))
    booking.told.add('result-not-moved', { year, result: -result })
  const receipt = {
    importJob: company.importJob,
    company: { id: company.id, name: company.name },
    ledgerVersion: booking.ledgerVersion,
    counts: booking.counts,
    differences,
    told: booking.told.list(),
    proof,
    file: { sha256: file.sha256, size: file.size, version: header.version, software: header.software },
    ...(openItems && { openItems }),
  }
  await company.db.execute(finishImportJob(company.importJob, file, receipt))
  return receipt
}
