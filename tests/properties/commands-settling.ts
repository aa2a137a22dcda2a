// Open items: matched whole, in part, by a payment, by a rule, with a difference that is booked; and parted again.
import fc from 'fast-check'
import { type Command, must, same } from './commands.ts'
import type { TestCompany } from './company-copies.ts'
import { idOf, type Model, thisYear } from './model.ts'

type Item = { id: string; account: string; rest: number }
const openItems = async (real: TestCompany): Promise<Item[]> => (await real.call('/open-items?limit=5000')).json.items
const rests = async (real: TestCompany) => new Map((await openItems(real)).map((item) => [item.id, item.rest]))
const PARTY: Record<string, string> = { '1500': '1500:10001', '2400': '2400:20001' }
/** No lock reaches it, and no voucher of the model is younger. */
const FREE_DAY = `${thisYear}-04-01`

/** Items of one account that go opposite ways, and that the rests of an account are its balance. */
async function pairsOf(model: Model, real: TestCompany): Promise<[Item, Item][]> {
  const items = await openItems(real)
  for (const account of ['1500', '2400']) {
    const sum = items.filter((item) => item.account === account).reduce((total, { rest }) => total + rest, 0)
    same(sum, model.balances().get(account) ?? 0, `open items of ${account}`)
  }
  return items.flatMap((one) =>
    items
      .filter((other) => other.account === one.account && one.rest > 0 && other.rest < 0)
      .map((other): [Item, Item] => [one, other]),
  )
}
/** Commands that found something to settle: a run in which one of them never does tries nothing of it. */
export const settled = new Set<'match' | 'difference' | 'payment' | 'rule'>()
/** Beyond every voucher that is posted: a difference is booked under an id like its match’s. */
const matchId = (real: TestCompany) => `mch_${String(40_000_000 + real.operations.count).padStart(26, '0')}`
const hasItems = (model: Readonly<Model>) => [...model.posted.values()].some(({ series }) => series !== 'HB')

/** Two items that go opposite ways, as much of them as goes or a part of it; and perhaps parted again. The accounts do not move. */
class Match implements Command {
  readonly n: number
  readonly percent: number
  readonly undo: boolean
  constructor(n: number, percent: number, undo: boolean) {
    this.n = n
    this.percent = percent
    this.undo = undo
  }
  check = hasItems
  async run(model: Model, real: TestCompany) {
    const pairs = await pairsOf(model, real)
    const [one, other] = pairs[this.n % Math.max(1, pairs.length)] ?? []
    if (!one || !other) return
    const amount = Math.max(1, Math.floor((Math.min(one.rest, -other.rest) * this.percent) / 100))
    const id = matchId(real)
    const items = [
      { openItem: one.id, amount },
      { openItem: other.id, amount: -amount },
    ]
    must(await real.call('/matches', { id, items }), 201)
    const after = await rests(real)
    same(
      [after.get(one.id) ?? 0, after.get(other.id) ?? 0],
      [one.rest - amount, other.rest + amount],
      'rests after a match',
    )
    settled.add('match')
    if (!this.undo) return
    must(await real.call(`/matches/${id}/undo`, { reason: 'Feil' }), 200)
    const again = await rests(real)
    same([again.get(one.id), again.get(other.id)], [one.rest, other.rest], 'rests after it was undone')
  }
  toString = () => `match ${this.n} ${this.percent} %${this.undo ? ' and undo' : ''}`
}

const nearPairs = async (model: Model, real: TestCompany) =>
  (await pairsOf(model, real)).filter(([a, b]) => a.rest !== -b.rest && Math.abs(a.rest + b.rest) <= 100)

