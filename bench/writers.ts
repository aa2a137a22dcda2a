// Two ways for many posters to take turns, for docs/decisions/0003: the company's one writer, and a writer for each request
// that tries again when another was first. Both run the product's Writer in this process against the instance's database
// server, with and without the time that a network takes.
import type { Client } from '@libsql/client/web'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { JobAnswer } from '#worker/ledger/job.ts'
import { Writer } from '#worker/ledger/writer.ts'
import { draftOf, vouchers } from './generated-ledger.ts'
import { type Instance, lastYear, voucherId } from './instance.ts'
import type { Figure } from './line.ts'

const POSTERS = [1, 5, 20, 50]
const TOTAL = 400
const secrets = { signingKey: 'x'.repeat(32) }
const now = () => new Date().toISOString() as Instant

/** A database that counts the tries to write, and that a network lies before. */
function counted(db: Client, wayMs: number) {
  const count = { writes: 0 }
  const way = async () => {
    if (wayMs > 0) await new Promise((resume) => setTimeout(resume, wayMs))
  }
  const there = async <T>(ask: () => Promise<T>): Promise<T> => {
    await way()
    return ask().finally(way)
  }
  const database: Database = {
    execute: (...asked: Parameters<Client['execute']>) => there(() => db.execute(...asked)),
    batch: (statements, mode) => {
      if (mode === 'write') count.writes++
      return there(() => db.batch(statements, mode))
    },
  }
  return { count, database }
}

/** Facts are read once and believed, as a cache would; the head and the numbers are read again each time. */
function withKeptFacts(db: Database): Database {
  let kept: Awaited<ReturnType<Database['batch']>> | undefined
  return {
    execute: db.execute,
    async batch(statements, mode) {
      if (mode !== 'read' || statements.length < 10) return db.batch(statements, mode)
      kept ??= await db.batch(statements, mode)
      const fresh = await db.batch(statements.slice(10), mode)
      return [...kept.slice(0, 10), ...fresh]
    },
  }
}

type Way = 'one writer' | 'optimistic retry'

async function measure(instance: Instance, way: Way, posters: number, wayMs: number) {
  const company = await instance.company()
  const { count, database } = counted(company.db, wayMs)
  const shared = new Writer(database, secrets, now)
  const optimistic = withKeptFacts(database)
  let next = 0
  let contended = 0
  const drafts = [...vouchers(TOTAL, lastYear)].map((v) => draftOf(v, voucherId()))
  const began = performance.now()
  await Promise.all(
    Array.from({ length: posters }, async () => {
      for (let i = next++; i < drafts.length; i = next++) {
        const job = {
          do: 'post',
          drafts: [drafts[i]],
          mode: 'all-or-nothing',
          single: true,
          by: 'bench',
          rights: { softLock: false },
        } as const
        for (;;) {
          const writer = way === 'one writer' ? shared : new Writer(optimistic, secrets, now)
          const answer: JobAnswer = await writer.run(job).catch((error) => {
            if (error?.code !== 'voucher/contended') throw error
            contended++
            return undefined as never
          })
          if (answer?.ok) break
          if (answer) throw new Error(JSON.stringify(answer).slice(0, 500))
        }
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  const { rows } = await company.db.execute('select count(*) as n, max(ledger_version) as last from voucher')
  if (Number(rows[0]!.n) !== TOTAL || Number(rows[0]!.last) !== TOTAL) throw new Error('vouchers are missing')
  return { rate: TOTAL / seconds, tries: count.writes / TOTAL, contended }
}

/** Posts a second and tries a post, for both, at several numbers of posters. */
export async function measureWriters(instance: Instance): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const wayMs of [0, 2.5])
    for (const posters of POSTERS) {
      const one = await measure(instance, 'one writer', posters, wayMs)
      const many = await measure(instance, 'optimistic retry', posters, wayMs)
      const network = wayMs === 0 ? 'loopback' : `${wayMs * 2} ms there and back`
      figures.push({
        id: 'writers',
        what: `posts with one writer / with optimistic retry, ${posters} at once, ${network}`,
        value: one.rate,
        unit: 'posts/s',
        floor: many.rate,
        ratio: one.rate / many.rate,
        goal: null,
        n: TOTAL,
        more: {
          triesAPost: { oneWriter: Number(one.tries.toFixed(2)), optimistic: Number(many.tries.toFixed(2)) },
          gaveUp: many.contended,
        },
      })
    }
  return figures
}
