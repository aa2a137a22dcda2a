import { mkdtempSync, readFileSync } from 'node:fs'
import { databaseServer } from '#dev/hrana/server.ts'
import { app } from '#worker/index.ts'
import { LedgerWriter } from '#worker/ledger/ledger-writer.ts'
const dir = mkdtempSync('/tmp/hbprof-')
const server = databaseServer({ dir, sync: 'FULL', token: 't' })
let dbMs = 0
const timed = async (a: any, b: any) => { const t = process.hrtime.bigint(); const r = await (server.fetch as any)(a, b); dbMs += Number(process.hrtime.bigint() - t) / 1e6; return r }
const objects = new Map<string, any>()
const env: any = {
  CONTROL_DATABASE_URL: 'http://database/control/', DATABASE_URL: 'http://database/{database}/', DATABASE_ADMIN_URL: 'http://database/v1/namespaces/{database}/create',
  CONTROL_DATABASE_ADMIN_URL: 'http://database/v1/namespaces/control/create',
  DATABASE_TOKEN: 't', DATABASE_FETCH: timed, SIGNING_KEY: 'signing-key-of-the-tests-32-bytes!', PASSWORD_PEPPER: 'p', OPERATOR_KEY: 'op', LOCAL_INSTANCE: '1',
  FILES: { async put(k: string, v: any) { objects.set(k, 1) }, async head() { return null }, async get() { return null }, async delete() {}, async createMultipartUpload() { return { async uploadPart(n: number) { return { partNumber: n, etag: '' } }, async complete() {}, async abort() {} } } },
}
// settle() copies from get(): give something
env.FILES.get = async () => ({ body: new Response('x').body })
const writers = new Map<string, any>()
env.LEDGER_WRITER = { idFromName: (n: string) => n, get: (n: string) => ({ fetch: (u: string, i: any) => { if (!writers.has(n)) writers.set(n, new LedgerWriter(undefined, env)); return writers.get(n).fetch(new Request(u, i)) } }) }
await server.fetch('http://database/v1/namespaces/control/create', { method: 'POST', headers: { authorization: 'Bearer t' } } as any)
const file = readFileSync(process.argv[2] ?? '/tmp/saft30k.xml')
for (let k = 0; k < Number(process.argv[3] ?? 1); k++) {
  const t = Date.now(); const c = process.cpuUsage().user; dbMs = 0
  const body = new ReadableStream({ start(s) { for (let i = 0; i < file.length; i += 131072) s.enqueue(file.subarray(i, i + 131072)); s.close() } })
  const r = await app.request('/api/v1/imports/saft', { method: 'POST', headers: { authorization: 'Bearer op' }, body, duplex: 'half' } as any, env)
  const text = await r.text()
  console.log(r.status, text.slice(0, 200), { ms: Date.now() - t, cpu: (process.cpuUsage().user - c) / 1000, dbMs })
}
await server.close()
