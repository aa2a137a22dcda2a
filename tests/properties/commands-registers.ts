// What comes in beside typed vouchers: sheets that are tried, imported and taken back; drafts that two people write in; documents.
import fc from 'fast-check'
import { type Command, must, same } from './commands.ts'
import type { TestCompany } from './company-copies.ts'
import { type Content, idOf, type Model, thisYear } from './model.ts'

const kroner = (ore: number) =>
  `${ore < 0 ? '-' : ''}${Math.floor(Math.abs(ore) / 100)},${String(Math.abs(ore) % 100).padStart(2, '0')}`

/** Vouchers of a sheet, known by their keys: what was brought in before is left as it is, and other content is refused. */
class ImportSheet implements Command {
  readonly n: number
  readonly contents: readonly Content[]
  readonly undo: boolean
  constructor(n: number, contents: readonly Content[], undo: boolean) {
    this.n = n
    this.contents = contents
    this.undo = undo
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const vouchers = this.contents.map((c, i) => {
      const date = `15.${String(c.month).padStart(2, '0')}.${c.year}`
      const key = `${this.n * 10 + i}`
      return { c, date, key, known: model.imported.get(`${key} ${date}`) }
    })
    const rows = vouchers.flatMap(({ c, date, key }) => [
      `${key};${date};1920;Modell;${kroner(c.amount)}`,
      `${key};${date};2900;Modell;${kroner(-c.amount)}`,
    ])
    const sheet = `Bilag;Dato;Konto;Tekst;Beløp\n${rows.join('\n')}\n`
    const sent = await real.send('/imports/sheets?register=vouchers', sheet)
    must(sent, 201)
    const { id } = sent.json
    const tried = await real.call(`/imports/sheets/${id}/dry-run`, {})
    must(tried, 200)
    const refused = vouchers.some(({ c, known }) =>
      known ? known.amount !== c.amount : model.keepsOut({ ...c, reason: false }, false),
    )
    same(tried.json.clean, !refused, 'whether a sheet is clean')
    const isBack = vouchers.some(({ c, known }) => known?.amount === c.amount && model.posted.get(known.id)?.reversed)
    const isTold = tried.json.told.some((t: { key: string }) => t.key === 'reversedBefore')
    same(isTold, isBack, 'whether vouchers of a sheet were taken back')
    const done = await real.call(`/imports/sheets/${id}/commit`, {})
    if (refused) return must(done, 409, 'import/not-tried')
    must(done, 201)
    const news = vouchers.filter(({ known }) => !known)
    same([done.json.counts.new, done.json.counts.unchanged], [news.length * 2, (vouchers.length - news.length) * 2], id)
    for (const { c, date, key } of news) {
      const kept = model.book({ id: `sheet ${key} ${date}`, series: 'HB' }, c.year, [
        ['1920', c.amount],
        ['2900', -c.amount],
      ])
      model.imported.set(`${key} ${date}`, { amount: c.amount, id: `sheet ${key} ${date}` })
      const told = done.json.rows[vouchers.findIndex((v) => v.key === key) * 2].subject
      same(told, `HB ${c.year}-${kept.number}`, 'what a row became')
    }
    must(await real.call(`/imports/sheets/${id}/commit`, {}), 200)
    if (!this.undo || news.some(({ c }) => model.levelOf(c) !== 'open')) return
    must(await real.call(`/imports/${id}/undo`, {}), 200)
    for (const { c, date, key } of news) model.reverse(`back ${key} ${date}`, `sheet ${key} ${date}`, c.year, '')
    must(await real.call(`/imports/${id}/undo`, {}), 422, 'import/already-undone')
  }
  toString = () => `import ${this.n}${this.undo ? ' and undo' : ''} ${JSON.stringify(this.contents)}`
}

/** One of two who write in a draft, who has seen everything or nothing of late: rows that others wrote since are not taken. */
class WriteDraft implements Command {
  readonly draft: number
  readonly behind: number
  readonly rows: Record<string, string>
  constructor(draft: number, behind: number, rows: Record<string, string>) {
    this.draft = draft
    this.behind = behind
    this.rows = rows
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const id = `dra_${String(this.draft).padStart(26, '0')}`
    const known = model.drafts.get(id) ?? { version: 0, rows: new Map(), deleted: false }
    const since = Math.max(0, known.version - this.behind)
    const rows = Object.entries(this.rows).map(([key, text]) => ({ key, position: key, cells: { text } }))
    const answer = await real.call(`/voucher-drafts/${id}/changes`, { since, rows })
    must(answer, 200)
    const taken = Object.entries(this.rows).filter(([key, value]) => {
      const row = known.rows.get(key)
      return !row || (row.version <= since && row.value !== value)
    })
    if (taken.length > 0) known.version++
    for (const [key, value] of taken) known.rows.set(key, { value, version: known.version })
    model.drafts.set(id, known)
    const mine = taken.length > 0 ? known.version : -1
    const others = [...known.rows]
      .filter(([, row]) => row.version > since && row.version !== mine)
      .map(([key, { value }]) => `${key}=${value}`)
    const told = (answer.json.rows as { key: string; cells: { text: string } }[]).map((r) => `${r.key}=${r.cells.text}`)
    same([answer.json.version, told.sort()], [known.version, others.sort()], 'a draft')
  }
  toString = () => `draft ${this.draft}, ${this.behind} behind, ${JSON.stringify(this.rows)}`
}

