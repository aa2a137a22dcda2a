// `npm run fuzz -- --corpus DIR`: every attack file at every route that takes such a thing. In `npm test` a seeded slice of it.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { testApp } from '#tests/support/app.ts'
import { routesOf } from '#worker/api/openapi.ts'
import { app } from '#worker/index.ts'
import { readSheetFile } from '#worker/sheets/read-sheet-file.ts'
import { type AttackFile, type Corpus, corporaIn, seeded } from './corpus.ts'
import { isSafeToServe } from './safe-headers.ts'

const DIR = process.env.FUZZ_CORPUS ?? 'tests/fixtures/attacks'
/** The share of the inputs that is sent. */
const SHARE = Number(process.env.FUZZ_SHARE ?? 0.02)
/** Work of this process for one answer, in milliseconds: what others do on the machine meanwhile is not counted. */
const MOST_WORK_MS = 2_000
const workMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000
}
const random = seeded(Number(process.env.FUZZ_SEED ?? 20_261_122))

const { company, call, env } = testApp()
env.WEBHOOKS = { fetch: async () => new Response('') } as unknown as Fetcher
env.WEBHOOK_ADDRESSES = async () => ['93.184.215.14']
type Company = Awaited<ReturnType<typeof company>>
let own: Company
beforeAll(async () => {
  own = await company()
})

const counts = new Map<string, { sent: number; accepted: number; refused: number }>()
const wrong: string[] = []
const routes = routesOf(app).filter((r) => r.operation.access !== 'operator' && !/\/addin\/|\/live$/.test(r.path))
const withBody = routes.filter((r) => r.operation.body)
const pathOf = (path: string, value = 'none'): string =>
  path.replace(/:(\w+)(?:\{[^}]*\})?/g, (_, name) => (name === 'company' ? own.id : encodeURIComponent(value)))

type Sent = Parameters<typeof call>[1]
async function send(kind: string, what: string, path: string, sent: Sent, file: Pick<AttackFile, 'expect' | 'code'>) {
  const began = process.cpuUsage()
  const answer = await call(path, sent)
  const count = counts.get(kind) ?? { sent: 0, accepted: 0, refused: 0 }
  counts.set(kind, count)
  count.sent++
  const refused = answer.status >= 400
  if (refused) count.refused++
  else count.accepted++
  const said = `${what} at ${sent?.method ?? ''} ${path.slice(0, 90)}: ${answer.status} ${answer.json?.code ?? ''}`
  if (answer.status >= 500) wrong.push(said)
  if (workMs(began) > MOST_WORK_MS) wrong.push(`slow ${said}`)
  if (file.expect === 'refuse' && !refused) wrong.push(`taken ${said}`)
  if (
    file.expect === 'refuse' &&
    file.code &&
    answer.status !== 404 &&
    answer.json?.code !== file.code &&
    !hasIssue(answer.json, file.code)
  )
    wrong.push(`${said}, not ${file.code}`)
  return answer
}
const hasIssue = (json: any, code: string): boolean => json?.issues?.some((issue: any) => issue.code === code) ?? false

