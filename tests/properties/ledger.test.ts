import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { verifyLedger } from '#worker/verify/verify-ledger.ts'
import { type Command, compareBalances, content, posting } from './commands.ts'
import { around } from './commands-around.ts'
import { registers } from './commands-registers.ts'
import { settled, settling } from './commands-settling.ts'
import { companyCopies, type TestCompany } from './company-copies.ts'
import { draftOf, idOf, Model, thisYear } from './model.ts'
import { seededWorld } from './seeded-world.ts'

const seed = Number(process.env.SEED ?? 20_261_121)
const world = seededWorld(seed)
const app = testApp()
let newCompany: () => Promise<TestCompany>
beforeAll(async () => {
  // Answers of the database are lost on purpose; that nobody heard them is what is wanted.
  const tell = console.error
  vi.spyOn(console, 'error').mockImplementation((line) => void (/database-silent/.test(line) || tell(line)))
  newCompany = await companyCopies(app)
})

/** What a run came to; `trace` is a hash of every request and answer. */
const done = { sequences: 0, operations: 0, trace: '' }
const commands = [...posting, ...posting, ...around(content, world), ...settling, ...registers(content)]
/** Every kind of command there is, and those that were run. */
const kinds = new Set(commands.map((one) => Object.getPrototypeOf(fc.sample(one, { numRuns: 1, seed })[0]) as Command))
const ran = new Set<Command>()
for (const kind of kinds) {
  const { run } = kind
  kind.run = function (this: Command, ...asked) {
    ran.add(kind)
    return run.apply(this, asked)
  }
}
const sequences = fc.commands(commands, {
  maxCommands: Number(process.env.SIM_COMMANDS ?? 30),
  size: 'max',
})
const property = fc.asyncProperty(sequences, async (commands) => {
  world.restart()
  const model = new Model()
  const real = await newCompany()
  await fc.asyncModelRun(() => ({ model, real }), commands)
  await compareBalances(model, real)
  const today = `${thisYear}-11-21` as IsoDate
  const outside = { anchors: [], bucket: app.env.FILES }
  const asked = { db: real.db, company: real.id, outside, today, full: true, relaxed: true }
  const verified = await verifyLedger(asked)
  expect(verified.checks.filter((check) => !check.holds)).toEqual([])
  expect(verified.ledgerVersion).toBe(model.posted.size)
  done.sequences++
  done.operations += real.operations.count
  done.trace = createHash('sha256')
    .update(`${done.trace}\n${real.trace.join('\n')}`)
    .digest('hex')
  await real.drop()
})

/** What the sequences found once, shrunk; kept as they are, since a seed means other commands when the commands change. */
test('a voucher that was posted before this writer began is a repetition, though its month was locked since', async () => {
  const company = await newCompany()
  const content = { type: 'general', year: thisYear, month: 2, amount: 1, vat: null, reason: false } as const
  const draft = draftOf(idOf(1), content)
  const first = await company.call('/vouchers', draft)
  const month = `${thisYear}-02`
  await company.call('/locks', { fromMonth: month, toMonth: month, level: 'hard', reason: 'Låst' })
  company.crash()
  const again = await company.call('/vouchers', draft)
  expect([first.status, again.status, again.json]).toEqual([201, 200, { ...first.json, replayed: true }])
  company.crash()
  const other = await company.call('/vouchers', draftOf(idOf(1), { ...content, amount: 2 }))
  expect([other.status, other.json.code]).toEqual([422, 'voucher/id-reused'])
})

