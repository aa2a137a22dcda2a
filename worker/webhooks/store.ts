import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Webhook } from './webhook.ts'

export type Delivery = {
  id: string
  webhook: string
  firstSequence: number
  lastSequence: number
  state: 'waiting' | 'delivered' | 'failed'
  tries: number
  /** What the receiver answered; null when it did not. */
  status: number | null
  fault: string | null
  madeAt: string
  triedAt: string | null
}

type Row = Record<string, unknown>
const webhookOf = (row: Row): Webhook => ({
  id: String(row.id),
  company: String(row.company),
  name: String(row.name),
  url: String(row.url),
  types: JSON.parse(String(row.types)),
  state: String(row.state) as Webhook['state'],
  secretVersion: Number(row.secret_version),
  place: Number(row.place),
  failures: Number(row.failures),
  nextAt: String(row.next_at),
  createdBy: String(row.created_by),
  createdAt: String(row.created_at),
})
const deliveryOf = (row: Row): Delivery => ({
  id: String(row.id),
  webhook: String(row.webhook),
  firstSequence: Number(row.first_sequence),
  lastSequence: Number(row.last_sequence),
  state: String(row.state) as Delivery['state'],
  tries: Number(row.tries),
  status: row.status === null ? null : Number(row.status),
  fault: row.fault === null ? null : String(row.fault),
  madeAt: String(row.made_at),
  triedAt: row.tried_at === null ? null : String(row.tried_at),
})

export async function readWebhooks(control: Database, company: string): Promise<Webhook[]> {
  const sql = 'select * from webhook where company = ? order by created_at, id'
  return (await control.execute({ sql, args: [company] })).rows.map(webhookOf)
}

export async function readWebhook(control: Database, company: string, id: string): Promise<Webhook | undefined> {
  const { rows } = await control.execute({
    sql: 'select * from webhook where id = ? and company = ?',
    args: [id, company],
  })
  return rows[0] && webhookOf(rows[0])
}

/** Active webhooks whose time has come, with the database of their company; the one that has waited longest first. */
export async function readDue(
  control: Database,
  now: string,
  most: number,
): Promise<(Webhook & { database: string })[]> {
  const { rows } = await control.execute({
    sql: `select w.*, c.database from webhook w join company c on c.id = w.company
          where w.state = 'active' and w.next_at <= ? and w.leased_until < ? and c.status = 'active'
          order by w.next_at limit cast(? as integer)`,
    args: [now, now, most],
  })
  return rows.map((row) => ({ ...webhookOf(row), database: String(row.database) }))
}

export const insertWebhook = (w: Webhook): InStatement => ({
  sql: `insert into webhook (id, company, name, url, types, state, place, next_at, created_by, created_at, changed_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, cast(?7 as integer), ?8, ?9, ?8, ?8)`,
  args: [w.id, w.company, w.name, w.url, JSON.stringify(w.types), w.state, w.place, w.createdAt, w.createdBy],
})

/** Name, address, types and state as they shall be; who is switched on again begins afresh. */
export const updateWebhook = (w: Webhook, at: string): InStatement => ({
  sql: `update webhook set name = ?2, url = ?3, types = ?4, state = ?5, secret_version = cast(?6 as integer),
          place = cast(?7 as integer), failures = cast(?8 as integer), next_at = ?9, changed_at = ?9 where id = ?1`,
  args: [w.id, w.name, w.url, JSON.stringify(w.types), w.state, w.secretVersion, w.place, w.failures, at],
})
export const deleteWebhook = (id: string): InStatement[] => [
  { sql: 'delete from webhook_delivery where webhook = ?', args: [id] },
  { sql: 'delete from webhook where id = ?', args: [id] },
]

/** Takes a webhook for a while, so that no two deliver the same: a row is changed, or somebody else has it. */
export const lease = (id: string, now: string, until: string): InStatement => ({
  sql: "update webhook set leased_until = ?3 where id = ?1 and leased_until < ?2 and state = 'active' and next_at <= ?2",
  args: [id, now, until],
})
export const release = (id: string): InStatement => ({
  sql: "update webhook set leased_until = '' where id = ?",
  args: [id],
})

export const insertDelivery = (d: Delivery): InStatement => ({
  sql: `insert into webhook_delivery (id, webhook, first_sequence, last_sequence, state, made_at)
        values (?, ?, cast(? as integer), cast(? as integer), ?, ?)`,
  args: [d.id, d.webhook, d.firstSequence, d.lastSequence, d.state, d.madeAt],
})
export const updateDelivery = (d: Delivery): InStatement => ({
  sql: `update webhook_delivery set state = ?2, tries = cast(?3 as integer), status = cast(?4 as integer), fault = ?5, tried_at = ?6
        where id = ?1`,
  args: [d.id, d.state, d.tries, d.status, d.fault, d.triedAt],
})
/** Where the webhook stands after a try. A place is never moved back by a delivery that was resent. */
export const moveWebhook = (
  id: string,
  { place, failures, nextAt, state }: Pick<Webhook, 'place' | 'failures' | 'nextAt' | 'state'>,
): InStatement => ({
  sql: `update webhook set place = cast(?2 as integer), failures = cast(?3 as integer), next_at = ?4, state = ?5 where id = ?1`,
  args: [id, place, failures, nextAt, state],
})

export async function readWaiting(control: Database, webhook: string): Promise<Delivery | undefined> {
  const { rows } = await control.execute({
    sql: "select * from webhook_delivery where webhook = ? and state = 'waiting' order by made_at limit 1",
    args: [webhook],
  })
  return rows[0] && deliveryOf(rows[0])
}

/** Deliveries of a webhook, newest first. */
export async function readDeliveries(control: Database, webhook: string, limit: number): Promise<Delivery[]> {
  const { rows } = await control.execute({
    sql: 'select * from webhook_delivery where webhook = ? order by made_at desc, id limit cast(? as integer)',
    args: [webhook, limit],
  })
  return rows.map(deliveryOf)
}
export async function readDelivery(control: Database, webhook: string, id: string): Promise<Delivery | undefined> {
  const sql = 'select * from webhook_delivery where id = ? and webhook = ?'
  const { rows } = await control.execute({ sql, args: [id, webhook] })
  return rows[0] && deliveryOf(rows[0])
}
/** The log is kept for a month. */
export const forgetDeliveries = (before: string): InStatement => ({
  sql: "delete from webhook_delivery where made_at < ? and state <> 'waiting'",
  args: [before],
})
