// F19, F21: files beside the rows that tell of them, and a company restored beside itself.
import type { Random } from '#db/seed/demo/random.ts'
import { draftBy, postAll } from './client.ts'
import { type Fault, Tally } from './fault.ts'
import { companyOf, type Lab, type LabCompany, reckon, startLab, verified } from './lab.ts'

const PDF = { 'content-type': 'application/pdf' }
const pdf = (random: Random) =>
  new TextEncoder().encode(`%PDF-1.4\n% ${random.whole(0, 1e9)} ${random.whole(0, 1e9)}\n%%EOF`)

export const fileWithoutRow: Fault = {
  id: 'F21',
  what: 'documents and backups are kept while requests and answers of the databases are lost: no row without its file',
  async run({ random, quick, say }) {
    const lab = await startLab({ proxied: true })
    const tally = new Tally()
    try {
      const company = await lab.company()
      await postAll(lab.caller, company.path, [draftBy(random)], { clients: 1 })
      const counts = { 'lose-request': 0, 'lose-answer': 0, given: 0, kept: 0 }
      const fates = (share: number) => {
        for (const proxy of lab.proxies)
          proxy.fate = () => {
            const n = random.whole(1, 100)
            const fate = n <= share ? 'lose-request' : n <= share * 2 ? 'lose-answer' : 'pass'
            if (fate !== 'pass') counts[fate]++
            return fate
          }
      }
      const times = quick ? 12 : 500
      for (let n = 0; n < times; n++) {
        const backup = n % 10 === 9
        const before = counts['lose-request'] + counts['lose-answer']
        fates(15)
        const answer = backup
          ? await lab.caller.send('POST', `${company.path}/backups`)
          : await lab.caller.send('POST', `${company.path}/documents`, pdf(random), PDF)
        fates(0)
        counts[answer?.status === 201 ? 'kept' : 'given']++
        const wrong =
          answer === undefined || [201, 503].includes(answer.status)
            ? []
            : [`answered ${answer.status} ${answer.text.slice(0, 150)}`]
        // Each is reckoned with at the end; now it counts as made when something was lost on its way.
        if (counts['lose-request'] + counts['lose-answer'] > before || wrong.length > 0) tally.count(wrong)
        if ((n + 1) % 100 === 0) say(`${n + 1} of ${times}`)
      }
      for (const one of await dangling(lab, company)) tally.wrong.push(one)
      return tally.outcome(counts)
    } finally {
      await lab.close()
    }
  },
}

/** Rows whose file is not there: documents as the whole check finds them, and each backup taken out. */
async function dangling(lab: Lab, company: LabCompany): Promise<string[]> {
  const wrong = await verified(lab.caller, company.path)
  const kept = await lab.caller.send('GET', `${company.path}/backups`)
  for (const { id } of kept!.json.backups) {
    const file = await lab.caller.send('GET', `${company.path}/backups/${id}`)
    if (file?.status !== 200) wrong.push(`backup ${id}: ${file?.status}`)
  }
  return wrong
}

/** Tables that must be row for row what they were; others tell of the restoring, or where files lie. */
const SAME = [
  'voucher',
  'entry',
  'balance',
  'party_balance',
  'dimension_balance',
  'open_item',
  'item_match',
  'item_match_line',
  'number_series',
  'account',
  'party',
  'period_lock',
  'fiscal_year',
  'voucher_document',
]

export const restoredBeside: Fault = {
  id: 'F19',
  what: 'a company’s backup is restored beside it: the same chain and the same rows, and it goes on from there',
  async run({ random, quick, say }) {
    const lab = await startLab()
    const tally = new Tally()
    try {
      const company = await lab.company()
      const drafts = Array.from({ length: quick ? 60 : 5_000 }, () => draftBy(random))
      const posted = await postAll(lab.caller, company.path, drafts, { clients: 20 })
      await lab.caller.send('POST', `${company.path}/documents`, pdf(random), PDF)
      const backup = await lab.caller.send('POST', `${company.path}/backups`)
      const before = await rowsOf(company)
      // What comes after the backup is not in it.
      await postAll(lab.caller, company.path, [draftBy(random)], { clients: 1 })
      const began = performance.now()
      const answer = await lab.caller.send('POST', `${company.path}/backups/${backup!.json.id}/restorations`, {
        name: 'Kopi AS',
      })
      const seconds = Math.round((performance.now() - began) / 100) / 10
      if (answer?.status !== 201) throw new Error(`restoring: ${answer?.status} ${answer?.text}`)
      say(`restored and verified in ${seconds} s`)
      const id = answer.json.company as string
      const copy = { ...companyOf(lab.platform, lab.dir, id), path: `/api/v1/companies/${id}` }
      const wrong: string[] = []
      if (answer.json.chainHead !== backup!.json.chainHead) wrong.push('another head than the backup has')
      const after = await rowsOf(copy)
      for (const table of SAME) if (before.get(table) !== after.get(table)) wrong.push(`${table} has other rows`)
      wrong.push(...(await reckon(lab, copy, posted.acknowledged)))
      const next = await postAll(lab.caller, copy.path, [draftBy(random)], { clients: 1 })
      if (next.acknowledged[0]?.ledgerVersion !== answer.json.ledgerVersion + 1)
        wrong.push('it does not go on from there')
      tally.count(wrong)
      return tally.outcome({ vouchers: posted.acknowledged.length, seconds })
    } finally {
      await lab.close()
    }
  },
}

async function rowsOf({ db }: Pick<LabCompany, 'db'>): Promise<Map<string, string>> {
  const rows = new Map<string, string>()
  for (const table of SAME) {
    const found = await db.execute(`select * from ${table} order by 1, 2, 3`)
    rows.set(table, JSON.stringify(found.rows.map((row) => Object.values(row))))
  }
  return rows
}
