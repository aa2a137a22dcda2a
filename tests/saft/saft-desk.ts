import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { testApp } from '#tests/support/app.ts'
import { type SaftFile, withClosings } from '#tests/support/saft.ts'

export const fixture = (name: string) => readFileSync(`tests/fixtures/saft/${name}`)

/** Importing as a client does it, in one app. */
export function saftDesk(app: ReturnType<typeof testApp>) {
  const send = (content: string | Uint8Array, path = '/api/v1/imports/saft', headers: Record<string, string> = {}) =>
    app.call(path, { raw: (typeof content === 'string' ? content : new Uint8Array(content)) as BodyInit, headers })

  /** Imports and gives the answer with the company's own calls. */
  async function imported(content: string | Uint8Array) {
    const { status, json, text } = await send(content)
    if (status !== 201) throw new Error(text)
    const path = `/api/v1/companies/${json.company.id}`
    const verified = await app.call(`${path}/verify?full=true`)
    expect(verified.json.checks.filter((check: any) => !check.holds)).toEqual([])
    return { json, path, call: (rest: string, sent = {}) => app.call(path + rest, sent) }
  }

  /** All entries of a company as `account party amount code`, in order of voucher and line. */
  async function entriesOf(company: { call: (rest: string) => Promise<{ json: any }> }) {
    const { json } = await company.call('/vouchers?order=recorded&limit=5000')
    const vouchers = await Promise.all(json.vouchers.map((v: any) => company.call(`/vouchers/${v.id}`)))
    return vouchers.map((v) => v.json)
  }

  /** What stands in all of the installation that an import could have left behind. */
  async function everything() {
    const { json } = await app.call('/api/v1/companies')
    const files = await (app.env.FILES as unknown as { list(): Promise<{ objects: { key: string }[] }> }).list()
    return { companies: json.companies, files: files.objects.map((o) => o.key).sort() }
  }
  return { send, imported, entriesOf, everything }
}

/** A small file without faults. */
export const plain: SaftFile = withClosings({
  accounts: [
    { id: '1500', grouping: ['balanseverdiForOmloepsmiddel', '1500'], opening: 50_000 },
    { id: '1920', grouping: ['balanseverdiForOmloepsmiddel', '1920'], opening: 50_000 },
    { id: '2050', grouping: ['egenkapital', '2050'], opening: -100_000 },
    { id: '3000', grouping: ['salgsinntekt', '3000'] },
  ],
  customers: [{ id: '10001', account: '1500', opening: 50_000, closing: 60_000 }],
  transactions: [
    {
      id: 'A',
      date: '2025-01-10',
      lines: [
        { account: '1500', amount: 25_000, customer: '10001' },
        { account: '3000', amount: -25_000 },
      ],
    },
    {
      id: 'B',
      date: '2025-02-10',
      lines: [
        { account: '1920', amount: 15_000 },
        { account: '1500', amount: -15_000, customer: '10001' },
      ],
    },
  ],
})
