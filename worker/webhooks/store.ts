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

/** A webhook whose time has come. `waiting`: a delivery of it has not got through yet. */
export type DueWebhook = Webhook & { database: string; waiting: boolean }

/** Active webhooks whose time has come, with the database of their company; the one that has waited longest first. */
export async function readDue(
  control: Database,
  now: string,
  { most, company = null }: { most: number; company?: string | null },
): Promise<DueWebhook[]> {
  const { rows } = await control.execute({
    sql: `select w.*, c.database,
            exists (select 1 from webhook_delivery d where d.webhook = w.id and d.state = 'waiting') as waiting
          from webhook w join company c on c.id = w.company
          where w.state = 'active' and w.next_at <= ?1 and w.leased_until < ?1 and c.status = 'active'
            and (?2 is null or w.company = ?2)
          order by w.next_at limit cast(?3 as integer)`,
    args: [now, company, most],
  })
  return rows.map((row) => ({ ...webhookOf(row), database: String(row.database), waiting: row.waiting === 1 }))
}

/** Those with nothing to send stand last in the line again. */
export const passOver = (ids: readonly string[], at: string): InStatement => ({
  sql: 'update webhook set next_at = ?2 where id in (select value from json_each(?1)) and next_at < ?2',
  args: [JSON.stringify(ids), at],
})

export const insertWebhook = (w: Webhook): InStatement => ({
  sql: `insert into webhook (id, company, name, url, types, state, place, next_at, created_by, created_at, changed_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, cast(?7 as integer), ?8, ?9, ?8, ?8)`,
  args: [w.id, w.company, w.name, w.url, JSON.stringify(w.types), w.state, w.place, w.createdAt, w.createdBy],
})

type Wanted = Partial<Pick<Webhook, 'name' | 'url' | 'types' | 'state'>>
/** What is given and nothing else: a round that sends meanwhile keeps its place. Who is switched on again begins afresh. */
export const updateWebhook = (id: string, { name, url, types, state }: Wanted, at: string): InStatement => ({
  sql: `update webhook set name = coalesce(?2, name), url = coalesce(?3, url), types = coalesce(?4, types),
          failures = iif(?5 = 'active', 0, failures), state = coalesce(?5, state), next_at = ?6, changed_at = ?6 where id = ?1`,
  args: [id, name ?? null, url ?? null, types ? JSON.stringify(types) : null, state ?? null, at],
})
/** The next version of the secret, once of two who ask at the same moment. */
export const renewSecret = (id: string, before: number, at: string): InStatement => ({
  sql: `update webhook set secret_version = secret_version + 1, changed_at = ?3 where id = ?1 and secret_version = cast(?2 as integer)`,
  args: [id, before, at],
})
/** Back to an event; what was waiting to be tried again is sent anew from there. */
export const moveBack = (id: string, place: number, at: string): InStatement[] => [
  { sql: "update webhook_delivery set state = 'failed' where webhook = ? and state = 'waiting'", args: [id] },
  {
    sql: 'update webhook set place = cast(?2 as integer), next_at = ?3, changed_at = ?3 where id = ?1',
    args: [id, place, at],
  },
]
export const deleteWebhook = (id: string): InStatement[] => [
  { sql: 'delete from webhook_delivery where webhook = ?', args: [id] },
  { sql: 'delete from webhook where id = ?', args: [id] },
]

/** Takes a webhook for a while, so that no two deliver the same: a row is changed, or somebody else has it. */
export const lease = (id: string, now: string, until: string): InStatement => ({
  sql: 'update webhook set leased_until = ?3 where id = ?1 and leased_until < ?2',
  args: [id, now, until],
})
/** Gives back a lease that is still one's own. */
export const release = (id: string, until: string): InStatement => ({
  sql: "update webhook set leased_until = '' where id = ? and leased_until = ?",
  args: [id, until],
})

const INSERT = `insert into webhook_delivery (id, webhook, first_sequence, last_sequence, state, made_at)
  select ?, ?, cast(? as integer), cast(? as integer), ?, ?`
const argsOf = (d: Delivery) => [d.id, d.webhook, d.firstSequence, d.lastSequence, d.state, d.madeAt]
export const insertDelivery = (d: Delivery): InStatement => ({ sql: INSERT, args: argsOf(d) })
/** The same, unless the webhook was moved meanwhile and goes on from elsewhere. */
export const insertNextDelivery = (d: Delivery): InStatement => ({
  sql: `${INSERT} where exists (select 1 from webhook where id = ? and place = cast(? as integer))`,
  args: [...argsOf(d), d.webhook, d.firstSequence - 1],
})
/** What came of a try. One that was given up meanwhile waits no more. */
export const updateDelivery = (d: Delivery): InStatement => ({
  sql: `update webhook_delivery set state = iif(?2 = 'waiting', state, ?2), tries = cast(?3 as integer),
          status = cast(?4 as integer), fault = ?5, tried_at = ?6 where id = ?1`,
  args: [d.id, d.state, d.tries, d.status, d.fault, d.triedAt],
})

type Sent = Pick<Delivery, 'webhook' | 'firstSequence' | 'lastSequence'>
/** It got through, or held nothing that is wanted: the place goes past it when it stands right before it, and is not moved else. */
export const movePast = ({ webhook, firstSequence, lastSequence }: Sent, at: string): InStatement => ({
  sql: `update webhook set failures = 0, next_at = ?4,
          place = iif(place = cast(?2 as integer), cast(?3 as integer), place) where id = ?1`,
  args: [webhook, firstSequence - 1, lastSequence, at],
})
/** It did not get through: tried again later, or switched off. Nothing changes when somebody paused or changed it meanwhile. */
export const noteMiss = (
  { id, failures }: Pick<Webhook, 'id' | 'failures'>,
  nextAt: string,
  gaveUp: boolean,
): InStatement => ({
  sql: `update webhook set failures = failures + 1, next_at = ?3, state = ?4
        where id = ?1 and failures = cast(?2 as integer) and state = 'active'`,
  args: [id, failures, nextAt, gaveUp ? 'disabled' : 'active'],
})

/** The webhook as it is now, and what waits to be tried again. */
export async function readRound(
  control: Database,
  id: string,
): Promise<{ webhook: Webhook | undefined; waiting: Delivery | undefined }> {
  const [webhook, waiting] = await control.batch(
    [
      { sql: 'select * from webhook where id = ?', args: [id] },
      {
        sql: "select * from webhook_delivery where webhook = ? and state = 'waiting' order by made_at limit 1",
        args: [id],
      },
    ],
    'read',
  )
  return {
    webhook: webhook!.rows[0] && webhookOf(webhook!.rows[0]),
    waiting: waiting!.rows[0] && deliveryOf(waiting!.rows[0]),
  }
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
