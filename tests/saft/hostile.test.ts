import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'

const app = testApp()
let heard = 0
const canary = createServer((_, response) => {
  heard++
  response.end('<!ENTITY x "hentet">')
})
beforeAll(() => new Promise<void>((ready) => canary.listen(0, '127.0.0.1', ready)))
afterAll(() => void canary.close())

const SECRET = 'utvidet-hemmelighet'
const text = saft(
  withClosings({
    accounts: [{ id: '1920' }, { id: '3000' }],
    transactions: [
      {
        id: '1',
        date: '2025-03-01',
        lines: [
          { account: '1920', amount: 100 },
          { account: '3000', amount: -100 },
        ],
      },
    ],
  }),
)

/** Every way to have a reader fetch or expand something, each in every encoding a file may come in. */
function hostileFiles(): { name: string; bytes: Uint8Array }[] {
  const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`
  const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
  const doctypes: Record<string, string> = {
    'external subset': `<!DOCTYPE AuditFile SYSTEM "${url}/dtd">`,
    'public subset': `<!DOCTYPE AuditFile PUBLIC "-//X//Y" "${url}/public">`,
    'internal entity': `<!DOCTYPE AuditFile [<!ENTITY x "${SECRET}">]>`,
    'external entity': `<!DOCTYPE AuditFile [<!ENTITY x SYSTEM "${url}/entity">]>`,
    'local file': '<!DOCTYPE AuditFile [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    'parameter entity': `<!DOCTYPE AuditFile [<!ENTITY % p SYSTEM "${url}/parameter"> %p;]>`,
    'billion laughs': `<!DOCTYPE AuditFile [<!ENTITY l0 "${SECRET}">${laughs}<!ENTITY x "&l12;">]>`,
    'long entity many times': `<!DOCTYPE AuditFile [<!ENTITY x "${SECRET.repeat(5_000)}">]>`,
    'lower case': `<!doctype AuditFile [<!ENTITY x "${SECRET}">]>`,
  }
  const files = Object.entries(doctypes).flatMap(([name, doctype]) => {
    const content = text.replace('<AuditFile', `${doctype}<AuditFile`).replace('Filprøve', '&x;'.repeat(20))
    const utf16 = Buffer.from(`\ufeff${content.replace('UTF-8', 'UTF-16')}`, 'utf16le')
    return Object.entries({
      utf8: Buffer.from(content),
      mark: Buffer.from(`\ufeff${content}`),
      'utf16 little': utf16,
      'utf16 big': Buffer.from(utf16).swap16(),
      latin1: Buffer.from(content.replace('UTF-8', 'ISO-8859-1'), 'latin1'),
      gzip: gzipSync(content),
    }).map(([encoding, bytes]) => ({ name: `${name}, ${encoding}`, bytes: new Uint8Array(bytes) }))
  })
  const others: Record<string, string> = {
    include: text.replace(
      '<MasterFiles>',
      `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${url}/include"/><MasterFiles>`,
    ),
    'style sheet': text.replace('<AuditFile', `<?xml-stylesheet href="${url}/style"?><AuditFile`),
    'schema location': text.replace(
      '<AuditFile',
      `<AuditFile xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a ${url}/schema"`,
    ),
    'doctype inside': text.replace('<MasterFiles>', `<!DOCTYPE x SYSTEM "${url}/inside"><MasterFiles>`),
    'doctype in CDATA': text.replace('Filprøve AS', `<![CDATA[<!DOCTYPE x SYSTEM "${url}/cdata">]]>`),
    'undeclared entity': text.replace('Filprøve', '&x;'),
    deep: text.replace('<MasterFiles>', `<MasterFiles>${'<a>'.repeat(100_000)}`),
    attributes: text.replace(
      '<MasterFiles>',
      `<MasterFiles ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}>`,
    ),
    prefixes: text.replace(
      '<MasterFiles>',
      `<MasterFiles ${Array.from({ length: 60 }, (_, i) => `xmlns:n${i}="urn:${i}"`).join(' ')}>`,
    ),
    comment: text.replace('<MasterFiles>', `<!--${'x'.repeat(6_000_000)}--><MasterFiles>`),
    'namespace of nothing': text.replace(/xmlns="[^"]*"/, 'xmlns=""'),
    'number too large for a character': text.replace('Filprøve', '&#x110000;'),
  }
  return [...files, ...Object.entries(others).map(([name, t]) => ({ name, bytes: new Uint8Array(Buffer.from(t)) }))]
}

test('no hostile file makes us fetch, expand, break or remember anything', async () => {
  const files = hostileFiles()
  expect(files.length).toBeGreaterThan(60)
  const harmless = new Set(['include', 'style sheet', 'schema location', 'doctype in CDATA'])
  let peak = 0
  const before = process.memoryUsage.rss()
  for (const { name, bytes } of files) {
    const { status, json, text: answer } = await app.call('/api/v1/imports/saft', { raw: bytes as BodyInit })
    expect({ name, status }).toEqual({ name, status: harmless.has(name) ? 201 : 422 })
    if (name.includes(', ')) expect({ name, code: json.code }).toEqual({ name, code: 'xml/doctype' })
    expect(answer).not.toContain(SECRET)
    peak = Math.max(peak, process.memoryUsage.rss() - before)
  }
  expect(heard).toBe(0)
  expect(peak).toBeLessThan(128_000_000)
})
