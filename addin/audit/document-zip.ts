import type { Locale } from '#i18n/format.ts'
import { voucherName } from '#i18n/format.ts'
import { hex } from '#worker/core/hash.ts'
import { zipped } from '#worker/exports/zip-stream.ts'
import { csvOf } from '#worker/reports/csv.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import { blockTexts } from './block-texts.ts'
import type { AuditVoucher } from './recompute-chain.ts'

/** A document of a voucher that was drawn, as the list in the archive tells of it. */
export type ListedDocument = {
  voucher: AuditVoucher
  stamp: number
  file: string
  mediaType: string
  sha256: string
  /** The bytes that came give the hash that was recorded on arrival. */
  agrees: boolean
}
type Kept = { id: string; stamp: number; sha256: string; mediaType: string; fileName: string | null }

/**
 * The documents of some vouchers as one archive, with a list: voucher, stamp number, file and hash, each hash computed here
 * from the bytes. Vouchers without a document are in the list too. `signal` ends it between two documents.
 */
export async function documentZip(
  api: LedgerApi,
  company: string,
  vouchers: readonly AuditVoucher[],
  locale: Locale,
  onProgress: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array<ArrayBuffer>[]; listed: readonly ListedDocument[]; without: number }> {
  const files: { name: string; chunks: Uint8Array[] }[] = []
  const listed: ListedDocument[] = []
  let without = 0
  for (const [done, voucher] of vouchers.entries()) {
    if (signal.aborted) break
    onProgress(done, vouchers.length)
    const documents = (await api.voucher(company, voucher.id))?.documents ?? []
    if (documents.length === 0) without++
    for (const { id } of documents) {
      const kept = await api.get<Kept>(company, `documents/${id}`)
      const bytes = await api.file(company, `documents/${id}/content`)
      const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
      const file = fileOf(voucher, kept)
      files.push({ name: file, chunks: [bytes] })
      const { stamp, mediaType } = kept
      listed.push({ voucher, stamp, file, mediaType, sha256, agrees: sha256 === kept.sha256 })
    }
  }
  const list = { name: `${blockTexts[locale].documentList}.csv`, chunks: [listOf(vouchers, listed, locale)] }
  const bytes: Uint8Array<ArrayBuffer>[] = []
  for await (const piece of zipped([list, ...files])) bytes.push(piece as Uint8Array<ArrayBuffer>)
  return { bytes, listed, without }
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/tiff': 'tiff',
  'application/xml': 'xml',
}
/** A name that sorts by voucher and holds no path: "IF 2026-12 stamp 4711.pdf". */
const fileOf = (voucher: AuditVoucher, { stamp, mediaType }: Kept): string =>
  `${voucherName(voucher).replaceAll('\u00a0', ' ')} ${stamp}.${ENDINGS[mediaType] ?? 'bin'}`

function listOf(vouchers: readonly AuditVoucher[], listed: readonly ListedDocument[], locale: Locale): string {
  const { documentColumns: names, yes, no } = blockTexts[locale]
  type Row = { voucher: AuditVoucher; document: ListedDocument | undefined }
  const rows = vouchers.flatMap((voucher): Row[] => {
    const own = listed.filter((document) => document.voucher === voucher)
    return own.length > 0 ? own.map((document) => ({ voucher, document })) : [{ voucher, document: undefined }]
  })
  return csvOf<Row>(
    [
      { name: names[0]!, text: ({ voucher }) => voucherName(voucher).replaceAll('\u00a0', ' ') },
      { name: names[1]!, text: ({ voucher }) => voucher.date },
      { name: names[2]!, text: ({ voucher }) => voucher.text },
      { name: names[3]!, amount: ({ voucher }) => voucher.amount },
      { name: names[4]!, text: ({ document }) => document?.stamp ?? '' },
      { name: names[5]!, text: ({ document }) => document?.file ?? '' },
      { name: names[6]!, text: ({ document }) => document?.sha256 ?? '' },
      { name: names[7]!, text: ({ document }) => (document ? (document.agrees ? yes : no) : '') },
    ],
    rows,
    locale,
  )
}
