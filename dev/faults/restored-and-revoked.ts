// F20, F22, F24, F25: an older file in the place of a newer, the schedule twice or late, the instance stopped and started under load, and
// keys that are revoked while they are used.
import { copyFileSync, rmSync } from 'node:fs'
import { callerOf, draftBy, type Posted, postAll } from './client.ts'
import { type Fault, pause, Tally } from './fault.ts'
import { companyOf, type Lab, type LabCompany, labFolder, quantile, reckon, startLab } from './lab.ts'

const [HOURLY, MORNING, NIGHT] = ['17 * * * *', '0 4 * * *', '30 1 * * *'] as const

/** Copies of a company's file with its log, as a careless hand would take and put back. */
const ENDS = ['', '-wal', '-shm']
const copyFiles = (from: string, to: string) => {
  for (const end of ENDS) {
    rmSync(to + end, { force: true })
    try {
      copyFileSync(from + end, to + end)
    } catch {} // There was no log.
  }
}

export const olderFile: Fault = {
  id: 'F20',
  what: 'an older copy of a company’s file is put in the place of the newer one',
  async run({ random, quick }) {
    const lab = await startLab()
    const dir = labFolder()
    const tally = new Tally()
    try {
      for (let n = 0; n < (quick ? 1 : 10); n++) {
        const wrong: string[] = []
        const company = await lab.company(`Tilbake ${n} AS`)
        const post = (count: number) =>
          postAll(
            lab.caller,
            company.path,
            Array.from({ length: count }, () => draftBy(random)),
            { clients: 4 },
          )
        await post(random.whole(3, 20))
        await lab.caller.send('POST', `${company.path}/verifications`)
        copyFiles(company.file, `${dir}/older.db`)
        await post(random.whole(1, 20))
        await lab.platform.onSchedule(HOURLY)
        // The file is exchanged while nobody has it open.
        copyFiles(`${dir}/older.db`, company.file)
        process.kill(lab.platform.databases.pids()[1 + company.shard]!, 'SIGKILL')
        await pause(300)
        const found = await lab.caller.send('GET', `${company.path}/verify`)
        const keys =
          found?.json?.checks?.filter((c: { holds: boolean }) => !c.holds).map((c: { key: string }) => c.key) ?? []
        if (!keys.includes('heads-anchored-outside'))
          wrong.push(`company ${n}: ${found?.status}, and found only ${keys}`)
        tally.count(wrong)
      }
      return tally.outcome()
    } finally {
      await lab.close()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}

const year = new Date().getFullYear()

/** A template and a recurring voucher that has been due for months. */
async function dueForMonths({ caller }: Lab, { path }: LabCompany): Promise<void> {
  const content = {
    name: 'Leie',
    type: 'general',
    text: 'Leie',
    parameters: [{ name: 'beløp', kind: 'amount', default: '12500' }],
    lines: [
      { account: '6305', amount: 'beløp' },
      { account: '1920', amount: 'rest' },
    ],
  }
  const saved = await caller.send('PUT', `${path}/templates/LEIE`, { content })
  if (saved?.status !== 200) throw new Error(`template: ${saved?.status} ${saved?.text.slice(0, 500)}`)
  const body = {
    name: 'Leie',
    template: 'LEIE',
    values: {},
    firstDate: `${year}-01-20`,
    every: 1,
    makes: 'voucher',
  }
  const recurring = await caller.send('POST', `${path}/recurring`, body)
  if (recurring?.status !== 201) throw new Error(`recurring: ${recurring?.status} ${recurring?.text.slice(0, 500)}`)
}

export const scheduleTwice: Fault = {
  id: 'F22',
  what: 'the schedule comes twice at once, after days of silence, and in the wrong order',
  async run({ random }) {
    const lab = await startLab()
    const tally = new Tally()
    try {
      const company = await lab.company()
      await dueForMonths(lab, company)
      const due = new Date().getMonth() + (new Date().getDate() >= 20 ? 1 : 0)
      const turns = [
        [MORNING, MORNING],
        [MORNING, HOURLY, NIGHT],
        [HOURLY, HOURLY, HOURLY],
        [NIGHT, MORNING, NIGHT],
      ]
      for (const turn of turns) {
        await Promise.all(turn.map((cron) => lab.platform.onSchedule(cron)))
        const { acknowledged } = await postAll(lab.caller, company.path, [draftBy(random)], { clients: 1 })
        const { rows } = await company.db.execute(
          "select count(*) as n, count(distinct voucher_date) as days from voucher where text = 'Leie'",
        )
        const wrong = await reckon(lab, company, acknowledged)
        if (Number(rows[0]!.n) !== due || Number(rows[0]!.days) !== due)
          wrong.push(`${turn.join(' and ')}: ${rows[0]!.n} vouchers on ${rows[0]!.days} days, where ${due} are due`)
        tally.count(wrong)
      }
      return tally.outcome({ due })
    } finally {
      await lab.close()
    }
  },
}

export const startedAgain: Fault = {
  id: 'F24',
  what: 'the instance is stopped and started with a new bundle while 50 clients post',
  async run({ random, quick }) {
    const dir = labFolder()
    const tally = new Tally()
    try {
      let lab = await startLab({ dir })
      const company = await lab.company()
      const acknowledged: Posted['acknowledged'] = []
      const downs: number[] = []
      for (let n = 0; n < (quick ? 1 : 5); n++) {
        const wrong: string[] = []
        let over = false
        const drafts = Array.from({ length: 4_000 }, () => draftBy(random))
        const posting = postAll(lab.caller, company.path, drafts, { clients: 50, tries: 1, until: () => over })
        await pause(700)
        const began = performance.now()
        const stopped = lab.close()
        over = true
        const posted = await posting
        await stopped
        const errors = Object.keys(posted.statuses).filter((status) => Number(status) >= 500)
        // Nobody answers a request that comes too late; an answer that says 5xx would be a lie.
        if (errors.length > 0) wrong.push(`answers ${JSON.stringify(posted.statuses)}`)
        acknowledged.push(...posted.acknowledged)
        lab = await startLab({ dir })
        downs.push(performance.now() - began)
        wrong.push(...(await reckon(lab, companyOf(lab.platform, dir, company.id), acknowledged)))
        tally.count(wrong)
      }
      await lab.close()
      return tally.outcome({ acknowledged: acknowledged.length, downP50Ms: quantile(downs, 0.5) })
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  },
}

export const keysRevoked: Fault = {
  id: 'F25',
  what: 'keys are revoked while they are used',
  async run({ random, quick }) {
    const lab = await startLab()
    const tally = new Tally()
    const late: number[] = []
    try {
      const company = await lab.company()
      const acknowledged: Posted['acknowledged'] = []
      const keys = quick ? 6 : 500
      let next = 0
      const worker = async () => {
        while (next++ < keys) {
          const made = await lab.caller.send('POST', `${company.path}/keys`, {
            name: 'Kasse',
            role: 'accountant',
            expiresAt: '2099-12-31',
          })
          if (made?.status !== 201) throw new Error(made?.text)
          const caller = callerOf(lab.platform.url, made.json.key)
          const wrong: string[] = []
          let revokedAt = Number.POSITIVE_INFINITY
          const use = (async () => {
            for (;;) {
              const began = performance.now()
              const answer = await caller.send('POST', `${company.path}/vouchers`, draftBy(random))
              if (answer?.status === 201) {
                acknowledged.push(answer.json)
                if (began > revokedAt) late.push(began - revokedAt)
                if (began > revokedAt + 1_000) return void wrong.push('posted more than a second after it was revoked')
              } else if (answer?.status === 401) return
              else return void wrong.push(`${answer?.status ?? 'no answer'} ${answer?.text.slice(0, 150)}`)
            }
          })()
          await pause(random.whole(5, 60))
          const gone = await lab.caller.send('DELETE', `${company.path}/keys/${made.json.id}`)
          revokedAt = performance.now()
          if (gone?.status !== 204) wrong.push(`revoking: ${gone?.status}`)
          await use
          caller.close()
          tally.count(wrong)
        }
      }
      await Promise.all(Array.from({ length: 4 }, worker))
      const whole = await reckon(lab, company, acknowledged)
      if (whole.length > 0) tally.count(whole)
      return tally.outcome({ posted: acknowledged.length, latestMs: Math.round(Math.max(0, ...late)) })
    } finally {
      await lab.close()
    }
  },
}
