// Generated vouchers as the ledger stores them: entries, content and hashes by the product's own rules.
import { createHash } from 'node:crypto'
import { type Books, booksOf, fiscalYearOf, partyKey } from '#worker/ledger/books.ts'
import { entriesOf } from '#worker/ledger/entry.ts'
import { canonicalVoucher, GENESIS, type Posted } from '#worker/ledger/hash-chain.ts'
import { type NewVoucher, readAllParties, readFacts } from '#worker/ledger/store.ts'
import { contentOf, type VoucherDraft, withDefaults } from '#worker/ledger/voucher-draft.ts'
import { draftOf, type Voucher } from './generated-ledger.ts'
import type { Company } from './instance.ts'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

export async function readBooks(company: Company): Promise<Books> {
  const books = booksOf((await readFacts(company.db)).facts)
  for (const party of await readAllParties(company.db)) books.parties.set(partyKey(party.kind, party.number), party)
  return books
}

/** Makes vouchers that follow each other from the start of an empty ledger. */
export const postedOf = async (company: Company): Promise<(list: readonly Voucher[]) => NewVoucher[]> =>
  follow(await readBooks(company))

/** The same by given books; each call goes on where the last one ended. */
export function follow(books: Books): (list: readonly Voucher[]) => NewVoucher[] {
  // Nothing is recorded later than today, or what happens next to the books would be before it.
  const today = new Date().toISOString().slice(0, 10)
  const numbers = new Map<string, number>()
  let head = GENESIS.hash
  let version = 0
  return (list) =>
    list.map((generated) => {
      version++
      const id = `vch_bench${String(version).padStart(21, '0')}`
      const voucher = withDefaults(draftOf(generated, id) as VoucherDraft)
      const entries = entriesOf(voucher, books)
      const content = contentOf(voucher)
      const type = books.voucherTypes.get(voucher.type)!
      const fiscalYear = fiscalYearOf(voucher.voucherDate, books)!.year
      const series = `${type.series} ${fiscalYear}`
      const number = (numbers.get(series) ?? 0) + 1
      numbers.set(series, number)
      const posted = {
        ledgerVersion: version,
        id: voucher.id,
        type: type.key,
        series: type.series,
        fiscalYear,
        number,
        voucherDate: voucher.voucherDate,
        documentDate: voucher.documentDate,
        vatDate: voucher.vatDate,
        text: voucher.text,
        recordedAt: `${voucher.voucherDate < today ? voucher.voucherDate : today}T00:00:00.000Z`,
        by: 'bench',
        reversalOf: null,
        reason: null,
        importJob: null,
        externalId: null,
        factsVersion: books.factsVersion,
        contentHash: sha(content),
      } as Posted
      const prevHash = head
      head = sha(canonicalVoucher(books.company.id, prevHash, posted, entries))
      return { ...posted, content, entries, prevHash, hash: head, eventType: 'voucher.posted' }
    })
}
