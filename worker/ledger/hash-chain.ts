import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { Entry } from './entry.ts'

/** The newest voucher of a company's one chain: its length and its hash. */
export type Head = { ledgerVersion: number; hash: string; recordedAt: Instant }

export const GENESIS: Head = {
  ledgerVersion: 0,
  hash: '0'.repeat(64),
  recordedAt: '1970-01-01T00:00:00.000Z' as Instant,
}

/** A voucher with its place in the chain and its number, as stored. */
export type Posted = {
  ledgerVersion: number
  id: string
  type: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: IsoDate
  documentDate: IsoDate
  vatDate: IsoDate
  text: string
  recordedAt: Instant
  by: string
  reversalOf: string | null
  reason: string | null
  importJob: string | null
  externalId: string | null
  /** Version of the facts that the voucher was judged by. */
  factsVersion: number
  contentHash: string
}

/** The canonical form's version; a new one is added beside the old, never in its place. */
export const CANONICAL = 'hovedbok/voucher/1'

/**
 * The bytes a voucher's hash covers, as a JSON array in fixed order without spaces: the form's version, the company, the hash
 * before, every column of the voucher that is evidence, then every column of each entry in line order. Text is as stored.
 * docs/hash-chain.md tells an auditor how to compute it without us.
 */
export const canonicalVoucher = (company: string, prevHash: string, v: Posted, entries: readonly Entry[]): string =>
  canonicalLink(company, prevHash, linkOf(v, entries))

/** The same from a link, which is all of the array after the hash before. */
export const canonicalLink = (company: string, prevHash: string, link: readonly unknown[]): string =>
  JSON.stringify([CANONICAL, company, prevHash, ...link])

/** A voucher's own part of the canonical form; its entries come last. */
export const linkOf = (v: Posted, entries: readonly Entry[]): readonly unknown[] => [
  v.ledgerVersion,
  v.id,
  v.type,
  v.series,
  v.fiscalYear,
  v.number,
  v.voucherDate,
  v.documentDate,
  v.vatDate,
  v.text,
  v.recordedAt,
  v.by,
  v.reversalOf,
  v.reason,
  v.importJob,
  v.externalId,
  v.factsVersion,
  v.contentHash,
  entries.map((e, i) => [
    i + 1,
    e.rowKey,
    e.origin,
    e.account,
    e.partyKind,
    e.party,
    e.amount,
    e.vatCode,
    e.vatRate,
    e.vatSide,
    e.vatSpecification,
    e.vatAmountReason,
    e.vatOverridden ? 1 : 0,
    e.dimensions === null ? null : Object.entries(e.dimensions).sort(([a], [b]) => (a < b ? -1 : 1)),
    e.text,
    e.currency,
    e.currencyAmount,
    e.rate,
    e.rateUnit,
    e.rateSource,
    e.quantity,
    e.invoiceNumber,
    e.dueDate,
    e.paymentReference,
  ]),
]

/** SHA-256, bare hex, of the canonical form. */
export const hashVoucher = (company: string, prevHash: string, v: Posted, entries: readonly Entry[]): Promise<string> =>
  sha256(canonicalVoucher(company, prevHash, v, entries))
