// One seeded run of everything that can go wrong between a voucher sheet and the ledger. Each voucher has a lineage, L1, L2 …,
// in its text; editing makes another version of the same lineage. Whatever happens, each lineage is booked exactly once, what
// was reversed aside.

import { correctVouchers } from '#addin/vouchers/correct-vouchers.ts'
import { annulGone, goneVouchers, letStand } from '#addin/vouchers/gone-vouchers.ts'
import { type PostResult, postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { asNewVouchers } from '#addin/vouchers/undo-vouchers.ts'
import { readSheet, show, turnTo } from '#addin/vouchers/voucher-desk.ts'
import type { testApp } from '#tests/support/app.ts'
import { FEWER_ACCOUNTS } from '#tests/support/books.ts'
import { User } from '../host/user.ts'
import { Workbook } from '../host/workbook.ts'
import { type Fault, goodNetwork, type Network, openBook, openPane, type Pane, thisYear } from './desk.ts'

type App = ReturnType<typeof testApp>
type Company = Awaited<ReturnType<App['company']>>
/** A company that runs may post in, and the key by which they do: who has a key is told of one company, not of every run's. */
export type FaultCompany = Company & { accountant: string }
export type RunResult = {
  seed: number
  log: string[]
  duplicates: string[]
  lost: string[]
  wrong: string[]
  posted: number
}

/** Mulberry32: the same seed gives the same run, as far as the order of answers goes. */
function randomOf(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return { next, below, chance: (p: number) => next() < p, of: <T>(list: readonly T[]): T => list[below(list.length)]! }
}

const FAULTS: readonly (Fault | undefined)[] = [
  undefined,
  undefined,
  undefined,
  undefined,
  'lost',
  'lost',
  'never',
  'late',
  'twice',
]
const OPS = [
  'type',
  'type',
  'type',
  'post',
  'post',
  'post',
  'double',
  'both',
  'sort',
  'copy',
  'edit',
  'insert',
  'crash',
  'reopen',
  'file',
  'sheet',
  'forget',
  'new',
  'gone',
  'correct',
  'correct',
  'correct',
] as const

/** A company with as few accounts as the runs need, each window reads and checks by all that there are, whose February takes a reason. */
export async function faultCompany(app: App): Promise<FaultCompany> {
  const company = await app.company()
  const month = `${thisYear}-02`
  await company.call('/locks', { body: { fromMonth: month, toMonth: month, level: 'soft', reason: 'Oppgjør' } })
  await company.db.execute(FEWER_ACCOUNTS)
  return { ...company, accountant: await company.key('accountant') }
}

export async function faultRun(app: App, company: FaultCompany, seed: number, before: number): Promise<RunResult> {
  const random = randomOf(seed)
  const log: string[] = []
  const network: Network = { ...goodNetwork(), next: () => random.of(FAULTS) }
  const open = (file: Workbook, through?: Network) => openPane(app, company, file, through, company.accountant)
  const book = await openBook(app, network, company, company.accountant)
  const { workbook, user } = book
  let panes: Pane[] = [book]
  const files: Workbook[] = [workbook]
  let lineages = 0
  const wanted = new Set<string>()
  const loose = new Set<string>()
  const post = (pane: Pane) =>
    postVouchers(pane.desk, { together: random.chance(0.2) }).catch(
      (error) => void log.push(`refused: ${error.message}`),
    )
  // One run of three is in a month with a soft lock, with a reason that is another each time, and sometimes none.
  const month = seed % 3 === 0 ? '02' : '03'
  /** Annulled, or asked to be without an answer: they are missed by nobody. */
  const annulled = new Set<string>()
  const missed: string[] = []

  /** Puts right all that was changed after it was posted: where nothing was, something is first. */
  const correct = async (pane: Pane) => {
    if (random.chance(0.7)) doings.edit()
    const changed = (await readSheet(pane.desk, true))?.vouchers.filter((v) => v.state === 'changed' && !v.copy) ?? []
    await correctVouchers(pane.desk, new Set(changed.map((v) => v.id))).catch(
      (error) => void log.push(`refused: ${error.message}`),
    )
  }

  const meddle = () => {
    if (!random.chance(0.08)) return
    const what = random.of(['sort', 'insert', 'edit'] as const)
    log.push(`meanwhile ${what}`)
    doings[what]()
    if (process.env.ADDIN_FAULT_LOG) log.push(sheetOf(user))
  }
  const listen = (pane: Pane) => {
    pane.window.host.before = meddle
    pane.desk.reason = () => random.of([undefined, 'Etterslep', 'En annen grunn'])
    return pane
  }
  panes.forEach(listen)

  let versions = 0
  const used = (table = 'tblBilag') => user.rows(table).flatMap((row, i) => (row.Tekst === '' ? [] : [{ row, i }]))
  const doings = {
    type() {
      const at = user.rows('tblBilag').findLastIndex((row) => row.Konto !== '') + 1
      const name = `R${seed}L${++lineages}`
      wanted.add(name)
      const amount = 100 + ((lineages * 377) % 900) // no two alike: what books the same as one that is gone is asked about
      user.fill('tblBilag', at, {
        Bilagsart: 'HB',
        Bilagsdato: `01.${month}.${thisYear}`,
        Konto: 1920,
        Beløp: amount,
        Tekst: `${name} v0`,
        'Bilag-ref': name,
      })
      user.fill('tblBilag', at + 1, { Konto: 2900, Beløp: -amount, 'Bilag-ref': name })
    },
    sort() {
      const column = random.of(['Beløp', 'Konto', 'Tekst', '_nøkkel'])
      const sign = random.chance(0.5) ? 1 : -1
      user.sort('tblBilag', (a, b) => (a[column]! < b[column]! ? -sign : a[column]! > b[column]! ? sign : 0))
    },
    insert: () => user.insertRows('tblBilag', random.below(Math.max(1, user.rows('tblBilag').length - 1)), 1),
    edit(table = 'tblBilag') {
      const some = used(table).filter(({ row }) => /v\d+$/.test(String(row.Tekst)))
      if (some.length === 0) return
      const { row, i } = random.of(some)
      const [name, version] = String(row.Tekst).split(' v')
      // One and the same number twice would be two contents of one name.
      user.fill(table, i, { Tekst: `${name} v${Math.max(Number(version), versions) + 1}` })
      versions = Math.max(Number(version), versions) + 1
    },
    /** Copies a whole voucher, hidden cells and all. One that was never sent carries nothing, and would be a second one. */
    copy() {
      const rows = user.rows('tblBilag')
      const sent = [...new Set(rows.map((r) => r._nøkkel).filter((id) => id !== ''))]
      if (sent.length === 0) return
      const id = random.of(sent)
      const at = rows.flatMap((r, i) => (r._nøkkel === id ? [i] : []))
      const [one, two] = at
      if (two === undefined || two - one! !== 1 || rows[one!]!._rad === rows[two]!._rad) return
      user.copyRows('tblBilag', one!, 2, rows.length)
    },
    /** Hidden cells are emptied by somebody who thought they were nothing. */
    forget: () => user.clearColumn('tblBilag', random.of(['_nøkkel', '_hash', '_rad', 'Status', 'Bilagsnr'])),
  }

  for (let step = 0, steps = 6 + random.below(8); step < steps; step++) {
    const op = step < 2 ? 'type' : random.of(OPS)
    if (process.env.ADDIN_FAULT_LOG) log.push(sheetOf(user))
    log.push(op)
    if (panes.length === 0) panes = [listen(await open(workbook, network))]
    const pane = random.of(panes)
    switch (op) {
      case 'type':
      case 'sort':
      case 'insert':
      case 'edit':
      case 'copy':
        doings[op]()
        break
      case 'forget':
        // The pane sees every change and puts back what is missing; so it does here, before the next column is emptied.
        doings.forget()
        await look(pane)
        break
      case 'post':
        await post(pane)
        break
      case 'correct':
        await correct(pane)
        if (random.chance(0.3)) await post(pane)
        break
      case 'double':
        await Promise.all([post(pane), post(pane)])
        break
      case 'both': {
        if (panes.length < 2) panes.push(listen(await open(workbook, network)))
        await Promise.all(panes.map(post))
        break
      }
      case 'crash': {
        post(pane)
        await new Promise((resolve) => setTimeout(resolve, random.below(40)))
        pane.window.crash()
        panes = panes.filter((p) => p !== pane)
        await minutePasses(company)
        break
      }
      case 'reopen':
        for (const p of panes) p.window.close()
        panes = []
        break
      case 'file': {
        // What was never sent carries nothing: edited in one of the files, it is another voucher than in the other.
        for (const { row } of used()) if (row._nøkkel === '') loose.add(String(row.Tekst).split(' ')[0]!)
        const copy = copyOf(workbook)
        files.push(copy)
        const elsewhere = await open(copy, network)
        elsewhere.desk.reason = () => 'Fra en annen fil'
        await post(elsewhere)
        if (random.chance(0.5)) {
          const reader = new User(copy)
          const at = reader.rows('tblBilag').findIndex((row) => row.Status === 'Bokført' && row.Tekst !== '')
          const name = at < 0 ? '' : String(reader.rows('tblBilag')[at]!.Tekst).split(' ')[0]
          if (at >= 0) reader.fill('tblBilag', at, { Tekst: `${name} v${++versions}` })
          const { vouchers } = (await readSheet(elsewhere.desk, true))!
          const changed = vouchers.filter((v) => v.state === 'changed' && !v.copy)
          await correctVouchers(elsewhere.desk, new Set(changed.map((v) => v.id))).catch(() => {})
        }
        elsewhere.window.close()
        break
      }
      case 'sheet': {
        // A copy of the sheet in the same workbook, posted from and gone back from.
        if (!workbook.sheet('Kopi')) {
          for (const { row } of used()) if (row._nøkkel === '') loose.add(String(row.Tekst).split(' ')[0]!)
          user.copySheet('Bilag', 'Kopi')
        }
        await turnTo(pane.desk, 'tblBilag2')
        await post(pane)
        if (random.chance(0.5)) {
          doings.edit(String(pane.desk.table))
          await correct(pane)
        }
        if (random.chance(0.7)) await turnTo(pane.desk, 'tblBilag')
        break
      }
      case 'gone':
        await goneOf(pane, workbook, user, random.chance(0.6)).then(
          (done) => {
            if (done) annulled.add(done.name)
            if (done?.stands) missed.push(`${done.name} was annulled though it stands`)
            if (done?.refused) log.push(`refused: ${done.refused}`)
          },
          (error) => void log.push(`refused: ${error.message}`),
        )
        break
      case 'new':
        // Meant as a new voucher: it is given a lineage of its own, so that it can be told from a double.
        await makeNew(pane, user, () => {
          const name = `R${seed}L${++lineages}`
          wanted.add(name)
          return name
        })
        break
    }
  }

  // The storm is over: nobody meddles, late requests arrive, and each file is opened and posted until all is said.
  for (const p of panes) p.window.close()
  await Promise.all(network.late)
  await minutePasses(company)
  for (const file of files) {
    const calm = await open(file)
    calm.desk.reason = () => 'Til slutt'
    for (const { name } of file.tables) {
      await turnTo(calm.desk, name)
      for (let i = 0; i < 3 && !saidAll(await postVouchers(calm.desk)); i++);
    }
    calm.window.close()
  }
  const kept = new Set([...wanted].filter((name) => !annulled.has(name)))
  const result = judged(seed, log, workbook, kept, loose, await postedSince(company, before))
  return { ...result, wrong: [...result.wrong, ...missed] }
}

/** Deletes the rows of a posted voucher, and annuls it or lets it stand as the pane offers. */
async function goneOf({ desk }: Pane, workbook: Workbook, user: User, annul: boolean) {
  const rows = user.rows('tblBilag')
  // Rows that were just made new say so, too, until they are judged: they have no number.
  const row = rows.find((r) => r.Status === 'Bokført' && r.Bilagsnr !== '' && r.Tekst !== '')
  if (!row) return undefined
  const id = String(row._nøkkel)
  const at = rows.flatMap((r, i) => (r._nøkkel === id ? [i] : []))
  if (at.length > 2) return undefined // of a copied voucher only whole copies go, and then it stands
  for (const i of at.reverse()) user.deleteRows('tblBilag', i, 1)
  const judged = await readSheet(desk, true)
  if (!judged || !(await goneVouchers(desk, judged)).first.some((v) => v.id === id)) return undefined
  if (!annul) await letStand(desk, new Set([id]))
  const stands = workbook.tables.some(({ name }) => user.rows(name).some((r) => r._nøkkel === id))
  if (!annul) return undefined
  const name = String(row.Tekst).split(' ')[0]!
  return annulGone(desk, id).then(
    (done) => (done ? { name, stands, refused: undefined } : undefined),
    (error) => ({ name, stands: false, refused: String(error.message) }),
  )
}

/** A window that is gone holds its turn for a minute; nobody waits for that here. */
const minutePasses = (company: Company) => company.db.execute('delete from sheet_lease')

/** Posting found nothing to send, and nothing without an answer: posting again would do as little. */
const saidAll = (result: PostResult | undefined): boolean =>
  result !== undefined &&
  [result.posted, result.refused, result.unknown, result.unsettled].every((of) => of.length === 0)

const sheetOf = (user: User): string =>
  user
    .rows('tblBilag')
    .flatMap((r, i) =>
      r.Konto === ''
        ? []
        : [
            `${i} ${r['Bilag-ref']} ${r.Tekst || '-'} ${r.Konto} ${r._rad} ${String(r._nøkkel).slice(4, 8)} ${String(r._hash).slice(0, 4)} ${r.Status} ${r.Bilagsnr}`,
          ],
    )
    .join('\n')

/** What the pane does when the sheet has changed. */
async function look({ desk }: Pane): Promise<void> {
  const judged = await readSheet(desk, false)
  if (judged) await show(desk, judged)
}

/** Makes changed copies new vouchers, as one click in the pane does, after changing them to something else. */
async function makeNew(pane: Pane, user: User, newName: () => string): Promise<void> {
  const made = await asNewVouchers(pane.desk, (v) => v.copy && (v.state === 'posted' || v.state === 'changed')).catch(
    () => new Set(),
  )
  const named = new Map<unknown, string>()
  const table = pane.desk.table ?? 'tblBilag'
  user.rows(table).forEach((row, i) => {
    if (!made.has(String(row._nøkkel))) return
    if (!named.has(row._nøkkel)) named.set(row._nøkkel, newName())
    const name = named.get(row._nøkkel)!
    user.fill(table, i, { 'Bilag-ref': name, ...(row.Tekst !== '' && { Tekst: `${name} v0` }) })
  })
}

/** The file as it lies on disk, opened as another. */
export function copyOf(book: Workbook): Workbook {
  const copy = new Workbook()
  copy.sheets = book.sheets.map((s) => ({
    ...s,
    workbook: copy,
    cells: new Map([...s.cells].map(([key, cell]) => [key, { ...cell }])),
    hiddenColumns: new Set(s.hiddenColumns),
    hiddenRows: new Set(s.hiddenRows),
  }))
  copy.tables = book.tables.map((t) => ({
    ...t,
    workbook: copy,
    columnIds: [...t.columnIds],
    sheet: copy.sheets[book.sheets.indexOf(t.sheet)]!,
  }))
  copy.xmlParts = book.xmlParts.map((p) => ({ ...p, workbook: copy }))
  copy.active = copy.sheets[0]!
  return copy
}

type Posted = {
  reversalOf: string | null
  status: 'posted' | 'reversed'
  id: string
  text: string
  series: string
  fiscalYear: number
  number: number
  ledgerVersion: number
}

async function postedSince(company: Company, before: number): Promise<Posted[]> {
  const { json } = await company.call('/vouchers?limit=500')
  return (json.vouchers as Posted[]).filter((v) => v.ledgerVersion > before)
}

function judged(
  seed: number,
  log: string[],
  workbook: Workbook,
  wanted: ReadonlySet<string>,
  loose: ReadonlySet<string>,
  posted: readonly Posted[],
): RunResult {
  const byLineage = new Map<string, Posted[]>()
  for (const v of posted.filter((one) => one.reversalOf === null && one.status === 'posted')) {
    const name = v.text.split(' ')[0]!
    byLineage.set(name, [...(byLineage.get(name) ?? []), v])
  }
  const duplicates = [...byLineage]
    .filter(([name, v]) => (loose.has(name) ? new Set(v.map((x) => x.text)).size : 1) < v.length)
    .map(([name, v]) => `${name}: ${v.map((x) => x.text)}`)
  const lost = [...wanted].filter((name) => !byLineage.has(name))
  const nameOf = (v: Posted) => `${v.series} ${v.fiscalYear}-${v.number}`
  const own = posted.filter((v) => v.reversalOf === null)
  const reversed = new Set(own.filter((v) => v.status === 'reversed').map((v) => v.text.split(' ')[0]!))
  const numbers = new Map(own.map((v) => [v.text, nameOf(v)]))
  const wrong = new User(workbook).rows('tblBilag').flatMap((row, i) => {
    if (row.Tekst === '') return []
    const number = numbers.get(String(row.Tekst))
    // What somebody put right in another file is not known here before it is asked for, and the rows are no less held.
    const put = reversed.has(String(row.Tekst).split(' ')[0]!)
    const states = put ? ['Bokført', 'Tilbakeført', 'Endret etter bokføring'] : ['Bokført']
    const right = number
      ? states.includes(String(row.Status)) && (put || row.Bilagsnr === number)
      : row.Status === 'Endret etter bokføring'
    return right
      ? []
      : [
          `row ${i}: ${row.Tekst} is ${number ?? 'not in the ledger'}, the sheet says ${row.Status} ${row.Bilagsnr} ${row.Melding}`,
        ]
  })
  return { seed, log, duplicates, lost, wrong, posted: posted.length }
}