/** A draft that is put away can be had back. */
class RemoveDraft implements Command {
  readonly draft: number
  readonly back: boolean
  constructor(draft: number, back: boolean) {
    this.draft = draft
    this.back = back
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const id = `dra_${String(this.draft).padStart(26, '0')}`
    const known = model.drafts.get(id)
    const answer = this.back
      ? await real.call(`/voucher-drafts/${id}/restoration`, {})
      : await real.remove(`/voucher-drafts/${id}`)
    if (!known) return must(answer, 404, 'draft/unknown')
    must(answer, this.back ? 200 : 204)
    if (known.deleted === this.back) known.version++
    known.deleted = !this.back
    if (this.back) same(answer.json.version, known.version, 'version of a draft that is back')
  }
  toString = () => `${this.back ? 'restore' : 'delete'} draft ${this.draft}`
}

/** A document gets the next stamp number, once however often it comes; attached it is not rejected, rejected not attached. */
class Receive implements Command {
  readonly n: number
  readonly next: 'nothing' | 'reject' | 'restore' | 'attach'
  readonly voucher: number
  constructor(n: number, next: Receive['next'], voucher: number) {
    this.n = n
    this.next = next
    this.voucher = voucher
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const before = model.documents.get(this.n)
    const sent = await real.send('/documents', `%PDF-1.7 ${this.n}`)
    must(sent, before ? 200 : 201)
    const known = before ?? { stamp: model.documents.size + 1, rejected: false, attached: false }
    model.documents.set(this.n, known)
    same([sent.json.stamp, sent.json.replayed], [known.stamp, before !== undefined], 'stamp')
    const { id } = sent.json
    if (this.next === 'reject') {
      const answer = await real.call(`/documents/${id}/rejection`, { reason: 'Uleselig' })
      if (known.attached) return must(answer, 409, 'document/attached')
      must(answer, 200)
      known.rejected = true
    } else if (this.next === 'restore') {
      must(await real.remove(`/documents/${id}/rejection`), 200)
      known.rejected = false
    } else if (this.next === 'attach') {
      const answer = await real.call(`/vouchers/${idOf(this.voucher)}/documents`, { documents: [id] })
      if (!model.posted.has(idOf(this.voucher))) return must(answer, 404, 'voucher/unknown')
      if (known.rejected) return must(answer, 422, 'request/invalid')
      must(answer, 200)
      known.attached = true
    }
  }
  toString = () => `document ${this.n}, ${this.next} ${this.voucher}`
}

/** A term of VAT is filed, or opened again: nothing with VAT comes into its months, and all else does. */
class FileTerm implements Command {
  readonly month: number
  readonly level: 'open' | 'hard'
  constructor(month: number, level: FileTerm['level']) {
    this.month = month
    this.level = level
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const month = `${thisYear}-0${this.month}`
    if (this.level === 'hard') model.filed.add(month)
    else model.filed.delete(month)
    const lock = { fromMonth: month, toMonth: month, level: this.level, scope: 'vat', reason: 'Modell' }
    must(await real.call('/locks', lock), 201)
  }
  toString = () => `vat of month ${this.month} ${this.level}`
}

/** Commands of sheets, drafts, documents and VAT terms. */
export const registers = (content: fc.Arbitrary<Content>): fc.Arbitrary<Command>[] => [
  fc
    .tuple(fc.nat(4), fc.array(content, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([n, contents, undo]) => new ImportSheet(n, contents, undo)),
  fc
    .tuple(
      fc.nat(2),
      fc.nat(2),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '3'), { minKeys: 1 }),
    )
    .map(([draft, behind, rows]) => new WriteDraft(draft, behind, rows)),
  fc.tuple(fc.nat(2), fc.boolean()).map(([draft, back]) => new RemoveDraft(draft, back)),
  fc
    .tuple(fc.nat(5), fc.constantFrom('nothing', 'reject', 'restore', 'attach'), fc.nat(12))
    .map(([n, next, voucher]) => new Receive(n, next as Receive['next'], voucher)),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('open', 'hard'))
    .map(([month, level]) => new FileTerm(month, level as FileTerm['level'])),
]
