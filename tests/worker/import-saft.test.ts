import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, inject, test } from 'vitest'
import { largeSaft, type SaftFile, saft, withClosings } from '#tests/support/saft.ts'

const url = inject('url')
const headers = { authorization: `Bearer ${inject('operatorKey')}` }

async function send(body: string | Uint8Array | Blob) {
  const response = await fetch(`${url}/api/v1/imports/saft`, { method: 'POST', headers, body: body as BodyInit })
  return { status: response.status, json: (await response.json()) as any }
}

const small: SaftFile = withClosings({
  name: 'Ærlig Øl AS',
  accounts: [{ id: '1920', name: 'Bånk', opening: 100_000 }, { id: '2050', opening: -100_000 }, { id: '3000' }],
  transactions: [
    {
      id: '1',
      date: '2025-03-01',
      lines: [
        { account: '1920', amount: 12_345 },
        { account: '3000', amount: -12_345 },
      ],
    },
  ],
})

test('the running platform reads UTF-8, UTF-16, Windows-1252 and gzip alike', async () => {
  const text = saft(small)
  const declared = (encoding: string) => text.replace('UTF-8', encoding)
  for (const body of [
    text,
    Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le'),
    Buffer.from(declared('windows-1252'), 'latin1'),
    gzipSync(text),
  ]) {
    const { status, json } = await send(body)
    expect([status, json.company?.name, json.differences]).toEqual([201, 'Ærlig Øl AS', []])
  }
})

test('the running platform refuses damaged and dangerous files with their line', async () => {
  const text = saft(small)
  const packed = gzipSync(text)
  const doctype = text.replace('<AuditFile', '<!DOCTYPE a [<!ENTITY b "c">]>\n<AuditFile')
  const cases: [string | Uint8Array, string, number][] = [
    [doctype, 'xml/doctype', 2],
    [Buffer.from(`\ufeff${doctype.replace('UTF-8', 'UTF-16')}`, 'utf16le'), 'xml/doctype', 2],
    [gzipSync(doctype), 'xml/doctype', 2],
    [text.slice(0, -40), 'xml/malformed', 16],
    [packed.subarray(0, packed.length - 20), 'xml/malformed', 1],
    [Buffer.concat([packed.subarray(0, 200), Buffer.alloc(40, 7), packed.subarray(240)]), 'xml/malformed', 1],
  ]
  for (const [body, code, line] of cases) {
    const { status, json } = await send(body)
    expect([status, json.code]).toEqual([422, code])
    if (body === doctype || typeof body === 'string') expect(json.params.line).toBe(line)
  }
})

test('a file of several parts is kept whole and proven, by the command line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hovedbok-saft-'))
  const file = join(folder, 'stor.xml')
  writeFileSync(file, [...largeSaft(12_000)].join(''))
  const env = { ...process.env, HOVEDBOK_URL: url, HOVEDBOK_DATA: inject('dataFolder') }
  const out = execFileSync(process.execPath, ['cli/hovedbok.ts', 'import', 'saft', file, '--json'], {
    env,
    maxBuffer: 1e8,
  })
  rmSync(folder, { recursive: true })
  const answer = JSON.parse(out.toString())
  expect(answer.differences).toEqual([])
  expect(answer.counts).toMatchObject({ transactions: 12_000, vouchers: 12_000, lines: 30_000, customers: 1_000 })
  expect(answer.file.size).toBeGreaterThan(10_000_000)
})
