import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { verifyLedger } from '#worker/verify/verify-ledger.ts'
import { compareBalances, sequences } from './commands.ts'
import { companyCopies, type TestCompany } from './company-copies.ts'
import { draftOf, idOf, Model, thisYear } from './model.ts'

const app = testApp()
let newCompany: () => Promise<TestCompany>
beforeAll(async () => {
  newCompany = await companyCopies(app)
})

let done = { sequences: 0, commands: 0 }
const property = fc.asyncProperty(sequences, async (commands) => {
  const model = new Model()
  const real = await newCompany()
  await fc.asyncModelRun(() => ({ model, real }), commands)
  await compareBalances(model, real)
  const today = `${thisYear}-11-21` as IsoDate
  const verified = await verifyLedger({ db: real.db, company: real.id, today, full: true, relaxed: true })
  expect(verified.checks.filter((check) => !check.holds)).toEqual([])
  expect(verified.ledgerVersion).toBe(model.posted.size)
  done = { sequences: done.sequences + 1, commands: done.commands + [...commands].length }
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

test('a writer for each post, all at once: they get in each other’s way, and every one is posted', async () => {
  const company = await newCompany()
  const content = { type: 'general', year: thisYear, month: 2, amount: 1, vat: null, reason: false } as const
  const answers = await company.crashing(() =>
    Promise.all(Array.from({ length: 8 }, (_, i) => company.call('/vouchers', draftOf(idOf(i), content)))),
  )
  expect(answers.map((a) => a.status)).toEqual(Array(8).fill(201))
  expect(answers.map((a) => a.json.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('whatever is done to a ledger, its answers and figures are the model’s, and it verifies', async () => {
  const seed = Number(process.env.SEED ?? 20_261_121)
  const numRuns = Number(process.env.SEQUENCES ?? 200)
  await fc.assert(property, { seed, numRuns, endOnFailure: false })
  console.log(`seed ${seed}: ${done.sequences} sequences, ${done.commands} commands`)
}, 600_000)
