import { expect, test } from 'vitest'
import { FORMAT, MANIFEST, SUMS } from '#worker/backup/archive.ts'
import { restoreCompany } from '#worker/backup/restore-company.ts'
import { zipped } from '#worker/exports/zip-stream.ts'

test('what an archive says of itself is unpacked once', async () => {
  const manifest = {
    format: FORMAT,
    createdAt: '2026-11-22T10:00:00.000Z',
    company: { books: 'cmp_a', name: 'Fjord AS', organisationNumber: null, colour: 'blue', test: false },
    ledgerVersion: 0,
    chainHead: '0'.repeat(64),
    migrations: [{ tag: '0001_ledger', sha256: '0'.repeat(64) }],
    tables: [],
    documents: 0,
  }
  const files = [
    { name: MANIFEST, chunks: [JSON.stringify(manifest)] },
    { name: 'tables/voucher.jsonl', chunks: [''] }, // that the sums do not tell of
    { name: SUMS, chunks: ['[]'] },
  ]
  const parts: Uint8Array[] = []
  for await (const part of zipped(files)) parts.push(part)
  const bytes = Buffer.concat(parts)
  const unpacked: number[] = []
  const source = {
    size: bytes.length,
    read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
    stream: async (offset: number, length: number) => {
      unpacked.push(offset)
      return new Blob([bytes.subarray(offset, offset + length)]).stream()
    },
  }
  await expect(restoreCompany({} as never, source, {})).rejects.toMatchObject({ code: 'archive/unreadable' })
  expect([unpacked.length, new Set(unpacked).size]).toEqual([2, 2])
})
