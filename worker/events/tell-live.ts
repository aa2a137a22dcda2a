import type { Context } from 'hono'
import type { Env } from '#worker/http/env.ts'
import type { LiveMessage } from '#worker/ledger/room.ts'

type Signed = 'by' | 'name' | 'tab'
type News = Omit<LiveMessage & { type: 'draft' }, Signed> | Omit<LiveMessage & { type: 'sheet' }, Signed>

/** Tells those who have a page of the company open that a draft or a sheet has changed. That nobody hears it stops nothing. */
export async function tellLive(c: Context<Env>, news: News): Promise<void> {
  const { principal, access } = c.var
  const tab = c.req.header('hovedbok-tab')?.slice(0, 40) ?? ''
  const message: LiveMessage = { ...news, by: principal.id, name: principal.name, tab }
  const writer = c.env.LEDGER_WRITER.get(c.env.LEDGER_WRITER.idFromName(access.id))
  await writer.tell(JSON.stringify(message)).catch(() => {})
}