const senders: Record<string, (file: AttackFile) => AsyncGenerator<() => Promise<void>>> = {
  /** As the body of every route that takes JSON. Accepted means that it was read; what it says is judged afterwards. */
  async *json(file) {
    for (const { method, path } of withBody)
      yield async () => {
        const sent = {
          method: method.toUpperCase(),
          raw: new Uint8Array(file.bytes),
          headers: { 'content-type': 'application/json' },
        }
        const answer = await send(
          'json',
          file.name,
          pathOf(path),
          sent,
          file.expect === 'accept' ? { expect: 'any' } : file,
        )
        if (file.expect === 'accept' && answer.json?.code === 'request/unreadable')
          wrong.push(`unread ${file.name} at ${path}`)
      }
  },
  /** In every field of every body, every query parameter, and every part of a path. */
  async *strings(file) {
    for (const text of JSON.parse(file.bytes.toString('utf8')) as string[])
      for (const { method, path, operation } of routes) {
        const { body, query } = operation
        const sent = { method: method.toUpperCase() }
        const what = JSON.stringify(text.slice(0, 30))
        if (body)
          yield async () =>
            void (await send('strings', what, pathOf(path), { ...sent, body: filled(body, text) }, file))
        const names = query ? Object.keys(propertiesOf(query)) : []
        const address = pathOf(path)
        if (names.length > 0 && !names.includes('waitMs'))
          yield async () => {
            const asked = new URLSearchParams(names.map((name) => [name, text]))
            await send('strings', what, `${address}?${asked}`, { ...sent, ...(body && { body: {} }) }, file)
          }
        if (/:(?!company)/.test(path) && text !== '' && isEncodable(text) && !/^\.{1,2}$/.test(text))
          yield async () =>
            void (await send('strings', what, pathOf(path, text), { ...sent, ...(body && { body: {} }) }, file))
      }
  },
  async *xml(file) {
    for (const path of ['/api/v1/imports/saft', '/api/v1/companies/:company/imports/saft'])
      yield async () => {
        const headers = { 'content-type': 'application/xml' }
        const raw = new Uint8Array(file.bytes)
        await send('xml', file.name, pathOf(path), { method: 'POST', raw, headers }, file)
      }
    yield async () => {
      const expect = /doctype/i.test(file.bytes.subarray(0, 300).toString('latin1')) ? file.expect : 'any'
      await send('xml', file.name, `${own.path}/documents`, { raw: new Uint8Array(file.bytes) }, { expect })
    }
  },
  /** As a sheet to be brought in. Accepted means that it was read; nothing is brought in. */
  async *sheets(file) {
    for (const register of ['customers', 'suppliers'])
      yield async () => {
        const headers = { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) }
        const path = `${own.path}/imports/sheets?register=${register}`
        const answer = await send('sheets', file.name, path, { raw: new Uint8Array(file.bytes), headers }, file)
        if (file.expect === 'accept' && answer.status !== 201)
          wrong.push(`unread ${file.name}: ${answer.text.slice(0, 90)}`)
      }
  },
  /** Read as rows, which stand beside it. */
  async *csv(file) {
    yield async () => {
      const rows = JSON.parse(readFileSync(`${DIR}/csv/${file.name.replace(/csv$/, 'json')}`, 'utf8'))
      const count = counts.get('csv') ?? { sent: 0, accepted: 0, refused: 0 }
      counts.set('csv', { ...count, sent: count.sent + 1, accepted: count.accepted + 1 })
      const read = await readSheetFile(new Uint8Array(file.bytes))
      if (JSON.stringify(read.sheets[0]!.rows) !== JSON.stringify(rows))
        wrong.push(`${file.name}: ${JSON.stringify(read.sheets[0]!.rows).slice(0, 90)}`)
    }
  },
  async *attachments(file) {
    for (const name of [
      'a.pdf',
      '../../x.html',
      'a\u202efdp.exe',
      'con',
      `${'å'.repeat(300)}.png`,
      '"; filename="x.html',
    ])
      yield async () => {
        const headers = { 'x-file-name': encodeURIComponent(name) }
        const answer = await send(
          'attachments',
          file.name,
          `${own.path}/documents`,
          { raw: new Uint8Array(file.bytes), headers },
          file,
        )
        if (answer.status >= 400) return
        const served = await call(`${own.path}/documents/${answer.json.stamp}/content`)
        const unsafe = isSafeToServe(served.headers)
        if (unsafe) wrong.push(`${file.name}: ${unsafe}`)
      }
  },
  async *addresses(file) {
    for (const url of JSON.parse(file.bytes.toString('utf8')) as string[])
      yield async () => {
        const body = { name: 'x', url }
        const answer = await send('addresses', url.slice(0, 40), `${own.path}/webhooks`, { body }, file)
        if (file.expect === 'accept' && answer.status !== 201) wrong.push(`${url}: ${answer.status}`)
        if (answer.json?.id) await call(`${own.path}/webhooks/${answer.json.id}`, { method: 'DELETE' })
      }
  },
}

const isEncodable = (text: string): boolean => {
  try {
    encodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
const propertiesOf = (schema: z.ZodMiniType): Record<string, object> =>
  (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, object> })
    .properties ?? {}
type Shape = { type?: string; properties?: Record<string, Shape>; items?: Shape; anyOf?: Shape[] }
/** A body of the shape a schema says, with the text wherever a text may stand. */
function filled(schema: z.ZodMiniType, text: string): unknown {
  const fill = (shape: Shape, depth: number): unknown => {
    if (depth > 6) return text
    if (shape.properties)
      return Object.fromEntries(Object.entries(shape.properties).map(([name, s]) => [name, fill(s, depth + 1)]))
    if (shape.items) return [fill(shape.items, depth + 1)]
    return shape.anyOf ? fill(shape.anyOf[0]!, depth + 1) : text
  }
  return fill(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, 0)
}

const corpora: Corpus[] = corporaIn(DIR)
test.each(corpora.map((corpus) => [corpus.kind, corpus.folder, corpus] as const))(
  '%s of %s: nothing fails, hangs, or is judged otherwise than expected',
  async (kind, _, corpus) => {
    const sender = senders[kind]
    expect(sender, `no route takes the kind ${kind}`).toBeDefined()
    const before = wrong.length
    const unsent: string[] = []
    for (const file of corpus.files) {
      let sent = false
      // Each file is sent somewhere each time; a share of the rest.
      for await (const attack of sender!(file))
        if (SHARE >= 1 || !sent || ['addresses', 'csv'].includes(kind) || random() < SHARE) {
          await attack()
          sent = true
        }
      if (!sent) unsent.push(file.name)
    }
    expect([unsent, wrong.slice(before, before + 40)]).toEqual([[], []])
  },
  SHARE >= 1 ? 3_600_000 : 120_000,
)
afterAll(() => {
  const all = [...counts.values()].reduce((sum, { sent }) => sum + sent, 0)
  for (const [kind, { sent, accepted, refused }] of counts)
    console.log(`fuzz ${kind}: ${sent} sent, ${accepted} taken, ${refused} refused`)
  console.log(`fuzz: ${all} inputs, ${wrong.length} wrong (5xx, hanging, or judged otherwise than expected)`)
})
