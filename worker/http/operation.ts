import { createMiddleware } from 'hono/factory'
import type * as z from 'zod/mini'
import { allow } from '#worker/access/allow.ts'
import { checkModule } from '#worker/access/check-module.ts'
import type { Module } from '#worker/access/module.ts'
import type { OfficePermission, Permission } from '#worker/access/permission.ts'
import { demandPerson } from '#worker/identity/prove.ts'
import { readLedgerVersion } from '#worker/ledger/store.ts'
import { afterWrite } from './after-write.ts'
import type { Env } from './env.ts'
import { once, requestKey } from './request-key.ts'

/** Who may call a route: a permission in the company or the office, anyone signed in, the local operator, or anyone at all. */
export type Access = Permission | OfficePermission | 'signed-in' | 'operator' | 'public'

/** What a route says of itself. The API document, the access check and the access tests are made from it. */
export type Operation = {
  summary: string
  description?: string
  access: Access
  /**
   * Whether a passkey or code must be shown for exactly what is asked: rights and keys. Then a person makes the request, in a
   * browser; the verb says what is confirmed, once it knows that the rest is in order.
   */
  stepUp?: boolean
  /** It heeds an Idempotency-Key by `repeatable`, so that its answer stands in the batch it answers; other POSTs by `once`. */
  repeats?: 'itself'
  /** Fields of the answer that are told once and kept nowhere: null where an Idempotency-Key has it given again. */
  secrets?: readonly string[]
  /** A POST that only reads: its question is too long for an address. */
  reads?: boolean
  /** May also be asked of a company that is on its way to be deleted: what undoes that, and what only takes somebody's access away. */
  whileDeleting?: boolean
  /** The module it belongs to; a company that has switched it off gets 403 module/off. */
  module?: Module
  /** Its rows are also given as text/csv and as application/x-ndjson, by Accept: `writeReport`. */
  table?: boolean
  /** The same of a list, which with `Prefer: count=exact` also tells how many rows all pages have: `writeList`. */
  list?: boolean
  /** With Accept: text/event-stream it is a stream of events, that goes on after Last-Event-ID. */
  stream?: boolean
  /** Schema of the JSON body. */
  body?: z.ZodMiniType
  /** A body that is not JSON, by media type. */
  rawBody?: string
  query?: z.ZodMiniObject
  /** Status and schema of the ordinary answer. */
  answer: { status: number; schema?: z.ZodMiniType; mediaType?: string; description: string }
  /** Problem codes it may answer with, beside those every route may. */
  problems?: readonly string[]
}

const OPERATION = Symbol('operation')

/** Declares a route and guards it. Stands first among its handlers: `.post('/vouchers', operation({…}), accept(…), …)`. */
export function operation(about: Operation) {
  const guard = createMiddleware<Env>(async (c, next) => {
    await allow(c, about.access, { reads: about.reads, whileDeleting: about.whileDeleting })
    if (about.module) await checkModule(c, about.module)
    if (about.stepUp) demandPerson(c)
    const tells = c.var.company !== undefined && tellsVersion(c.req.method.toLowerCase(), c.req.path, about)
    const version = tells ? readLedgerVersion(c.var.db).catch(() => undefined) : undefined
    const key = isRepeatable(c.req.method.toLowerCase(), about) && !about.repeats ? requestKey(c) : undefined
    if (key === undefined) await next()
    else {
      const first = await once(c, key, about.secrets ?? [], next)
      if (first) return first
    }
    const stands = c.res.status < 300 ? await version : undefined
    if (stands !== undefined) c.res.headers.set('ledger-version', String(stands))
    afterWrite(c)
  })
  return Object.assign(guard, { [OPERATION]: about })
}

/** Whether a reading of a company says where the books stand in a header: its answer has no place for it. */
export const tellsVersion = (method: string, path: string, { answer }: Operation): boolean =>
  method === 'get' && /^\/api\/v1\/companies\/[^/]+\/./.test(path) && !('ledgerVersion' in shapeOf(answer.schema))

const shapeOf = (schema: z.ZodMiniType | undefined): object => (schema as { shape?: object } | undefined)?.shape ?? {}

/** Whether a route makes something and heeds an Idempotency-Key. */
export const isRepeatable = (method: string, { access, reads }: Operation): boolean =>
  method === 'post' && !reads && access !== 'public'

/** What was declared for a route's handler, if anything. */
export const operationOf = (handler: unknown): Operation | undefined =>
  (handler as { [OPERATION]?: Operation } | null)?.[OPERATION]
