import { sha256 } from '#worker/core/hash.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import { GENESIS, hashVoucher } from '#worker/ledger/hash-chain.ts'
import { type Check, Finding, isFault } from './check.ts'
import { faultsOfVat, type VatFacts } from './line-vat.ts'
import { type ReadVoucher, readLinks } from './store.ts'

/** Vouchers read at a time: what is held in memory does not grow with the ledger. */
const PAGE = 500

type Where = { company: string; since: number; upTo: number; facts: Pick<Books, 'vatCodes' | 'vatRates'> & VatFacts }

/**
 * Goes through the chain once, from the voucher after `since`, and computes again what can be computed from a voucher alone:
 * its hash, the hash of its content, the VAT of its lines and their rates.
 */
export async function checkChain(db: Database, { company, since, upTo, facts }: Where): Promise<Check[]> {
  const chain = new Finding(6, 'hash-chain')
  const contents = new Finding(13, 'contents-as-sent')
  const amounts = new Finding(14, 'vat-of-lines')
  const codes = new Finding(15, 'vat-codes-and-rates')
  const findings = [chain, contents, amounts, codes]
  const began = performance.now()
  const expected = await walk().catch((error) => {
    if (!isFault(error)) throw error
    chain.fails(error)
    return upTo + 1
  })
  if (expected !== upTo + 1) chain.offends({ fault: 'ends-early', expected: upTo, found: expected - 1 })
  const ms = performance.now() - began
  return findings.map((finding) => finding.check(finding === chain ? ms : 0))

  /** Gives the ledger version that would come next. */
  async function walk(): Promise<number> {
    let head = since > 0 ? await hashAt(db, since) : GENESIS.hash
    let expected = since + 1
    let recordedAt = ''
    // No further than where the chain stood when the check began: others post meanwhile.
    const pageAfter = (at: number) => readLinks(db, at, Math.min(PAGE, upTo - at))
    let next = pageAfter(since)
    for (let at = since; at < upTo; at += PAGE) {
      const links = await next
      if (at + PAGE < upTo) {
        next = pageAfter(at + PAGE)
        next.catch(() => {}) // awaited in the next turn; a page that fails while this one is hashed fails there
      }
      for (const [voucher, entries] of links) {
        const about = { voucher: voucher.id, ledgerVersion: voucher.ledgerVersion }
        if (voucher.ledgerVersion !== expected) chain.offends({ ...about, expected })
        if (voucher.prevHash !== head) chain.offends({ ...about, fault: 'prev-hash' })
        const hash = await hashVoucher(company, head, voucher, entries)
        if (hash !== voucher.hash) chain.offends({ ...about, stored: voucher.hash, computed: hash })
        if (voucher.recordedAt < recordedAt) chain.offends({ ...about, fault: 'recorded-before' })
        head = voucher.hash
        recordedAt = voucher.recordedAt
        expected = voucher.ledgerVersion + 1
        await checkContent(voucher, contents)
        checkVat(voucher, entries, facts, amounts, codes)
      }
      for (const finding of findings) finding.read(links.length)
    }
    return expected
  }
}

async function hashAt(db: Database, ledgerVersion: number): Promise<string> {
  const [link] = await readLinks(db, ledgerVersion - 1, 1)
  return link?.[0].hash ?? ''
}

/** What was sent is what was hashed, and it is this voucher. */
async function checkContent({ id, content, contentHash, importJob }: ReadVoucher, contents: Finding) {
  if (content === null) {
    if (importJob === null) contents.offends({ voucher: id, fault: 'no-content' })
    return
  }
  if ((await sha256(content)) !== contentHash) contents.offends({ voucher: id, fault: 'content-hash' })
  else if (!content.includes(`"id":"${id}"`)) contents.offends({ voucher: id, fault: 'other-id' })
}

function checkVat(
  voucher: ReadVoucher,
  entries: readonly Entry[],
  facts: Where['facts'],
  amounts: Finding,
  codes: Finding,
) {
  for (const { rowKey, kind, ...detail } of faultsOfVat(voucher, entries, facts))
    (kind === 'amount' ? amounts : codes).offends({ voucher: voucher.id, rowKey, ...detail })
}
