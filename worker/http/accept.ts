import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import type { Env } from './env.ts'
import { repeatedKey } from './repeated-key.ts'

/** The largest JSON body, in bytes; larger loads are imports. */
export const BODY_LIMIT = 4_000_000
const DEPTH_LIMIT = 100

/**
 * The request's JSON, whatever it holds. Text that cannot be stored is refused here, before anything is hashed.
 * @throws Problem 415 request/media-type, 413 request/too-large, 400 request/unreadable.
 */
export async function readJson(c: Context<Env>): Promise<unknown> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type))
    throw new Problem(415, 'request/media-type', { params: { expected: 'application/json' } })
  const tooLarge = () => new Problem(413, 'request/too-large', { params: { limit: '4 MB' } })
  const length = c.req.header('content-length')
  if (Number(length ?? 0) > BODY_LIMIT) throw tooLarge()
  const body =
    length === undefined ? await readText(c.req.raw, tooLarge) : textOf(await readAtOnce(c.req.raw, tooLarge))
  try {
    const value = JSON.parse(body)
    check(value, 0)
    const twice = repeatedKey(body)
    if (twice !== undefined) throw new Error(`“${twice}” stands twice in one object`)
    return value
  } catch (error) {
    throw new Problem(400, 'request/unreadable', { params: { reason: error instanceof Error ? error.message : '' } })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** @throws Problem 400 request/unreadable when it is not UTF-8. */
function textOf(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Problem(400, 'request/unreadable', { params: { reason: 'UTF-8' } })
  }
}

/** The body as text, at most `BODY_LIMIT` bytes of it. @throws Problem 400 request/unreadable when it is not UTF-8. */
export const readText = async (request: Request, tooLarge: () => Problem): Promise<string> =>
  textOf(await readBytes(request, BODY_LIMIT, tooLarge))

/** What a form is sent as, and how long one may be, in bytes. */
export const FORM = 'application/x-www-form-urlencoded'
const FORM_LIMIT = 64_000

/** The text of a form. @throws Problem 415 request/media-type, 413 request/too-large. */
export async function readFormText(c: Context<Env>, limit = FORM_LIMIT): Promise<string> {
  if (!(c.req.header('content-type') ?? '').startsWith(FORM))
    throw new Problem(415, 'request/media-type', { params: { expected: FORM } })
  const tooLarge = () => new Problem(413, 'request/too-large', { params: { limit: `${limit / 1_000} kB` } })
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge()
  const text = await readText(c.req.raw, tooLarge)
  if (text.length > limit) throw tooLarge()
  return text
}

/** A body whose length was told, at once: a third of a millisecond less than reading it bit by bit. */
async function readAtOnce(request: Request, tooLarge: () => Problem): Promise<ArrayBuffer> {
  const bytes = await request.arrayBuffer()
  if (bytes.byteLength > BODY_LIMIT) throw tooLarge()
  return bytes
}

/** No deeper than one reads, no number beyond what a number holds, no field whose name cannot be stored. */
function check(value: unknown, depth: number): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number out of range')
  if (typeof value !== 'object' || value === null) return
  if (depth >= DEPTH_LIMIT) throw new Error(`more than ${DEPTH_LIMIT} levels`)
  for (const [name, child] of Object.entries(value)) {
    if (!isStorable(name)) throw new Error('a name that cannot be stored')
    check(child, depth + 1)
  }
}

/** The body as bytes, at most `limit` of them, whatever the request says of its length. */
export async function readBytes(
  request: Request,
  limit: number,
  tooLarge: () => Problem,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  return wholeOf((request.body ?? []) as AsyncIterable<Uint8Array>, limit, tooLarge)
}

/** All chunks as one, at most `limit` bytes of them. */
export async function wholeOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit = Number.POSITIVE_INFINITY,
  tooLarge?: () => Problem,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of chunks) {
    size += part.byteLength
    if (size > limit) throw tooLarge!()
    parts.push(part)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/**
 * The body read by a schema; messages of the schema are problem codes.
 * @throws Problem 422 request/invalid with an issue for each wrong field.
 */
export async function accept<S extends z.ZodMiniType>(c: Context<Env>, schema: S): Promise<z.output<S>> {
  return parse(await readJson(c), schema)
}

/** Query parameters read by a schema. @throws Problem 422 request/invalid. */
export const acceptQuery = <S extends z.ZodMiniType>(c: Context<Env>, schema: S): z.output<S> =>
  parse(c.req.query(), schema)

export function parse<S extends z.ZodMiniType>(value: unknown, schema: S): z.output<S> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const issues = read.error.issues.flatMap((fault) => {
    const path = fault.path.map(String)
    const unknown = fault.code === 'unrecognized_keys' ? fault.keys : undefined
    if (unknown)
      return unknown.map((field) => ({
        code: 'field/invalid',
        severity: 'error' as const,
        pointer: ['#', ...path, field].join('/'),
        params: { reason: 'unknown', field },
      }))
    const missing = fault.code === 'invalid_type' && 'input' in fault && fault.input === undefined
    const code = /^[a-z-]+\/[a-z-]+$/.test(fault.message) ? fault.message : missing ? 'field/required' : 'field/invalid'
    return [{ code, severity: 'error' as const, pointer: ['#', ...path].join('/'), params: {} }]
  })
  throw new Problem(422, 'request/invalid', { issues })
}

/** A path parameter that can be looked up; anything else is simply not there. */
export function pathText(c: Context<Env>, name: string): string {
  const value = c.req.param(name) ?? ''
  return isStorable(value) && value.length <= 128 ? value : ''
}
