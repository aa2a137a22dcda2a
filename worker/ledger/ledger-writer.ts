import { DurableObject } from 'cloudflare:workers'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { NoAnswer } from '#worker/database/refusal.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import type { Job, JobAnswer, MatchAnswer, RefusedAnswer } from './job.ts'
import { type Acknowledged, Journal, type JournalPlace, type Sent, type ToldMatch } from './journal-store.ts'
import { type LiveMessage, Room } from './room.ts'
import { Writer } from './writer.ts'

/**
 * The Durable Object that holds one company's writer. It keeps its database client for its whole life, which an ordinary
 * request must not: here all requests share one context. Since every posting passes here, so do those who want to hear of it.
 */
export class LedgerWriter extends DurableObject<Bindings> {
  private writer: Writer | undefined
  private readonly room = new Room()
  private readonly journal = new Journal(this.ctx.storage)

  /** A job and its answer as JSON: one text each way crosses faster than objects do. */
  async run(database: string, job: string): Promise<string> {
    this.writer ??= this.writerFor(database)
    const asked = JSON.parse(job) as Job
    const answer = await this.writer
      .run(asked)
      .then((done) => {
        this.journal.keepAnswer(done, asked)
        return done
      })
      .catch(asAnswer)
    if (!this.room.isEmpty && answer.ok) this.tellDone(asked, answer)
    return JSON.stringify(answer)
  }

  private writerFor(database: string): Writer {
    const connect = (id: string) => companyDatabase({ ...this.env, TRACE: { id, roundTrips: 0 } }, database)
    return new Writer(
      connect(''),
      { signingKey: this.env.SIGNING_KEY },
      () => new Date().toISOString() as Instant,
      connect,
      (posted, job) => this.journal.keep(posted, job),
    )
  }

  /** Opens a stream of what happens, for one window: `?user=…&name=…&tab=…&draft=…`. Only the Worker can ask this. */
  override async fetch(request: Request): Promise<Response> {
    const asked = new URL(request.url).searchParams
    const [tab, user, name] = ['tab', 'user', 'name'].map((key) => asked.get(key) ?? '') as [string, string, string]
    const stream = this.room.join({ tab, user, name, draft: asked.get('draft') || null })
    if (!stream) return new Response(null, { status: 204 })
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  }

  /** Tells those who are here, a message as JSON. */
  async tell(message: string): Promise<void> {
    this.room.tell(JSON.parse(message) as LiveMessage)
  }

  /** What was acknowledged after a place, and is not settled. */
  async acknowledged(after: JournalPlace): Promise<Acknowledged[]> {
    return this.journal.read(after)
  }

  /** The vouchers of rows that stand for several. */
  async acknowledgedIn(places: readonly JournalPlace[]): Promise<Sent[][]> {
    return this.journal.vouchersOf(places)
  }

  /** Matches that were told of, after one, and are not settled. */
  async acknowledgedMatches(after: string): Promise<ToldMatch[]> {
    return this.journal.readMatches(after)
  }

  /** The books were checked and hold up to here. */
  async settle(ledgerVersion: number): Promise<void> {
    this.journal.settle(ledgerVersion)
  }

  /** An administrator answers for these. */
  async forgive(places: readonly JournalPlace[], matches: readonly string[]): Promise<void> {
    this.journal.forgive(places, matches)
  }

  /** The company is gone. */
  async forget(): Promise<void> {
    await this.journal.forget()
  }

  private tellDone(asked: Job, answer: JobAnswer & { ok: true }): void {
    const { ledgerVersion } = answer
    const whose = { by: asked.by, name: asked.name ?? 'Hovedbok' } // at night nobody asks
    const isNew = (m: MatchAnswer | RefusedAnswer) => (m.status === 'matched' || m.status === 'undone') && !m.replayed
    if ('matches' in answer && answer.matches.some(isNew))
      this.room.tellBooked({ type: 'match', ledgerVersion, ...whose })
    if (!('vouchers' in answer)) return
    const vouchers = answer.vouchers.flatMap((v) =>
      v.status === 'posted' && !v.replayed
        ? [{ id: v.id, series: v.series, fiscalYear: v.fiscalYear, number: v.number }]
        : [],
    )
    if (vouchers.length === 0) return
    this.room.tellBooked({ type: 'posted', ledgerVersion, ...whose, vouchers })
  }
}

function asAnswer(error: unknown): JobAnswer {
  const told = error instanceof NoAnswer ? error.problem : error
  if (told instanceof Problem) {
    const { status, code, issues, params, extra } = told
    return { ok: false, problem: { status, code, issues, params, extra } }
  }
  log('error', 'writer', faultOf(error))
  return { ok: false, problem: { status: 500, code: 'internal/error', issues: [], params: {}, extra: {} } }
}
