import fc from 'fast-check'
import type { Answer, TestCompany } from './company-copies.ts'
import { type Content, draftOf, idOf, type Level, type Model, thisYear } from './model.ts'

export type Command = fc.AsyncCommand<Model, TestCompany>

export function must(answer: Answer, status: number, code?: string) {
  if (answer.status !== status || (code !== undefined && answer.json?.code !== code))
    throw new Error(`expected ${status} ${code ?? ''}, got ${answer.status} ${answer.text.slice(0, 400)}`)
}
export function same(found: unknown, expected: unknown, what: string) {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`)
}

/** What the model says of one post, whichever request it came in. */
export function expectPosted(model: Model, id: string, content: Content, answer: Answer) {
  const before = model.posted.get(id)
  if (before && before.content === JSON.stringify(content)) {
    must(answer, 200)
    same([answer.json.replayed, answer.json.number], [true, before.number], 'replay')
  } else if (before) must(answer, 422, 'voucher/id-reused')
  else if (model.keepsOut(content)) must(answer, 423, 'period/locked')
  else {
    const { series, number } = model.add(id, content)
    must(answer, 201)
    same([answer.json.series, answer.json.number], [series, number], 'number')
  }
}

class Post implements Command {
  readonly n: number
  readonly content: Content
  constructor(n: number, content: Content) {
    this.n = n
    this.content = content
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const id = idOf(this.n)
    expectPosted(model, id, this.content, await real.call('/vouchers', draftOf(id, this.content)))
  }
  toString = () => `post ${this.n} ${JSON.stringify(this.content)}`
}

/** Several at once; numbers of a series may go to any of them, but none may be left out. */
class PostTogether implements Command {
  readonly first: number
  readonly contents: readonly Content[]
  readonly crashes: boolean
  constructor(first: number, contents: readonly Content[], crashes: boolean) {
    this.first = first
    this.contents = contents
    this.crashes = crashes
  }
  check = (model: Readonly<Model>) =>
    this.contents.every((c, i) => !model.posted.has(idOf(this.first + i)) && !model.keepsOut(c))
  async run(model: Model, real: TestCompany) {
    const ids = this.contents.map((_, i) => idOf(this.first + i))
    const send = () => Promise.all(this.contents.map((content, i) => real.call('/vouchers', draftOf(ids[i]!, content))))
    const answers = await real.atOnce(() => (this.crashes ? real.crashing(send) : send()))
    const order = answers
      .map((answer, i) => ({ answer, i }))
      .sort((a, b) => a.answer.json.ledgerVersion - b.answer.json.ledgerVersion)
    for (const { answer, i } of order) expectPosted(model, ids[i]!, this.contents[i]!, answer)
  }
  toString = () => `post together ${this.first}${this.crashes ? ' with a crash' : ''} ${JSON.stringify(this.contents)}`
}

class PostBatch implements Command {
  readonly first: number
  readonly contents: readonly Content[]
  constructor(first: number, contents: readonly Content[]) {
    this.first = first
    this.contents = contents
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const ids = this.contents.map((_, i) => idOf(this.first + i))
    const answer = await real.call('/vouchers/batch', { vouchers: this.contents.map((c, i) => draftOf(ids[i]!, c)) })
    const old = ids.map((id) => model.posted.get(id))
    const reused = old.some((kept, i) => kept && kept.content !== JSON.stringify(this.contents[i]))
    const locked = this.contents.filter((c, i) => !old[i] && model.keepsOut(c)).length
    if (reused) return must(answer, 422, 'voucher/invalid')
    if (locked > 0) return must(answer, 423, 'period/locked')
    must(answer, old.every(Boolean) ? 200 : 201)
    this.contents.forEach((content, i) => {
      const kept = model.posted.get(ids[i]!) ?? model.add(ids[i]!, content)
      same(
        [answer.json.vouchers[i].number, answer.json.vouchers[i].replayed],
        [kept.number, old[i] !== undefined],
        'in batch',
      )
    })
  }
  toString = () => `batch ${this.first} ${JSON.stringify(this.contents)}`
}

/** Refused whatever the books say, and nothing is left of it. */
class PostInvalid implements Command {
  readonly content: Content
  readonly fault: 'unbalanced' | 'unknown account' | 'float' | 'no year' | 'wrong code'
  constructor(content: Content, fault: PostInvalid['fault']) {
    this.content = content
    this.fault = fault
  }
  check = (model: Readonly<Model>) => model.levelOf(this.content) === 'open'
  async run(_model: Model, real: TestCompany) {
    const draft = draftOf(idOf(999_999), this.content)
    const [first] = draft.lines as Record<string, unknown>[]
    if (this.fault === 'unbalanced') first!.amount = Number(first!.amount) + 1
    if (this.fault === 'unknown account') first!.account = '1234567'
    if (this.fault === 'float') first!.amount = 0.5
    if (this.fault === 'no year') draft.voucherDate = '1999-01-01'
    if (this.fault === 'wrong code') first!.vatCode = '99'
    must(await real.call('/vouchers', draft), 422, 'voucher/invalid')
  }
  toString = () => `post invalid (${this.fault}) ${JSON.stringify(this.content)}`
}

class Reverse implements Command {
  readonly n: number
  readonly of: number
  readonly content: Content
  constructor(n: number, of: number, content: Content) {
    this.n = n
    this.of = of
    this.content = content
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const [id, of] = [idOf(this.n), idOf(this.of)]
    const { voucherDate, reason } = draftOf(id, this.content)
    const wanted = { id, voucherDate, ...(reason && { reason }) }
    const content = JSON.stringify({ of, ...wanted })
    const answer = await real.call(`/vouchers/${of}/reversal`, wanted)
    const original = model.posted.get(of)
    const before = model.posted.get(id)
    if (!original) return must(answer, 404, 'voucher/unknown')
    if (before?.content === content) {
      must(answer, 200)
      return same([answer.json.number, answer.json.replayed], [before.number, true], 'replayed reversal')
    }
    const hasVat = original.movements.some(([account]) => account.startsWith('27'))
    if (before || original.reversed || model.keepsOut(this.content, hasVat))
      return must(answer, answer.status === 423 ? 423 : 422)
    const { series, number } = model.reverse(id, of, this.content.year, content)
    must(answer, 201)
    same([answer.json.series, answer.json.number], [series, number], 'reversal')
  }
  toString = () => `reverse ${this.of} by ${this.n} ${JSON.stringify(this.content)}`
}

class Lock implements Command {
  readonly month: number
  readonly level: Level
  constructor(month: number, level: Level) {
    this.month = month
    this.level = level
  }
  check = () => true
  async run(model: Model, real: TestCompany) {
    const month = `${thisYear}-${String(this.month).padStart(2, '0')}`
    must(await real.call('/locks', { fromMonth: month, toMonth: month, level: this.level, reason: 'Modell' }), 201)
    model.levels.set(month, this.level)
  }
  toString = () => `lock ${this.month} ${this.level}`
}

class Crash implements Command {
  check = () => true
  async run(_model: Model, real: TestCompany) {
    real.crash()
  }
  toString = () => 'crash'
}

class ReadBalances implements Command {
  check = () => true
  async run(model: Model, real: TestCompany) {
    await compareBalances(model, real)
  }
  toString = () => 'read balances'
}

/** The trial balance that everybody sees is the model's. */
export async function compareBalances(model: Model, real: TestCompany) {
  const answer = await real.call(`/reports/trial-balance?fromDate=${thisYear - 1}-01-01&toDate=${thisYear + 1}-12-31`)
  must(answer, 200)
  const rows = (answer.json.rows as { account: string; closing: number }[]).filter((row) => row.closing !== 0)
  same(
    rows.map((row) => [row.account, row.closing]),
    [...model.balances()],
    'trial balance',
  )
}

export const content: fc.Arbitrary<Content> = fc
  .record({
    type: fc.constantFrom('general', 'outgoing-invoice', 'incoming-invoice'),
    year: fc.constantFrom(thisYear, thisYear, thisYear - 1),
    month: fc.integer({ min: 1, max: 3 }),
    amount: fc.oneof(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -1e9, max: 1e9 }).filter((n) => n !== 0),
    ),
    vat: fc.constantFrom(true, false, 'reverse'),
    reason: fc.boolean(),
  })
  .map(({ vat, ...c }) => ({
    ...c,
    vat:
      c.type === 'general' || vat === false
        ? null
        : c.type === 'outgoing-invoice'
          ? '3'
          : vat === 'reverse'
            ? '86'
            : '1',
  }))
const old = fc.integer({ min: 0, max: 12 })
const fresh = fc.integer({ min: 100, max: 900_000 })
const together = fc.array(content, { minLength: 2, maxLength: 6 })
const post = fc.tuple(fresh, content).map(([n, c]) => new Post(n, c))

/** What people, programs and crashes do to a ledger. */
export const posting: fc.Arbitrary<Command>[] = [
  fc.tuple(old, content).map(([n, c]) => new Post(n, c)),
  post,
  post,
  post,
  post,
  // Writers that know nothing of each other read all facts anew for every try, and there are many tries.
  fc
    .tuple(fresh, together, fc.constantFrom(true, false, false, false))
    .map(([n, cs, crashes]) => new PostTogether(n, cs, crashes)),
  fc.tuple(old, together).map(([n, cs]) => new PostBatch(n, cs)),
  fc
    .tuple(content, fc.constantFrom('unbalanced', 'unknown account', 'float', 'no year', 'wrong code'))
    .map(([c, fault]) => new PostInvalid(c, fault as PostInvalid['fault'])),
  fc
    .tuple(fc.integer({ min: 20, max: 30 }), fc.oneof(old, fc.integer({ min: 20, max: 30 })), content)
    .map(([n, of, c]) => new Reverse(n, of, c)),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('open', 'soft', 'hard'))
    .map(([m, level]) => new Lock(m, level as Level)),
  fc.constant(new Crash()),
  fc.constant(new ReadBalances()),
]
