// A slice for every test run; all 10,000 by `npm run faults:addin`.
import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { faultCompany, faultRun, type RunResult } from './support/fault-run.ts'

const app = testApp()
const RUNS = Number(process.env.ADDIN_FAULT_RUNS ?? 20)
const FIRST = Number(process.env.ADDIN_FAULT_SEED ?? 1)
/** A company's list of vouchers is read after each run, so none grows for ever. */
const RUNS_A_COMPANY = 50
const cpuMs = (since: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

test(
  `${RUNS} runs with lost, late and doubled answers, crashes, copies, sorting and two people: 0 duplicates, 0 lost`,
  async () => {
    const failed: RunResult[] = []
    let posted = 0
    let company = await faultCompany(app)
    const began = process.cpuUsage()
    for (let run = 0; run < RUNS; run++) {
      if (run > 0 && run % RUNS_A_COMPANY === 0) company = await faultCompany(app)
      const before = (await company.call('/vouchers?limit=1')).json.ledgerVersion as number
      const result = await faultRun(app, company, FIRST + run, before)
      posted += result.posted
      if (result.duplicates.length + result.lost.length + result.wrong.length > 0) {
        failed.push(result)
        console.log(JSON.stringify(result, null, 1))
      }
      if (run % 100 === 99)
        console.log(
          `${run + 1} runs, ${posted} vouchers, ${failed.length} failed, ${Math.round(cpuMs(began) / (run + 1))} ms of CPU a run`,
        )
    }
    expect(failed).toEqual([])
    expect(posted).toBeGreaterThan(RUNS)
  },
  RUNS * 10_000,
)