test('undoing a match leaves a voucher alone that only has an id like the match’s', async () => {
  const company = await newCompany()
  const invoice = { type: 'outgoing-invoice', year: thisYear, month: 2, vat: null, reason: false } as const
  for (const [n, amount] of [5_000, -5_000, 700].entries())
    await company.call('/vouchers', draftOf(idOf(n), { ...invoice, amount }))
  const [one, other] = (await company.call('/open-items')).json.items
  // Of a voucher beside it, and of one that is matched itself.
  for (const n of [2, 1]) {
    const id = idOf(n).replace('vch', 'mch')
    const wanted = {
      id,
      items: [
        { openItem: one.id, amount: 5_000 },
        { openItem: other.id, amount: -5_000 },
      ],
    }
    expect((await company.call('/matches', wanted)).status).toBe(201)
    const undone = await company.call(`/matches/${id}/undo`, { reason: 'Feil' })
    expect([undone.status, (await company.call('/open-items')).json.ledgerVersion]).toEqual([200, 3])
  }
})

test('a clock that was an hour fast and is put right does not go back in the books', async () => {
  const company = await newCompany()
  const content = { type: 'general', year: thisYear, month: 2, amount: 1, vat: null, reason: false } as const
  await company.call('/vouchers', draftOf(idOf(1), content))
  world.jump(-3_600_000)
  await company.call('/vouchers', draftOf(idOf(2), content))
  await company.call('/locks', {
    fromMonth: `${thisYear}-03`,
    toMonth: `${thisYear}-03`,
    level: 'soft',
    reason: 'Låst',
  })
  world.jump(3_600_000)
  const today = `${thisYear}-11-21` as IsoDate
  const { checks } = await verifyLedger({ db: company.db, company: company.id, today, full: true, relaxed: true })
  expect(checks.filter((check) => !check.holds)).toEqual([])
})

test('a writer for each post, all at once: they get in each other’s way, and every one is posted', async () => {
  const company = await newCompany()
  const content = { type: 'general', year: thisYear, month: 2, amount: 1, vat: null, reason: false } as const
  const answers = await company.crashing(() =>
    Promise.all(Array.from({ length: 8 }, (_, i) => company.call('/vouchers', draftOf(idOf(i), content)))),
  )
  expect(answers.map((a) => a.status)).toEqual(Array(8).fill(201))
  expect(answers.map((a) => a.json.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

async function run(seed: number, numRuns: number): Promise<typeof done> {
  Object.assign(done, { sequences: 0, operations: 0, trace: '' })
  await fc.assert(property, { seed, numRuns, endOnFailure: false })
  return { ...done }
}

test('whatever is done to a ledger, its answers and figures are the model’s, and it verifies', async () => {
  const minutes = Number(process.env.SIM_MINUTES ?? 0)
  const many = Number(process.env.SEQUENCES ?? 40)
  const began = performance.now()
  const before = process.cpuUsage()
  const total = { sequences: 0, operations: 0, traces: [] as string[] }
  do {
    const { sequences, operations, trace } = await run(seed + total.traces.length, many)
    total.sequences += sequences
    total.operations += operations
    total.traces.push(trace)
    if (minutes > 0)
      console.log(
        `${total.sequences} sequences, ${total.operations} operations, seed ${seed + total.traces.length - 1}: ${trace.slice(0, 16)}`,
      )
  } while (performance.now() - began < minutes * 60_000)
  const trace = createHash('sha256').update(total.traces.join()).digest('hex').slice(0, 16)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  const { user, system } = process.cpuUsage(before)
  const cpu = ((user + system) / 1e6).toFixed(0)
  console.log(
    `seed ${seed}: ${total.sequences} sequences, ${total.operations} operations in ${seconds} s (${cpu} of a core), trace ${trace}`,
  )
  if (total.sequences < 25) return
  expect([...settled].sort()).toEqual(['difference', 'match', 'payment', 'rule'])
  expect([...kinds].filter((kind) => !ran.has(kind)).map((kind) => kind.constructor.name)).toEqual([])
}, 7_200_000)

test('the same seed is the same run', async () => {
  const [one, two] = [await run(seed, 4), await run(seed, 4)]
  expect(two).toEqual(one)
  expect((await run(seed + 1, 4)).trace).not.toBe(one.trace)
}, 120_000)