/** Two items that differ by little: what is left over is booked in the same commit, and taken back with the match. */
class MatchWithDifference implements Command {
  readonly n: number
  readonly undo: boolean
  constructor(n: number, undo: boolean) {
    this.n = n
    this.undo = undo
  }
  check = hasItems
  async run(model: Model, real: TestCompany) {
    const found = await nearPairs(model, real)
    const near = found.length > 0 ? found : await this.#makeNear(model, real)
    const pair = near[this.n % Math.max(1, near.length)]
    if (!pair) return
    const id = matchId(real)
    const [one, other] = pair
    const difference = { account: '7770', voucherDate: FREE_DAY }
    const answer = await real.call('/matches', {
      id,
      items: [{ openItem: one.id }, { openItem: other.id }],
      difference,
    })
    must(answer, 201)
    const amount = one.rest + other.rest
    const { voucher } = answer.json.difference
    const booked = model.book(voucher, thisYear, [
      [one.account, -amount],
      ['7770', amount],
    ])
    same(voucher.number, booked.number, 'number of the difference')
    const after = await rests(real)
    same([after.get(one.id), after.get(other.id)], [undefined, undefined], 'rests after a difference')
    settled.add('difference')
    if (!this.undo) return
    must(await real.call(`/matches/${id}/undo`, { reason: 'Feil', voucherDate: FREE_DAY }), 200)
    model.reverse(`${voucher.id}-back`, voucher.id, thisYear, '')
    const again = await rests(real)
    same([again.get(one.id), again.get(other.id)], [one.rest, other.rest], 'rests after the difference was undone')
  }
  /** Chance nearly never makes two items that differ by little: one is paid a little too much. */
  async #makeNear(model: Model, real: TestCompany) {
    const items = await openItems(real)
    const item = items[this.n % Math.max(1, items.length)]
    if (!item) return []
    const amount = -item.rest - Math.sign(item.rest) * (this.n + 1)
    const lines = [
      { account: '1920', amount: -amount },
      { account: PARTY[item.account], amount },
    ]
    const id = idOf(20_000_000 + real.operations.count)
    const draft = { id, type: 'general', voucherDate: FREE_DAY, text: 'For mye', lines }
    const answer = await real.call('/vouchers', draft)
    must(answer, 201)
    model.book(answer.json, thisYear, [
      ['1920', -amount],
      [item.account, amount],
    ])
    return nearPairs(model, real)
  }
  toString = () => `match with difference ${this.n}${this.undo ? ' and undo' : ''}`
}

/** A payment whose line says what it pays, the whole or a part. */
class Pay implements Command {
  readonly n: number
  readonly item: number
  readonly percent: number
  constructor(n: number, item: number, percent: number) {
    this.n = n
    this.item = item
    this.percent = percent
  }
  check = (model: Readonly<Model>) => hasItems(model) && !model.posted.has(idOf(this.n))
  async run(model: Model, real: TestCompany) {
    const items = await openItems(real)
    const item = items[this.item % Math.max(1, items.length)]
    if (!item) return
    const sign = Math.sign(item.rest)
    const amount = sign * Math.max(1, Math.floor((Math.abs(item.rest) * this.percent) / 100))
    const id = idOf(this.n)
    const draft = {
      id,
      type: 'general',
      voucherDate: FREE_DAY,
      text: 'Betaling',
      lines: [
        { account: '1920', amount },
        { account: PARTY[item.account], amount: -amount, matches: [{ openItem: item.id, amount }] },
      ],
    }
    const answer = await real.call('/vouchers', draft)
    must(answer, 201)
    const booked = model.book(answer.json, thisYear, [
      ['1920', amount],
      [item.account, -amount],
    ])
    same(answer.json.number, booked.number, 'number of a payment')
    same((await rests(real)).get(item.id) ?? 0, item.rest - amount, 'rest after a payment')
    must(await real.call('/vouchers', draft), 200)
    settled.add('payment')
  }
  toString = () => `pay ${this.percent} % of item ${this.item} by ${this.n}`
}

/** What agrees is matched by rule: what is left of an account stays, and nothing that agreed is left. */
class MatchByRule implements Command {
  readonly oldestFirst: boolean
  constructor(oldestFirst: boolean) {
    this.oldestFirst = oldestFirst
  }
  check = hasItems
  async run(model: Model, real: TestCompany) {
    const before = (await pairsOf(model, real)).length
    const answer = await real.call('/matches/automatic', { oldestFirst: this.oldestFirst })
    must(answer, 200)
    const after = (await pairsOf(model, real)).length
    if (answer.json.matches.length > 0 ? after >= before : after !== before)
      throw new Error(`${answer.json.matches.length} matches, ${before} pairs before and ${after} after`)
    if (answer.json.matches.length > 0) settled.add('rule')
    if (this.oldestFirst) same(after, 0, 'pairs left by the oldest first')
  }
  toString = () => `match by rule${this.oldestFirst ? ', oldest first' : ''}`
}

/** Commands that settle open items. */
export const settling: fc.Arbitrary<Command>[] = [
  fc.tuple(fc.nat(50), fc.constantFrom(100, 100, 37), fc.boolean()).map(([n, part, undo]) => new Match(n, part, undo)),
  fc.tuple(fc.nat(50), fc.boolean()).map(([n, undo]) => new MatchWithDifference(n, undo)),
  fc
    .tuple(fc.integer({ min: 10_000_000, max: 19_000_000 }), fc.nat(50), fc.constantFrom(100, 60))
    .map(([n, item, part]) => new Pay(n, item, part)),
  fc.boolean().map((oldestFirst) => new MatchByRule(oldestFirst)),
]
