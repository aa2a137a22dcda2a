// F10: one byte of a company's file is another, a page is all zeros, or the file ends early. Somebody must see it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import type { Random } from '#db/seed/demo/random.ts'
import { draftBy, postAll } from './client.ts'
import { type Fault, Tally } from './fault.ts'
import { labFolder, startLab } from './lab.ts'
import { Reader } from './reader.ts'

/** Tables whose content is not evidence of what was posted: how people like their screens, searches, and statistics of the engine. */
const NO_EVIDENCE = /^(screen_layout|voucher_search.*|voucher_listed|saved_report|report_layout|analysis.*|sqlite_.*)$/

/**
 * Registers of which verify knows what it needs and no hash holds the rest: a name in the chart of accounts may be another. What was
 * posted is not touched by it; changes made through the product stand in the audit log. docs/faults.md
 */
const REGISTERS =
  /^(account|account_merge|party|party_name|dimension|dimension_value|voucher_type|voucher_type_rule|vat_code|vat_rate|company|company_profile)$/

type Damage = { name: string; harm(bytes: Buffer, random: Random): Buffer; times: number; few: number }
const DAMAGES: readonly Damage[] = [
  {
    name: 'one byte',
    times: 1_000,
    few: 12,
    harm(bytes, random) {
      const harmed = Buffer.from(bytes)
      harmed[random.whole(0, bytes.length - 1)]! ^= random.whole(1, 255)
      return harmed
    },
  },
  {
    name: 'a page of zeros',
    times: 50,
    few: 2,
    harm(bytes, random) {
      const harmed = Buffer.from(bytes)
      const page = random.whole(0, Math.floor(bytes.length / 4096) - 1)
      return harmed.fill(0, page * 4096, (page + 1) * 4096)
    },
  },
  {
    name: 'cut short',
    times: 20,
    few: 2,
    harm: (bytes, random) => Buffer.from(bytes.subarray(0, random.whole(100, bytes.length - 100))),
  },
]

export const flippedBytes: Fault = {
  id: 'F10',
  what: 'bytes of a company’s file change: every change of what was posted is found (registers that no hash covers are counted apart)',
  async run({ random, quick, say }) {
    const lab = await startLab()
    const dir = labFolder()
    let file = join(dir, 'whole.db')
    let company: string
    try {
      const made = await lab.company()
      company = made.id
      await postAll(
        lab.caller,
        made.path,
        Array.from({ length: 300 }, () => draftBy(random)),
        { clients: 8 },
      )
      // Settles what follows a write: events are sealed within seconds of it.
      await lab.caller.send('GET', `${made.path}/audit-log/entries`)
      copyWhole(made.file, file)
    } finally {
      await lab.close()
    }
    const reader = new Reader()
    const tally = new Tally()
    const more: Record<string, unknown> = {}
    const missedIn: Record<string, number> = {}
    try {
      const whole = await reader.read({ file, company })
      if (whole === 'died' || whole.failed.length > 0) throw new Error(`the file as it was: ${JSON.stringify(whole)}`)
      const bytes = readFileSync(file)
      for (const { name, times, few, harm } of DAMAGES) {
        const count = { found: 0, died: 0, harmless: 0, noEvidence: 0, registers: 0, missed: 0 }
        for (let n = 0; n < (quick ? few : times); n++) {
          file = join(dir, 'harmed.db')
          for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
          writeFileSync(file, harm(bytes, random))
          const read = await reader.read({ file, company })
          const changed =
            read === 'died' || read.failed.length > 0
              ? []
              : Object.keys(whole.tables).filter((table) => whole.tables[table] !== read.tables[table])
          const telling = changed.filter((table) => !NO_EVIDENCE.test(table))
          const evidence = telling.filter((table) => !REGISTERS.test(table))
          if (read === 'died') count.died++
          else if (read.failed.length > 0) count.found++
          else if (changed.length === 0) count.harmless++
          else if (telling.length === 0) count.noEvidence++
          else if (evidence.length === 0) count.registers++
          else count.missed++
          for (const table of evidence) missedIn[table] = (missedIn[table] ?? 0) + 1
          tally.count(evidence.map((table) => `${name}: ${table} changed, and nobody saw it`))
          if ((n + 1) % 100 === 0) say(`${name}: ${n + 1} of ${times}`)
        }
        more[name] = count
      }
      return tally.outcome({ bytes: bytes.length, ...more, ...(Object.keys(missedIn).length > 0 && { missedIn }) })
    } finally {
      reader.close()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}

/** The file with what stands in its log. */
function copyWhole(from: string, to: string): void {
  const db = new Database(from)
  db.prepare('vacuum into ?').run(to)
  db.close()
}
