import type { Context } from 'hono'
import type { Env } from '#worker/http/env.ts'
import type { LiveMessage } from '#worker/ledger/room.ts'
import { writerOf } from '#worker/ledger/run-job.ts'

type Signed = 'by' | 'name' | 'tab'
export type News = Omit<LiveMessage & { type: 'draft' }, Signed> | Omit<LiveMessage & { type: 'sheet' }, Signed>

/** What tells those who have a page of the company open: a verb that takes it tells by itself, whoever calls. */
export type Telling = { tellLive: (news: News) => Promise<void> }

/** Tells those who have a page of the company open that a draft or a sheet has changed. That nobody hears it stops nothing. */
export async function tellLive(c: Context<Env>, news: News): Promise<void> {
  const { principal, access } = c.var
  const tab = c.req.header('hovedbok-tab')?.slice(0, 40) ?? ''
  const message: LiveMessage = { ...news, by: principal.id, name: principal.name, tab }
  await writerOf(c.env, access.id)
    .tell(JSON.stringify(message))
    .catch(() => {})
}
