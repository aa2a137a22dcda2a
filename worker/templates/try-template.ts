import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { booksOf, partyKey } from '#worker/ledger/books.ts'
import { accountAndParty, type Entry } from '#worker/ledger/entry.ts'
import type { Plan } from '#worker/ledger/schedule.ts'
import { readFacts, readParties } from '#worker/ledger/store.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import { readTemplate } from './store.ts'
import { checkTemplate, type TemplateContent } from './template.ts'
import { type Given, unfold } from './unfold.ts'

export type TriedTemplate = { draft: Omit<VoucherDraft, 'id'>; entries: Entry[]; plans: Plan[]; issues: Issue[] }

const NO_ID = `vch_${'0'.repeat(26)}`

/**
 * What a template comes to with these values: the draft, its entries, and what stands in the way of posting it. Without a
 * content, as it was saved.
 * @throws Problem 404 template/unknown; 422 request/invalid for a content that is faulty by itself.
 */
export async function tryTemplate(
  db: Database,
  key: string,
  given: Given,
  content?: TemplateContent,
): Promise<TriedTemplate> {
  const kept = content ? { key, version: 1, content } : await readTemplate(db, key)
  if (!kept) throw new Problem(404, 'template/unknown', { params: { template: key } })
  const faults = content ? checkTemplate(content) : []
  if (faults.some(isError)) throw new Problem(422, 'request/invalid', { issues: faults })
  const books = booksOf((await readFacts(db)).facts)
  const { draft, issues } = unfold(kept, given, books)
  const numbers = draft.lines.flatMap((line) => accountAndParty(line.account).party ?? [])
  for (const party of await readParties(db, numbers)) books.parties.set(partyKey(party.kind, party.number), party)
  const judged = checkVoucher({ id: NO_ID, ...draft }, books, { softLock: true })
  // A key that is only unfolded has no other side, and need not balance.
  const onlyLines = kept.content.type === undefined
  const found = judged.issues.filter((issue) => !(onlyLines && issue.code === 'voucher/unbalanced'))
  return { draft, entries: judged.entries, plans: judged.plans, issues: [...issues, ...found] }
}
