// What goes on around the posting of vouchers: others' companies, keys that come and go, budgets, hands in the file, lost answers, clocks.
import fc from 'fast-check'
import { type Command, compareBalances, expectPosted, must, same } from './commands.ts'
import type { TestCompany } from './company-copies.ts'
import { type Content, draftOf, idOf, type Model, thisYear } from './model.ts'
import type { World } from './seeded-world.ts'

const always = () => true

/** The answer of the database, or the question, is lost on the way; the client hears nothing either, and asks again. */
class PostThroughLoss implements Command {
  readonly n: number
  readonly content: Content
  readonly what: 'answer' | 'request'
  constructor(n: number, content: Content, what: 'answer' | 'request') {
    this.n = n
    this.content = content
    this.what = what
  }
  check = (model: Readonly<Model>) => !model.posted.has(idOf(this.n)) && !model.keepsOut(this.content)
  async run(model: Model, real: TestCompany) {
    const id = idOf(this.n)
    real.loseNext(this.what)
    const unheard = await real.call('/vouchers', draftOf(id, this.content))
    // Posted by the first, told to the second: exactly once, and the second says that it is a repetition.
    const { series, number } = model.add(id, this.content)
    const again = await real.call('/vouchers', draftOf(id, this.content))
    must(again, 200)
    same([again.json.series, again.json.number, again.json.replayed], [series, number, true], 'after a loss')
    if (unheard.status !== 201 && unheard.status !== 200) throw new Error(`lost ${this.what}: ${unheard.text}`)
  }
  toString = () => `post ${this.n}, ${this.what} lost ${JSON.stringify(this.content)}`
}

/** Tried without posting: it says what would be posted, and nothing is. */
class DryRun implements Command {
  readonly content: Content
  constructor(content: Content) {
    this.content = content
  }
  check = (model: Readonly<Model>) => !model.keepsOut(this.content)
  async run(model: Model, real: TestCompany) {
    const answer = await real.call('/vouchers/dry-run', { vouchers: [draftOf(idOf(888_888), this.content)] })
    must(answer, 200)
    same(answer.json.vouchers[0].status, 'ready', 'dry run')
    same(answer.json.ledgerVersion, model.posted.size, 'ledger version of a dry run')
  }
  toString = () => `try ${JSON.stringify(this.content)}`
}

/** A hand in the file: what is posted can neither change nor go. */
class Tamper implements Command {
  readonly sql: string
  constructor(sql: string) {
    this.sql = sql
  }
  check = (model: Readonly<Model>) => model.posted.size > 0
  async run(_: Model, real: TestCompany) {
    const done = await real.db.execute(this.sql).then(
      ({ rowsAffected }) => rowsAffected,
      () => 0,
    )
    if (done > 0) throw new Error(`accepted: ${this.sql}`)
  }
  toString = () => this.sql
}
const TAMPERING = [
  'update voucher set text = text || 1',
  'delete from voucher',
  'update entry set amount = amount + 1',
  'delete from entry where line = 1',
  'update event set by = 1',
  'delete from event',
  'update number_series set last_number = 0',
  'delete from number_series',
  'delete from company',
  'update period_lock set reason = 1',
  'update open_item set amount = amount + 1',
  'delete from open_item',
]

/** A voucher of another company is not there, whatever one does with its id. */
class OthersVoucher implements Command {
  readonly n: number
  constructor(n: number) {
    this.n = n
  }
  check = (model: Readonly<Model>) => !model.posted.has(idOf(this.n))
  async run(_: Model, real: TestCompany) {
    must(await real.call(`/vouchers/${idOf(this.n)}`), 404, 'voucher/unknown')
    must(await real.call(`/vouchers/${idOf(this.n)}/reversal`, reversalOf()), 404, 'voucher/unknown')
  }
  toString = () => `somebody else’s voucher ${this.n}`
}
const reversalOf = () => ({ id: idOf(777_777), voucherDate: `${thisYear}-01-15` })

/** A key with a role, what it may and may not do, and what it can when it is taken away. */
class KeyComesAndGoes implements Command {
  readonly n: number
  readonly content: Content
  readonly role: 'reader' | 'accountant' | 'auditor'
  readonly world: World
  constructor(n: number, content: Content, role: KeyComesAndGoes['role'], world: World) {
    this.n = n
    this.content = content
    this.role = role
    this.world = world
  }
  check = (model: Readonly<Model>) =>
    !model.posted.has(idOf(this.n)) && !model.keepsOut({ ...this.content, reason: false })
  async run(model: Model, real: TestCompany) {
    const { json } = await real.call('/keys', { name: this.role, role: this.role, expiresAt: '2099-12-31' })
    const id = idOf(this.n)
    const content = { ...this.content, reason: false }
    const answer = await real.callAs(json.key, '/vouchers', draftOf(id, content))
    if (this.role === 'accountant') expectPosted(model, id, content, answer)
    else must(answer, 403)
    must(await real.callAs(json.key, `/vouchers?limit=1`), 200)
    await real.remove(`/keys/${json.id}`)
    this.world.jump(1_500)
    must(await real.callAs(json.key, '/vouchers?limit=1'), 401)
  }
  toString = () => `${this.role} posts ${this.n} ${JSON.stringify(this.content)}`
}

/** Budgets never touch what was booked. */
class WriteBudget implements Command {
  readonly amount: number
  constructor(amount: number) {
    this.amount = amount
  }
  check = always
  async run(model: Model, real: TestCompany) {
    const year = thisYear
    const made = await real.call('/budgets', { year, name: `Budsjett ${real.operations.count}` })
    must(made, 201)
    const months = Object.fromEntries([`${year}-01`, `${year}-06`].map((month) => [month, this.amount]))
    await real.call(`/budgets/${made.json.id}/lines`, { lines: [{ account: '3000', dimensions: {}, amounts: months }] })
    await compareBalances(model, real)
  }
  toString = () => `budget ${this.amount}`
}

/** Summer time, the last second of a year in the world and not in Oslo, a clock that was put right. */
class ClockJumps implements Command {
  readonly ms: number
  readonly world: World
  constructor(ms: number, world: World) {
    this.ms = ms
    this.world = world
  }
  check = always
  async run() {
    this.world.jump(this.ms)
  }
  toString = () => `clock ${this.ms} ms`
}
const HOUR = 3_600_000

/** Commands beside those that post. */
export const around = (content: fc.Arbitrary<Content>, world: World) => {
  const fresh = fc.integer({ min: 1_000_000, max: 9_000_000 })
  return [
    fc
      .tuple(fresh, content, fc.constantFrom('answer', 'request'))
      .map(([n, c, what]) => new PostThroughLoss(n, c, what as 'answer')),
    content.map((c) => new DryRun(c)),
    fc.constantFrom(...TAMPERING).map((sql) => new Tamper(sql)),
    fc.integer({ min: 0, max: 12 }).map((n) => new OthersVoucher(n)),
    fc
      .tuple(fresh, content, fc.constantFrom('reader', 'accountant', 'auditor'))
      .map(([n, c, role]) => new KeyComesAndGoes(n, c, role as 'reader', world)),
    fc.integer({ min: -1e9, max: 1e9 }).map((amount) => new WriteBudget(amount)),
    fc.constantFrom(HOUR, -HOUR, 24 * HOUR, -24 * HOUR, 5_000).map((ms) => new ClockJumps(ms, world)),
  ]
}
