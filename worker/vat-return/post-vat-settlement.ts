import type { CompanyAccess } from '#worker/access/store.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { PostedAnswer, PostJob } from '#worker/ledger/job.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { readVatSpecification, type VatQuestion } from './read-vat-specification.ts'
import { readTaken } from './store.ts'
import { settlementVoucher } from './vat-settlement.ts'

/** How often one term can be settled anew after vouchers came to it. */
const SETTLEMENTS = 24

type Settler = { env: Bindings; access: CompanyAccess; by: string; name: string; rights: PostJob['rights'] }

/**
 * Posts what is not settled yet of a term's VAT against 2740, on the term's last day. Settling twice moves nothing twice: the
 * ids come from company and term, and what vouchers of type `vat` moved before, by hand or by us, is taken off.
 * @throws Problem 409 vat-term/settled when nothing is left; 409 vat-term/not-over before the term has ended; and what posting refuses.
 */
export async function postVatSettlement(
  db: Database,
  settler: Settler,
  q: VatQuestion,
  text: string,
): Promise<PostedAnswer> {
  const specification = await readVatSpecification(db, q)
  const { term } = specification
  if (term.toDate >= q.today)
    throw new Problem(409, 'vat-term/not-over', { params: { term: term.key, toDate: term.toDate } })
  const ids = await Promise.all(
    Array.from({ length: SETTLEMENTS }, async (_, n) =>
      idFromHash('vch', await sha256(`vat-settlement ${settler.access.books} ${term.key} ${n}`)),
    ),
  )
  const taken = await readTaken(db, ids)
  const id = ids.find((one) => !taken.has(one))
  const draft = id && settlementVoucher(id, term, text, specification.accounts, specification.toPay)
  if (!draft) throw new Problem(409, 'vat-term/settled', { params: { term: term.key } })
  const done = await runJob(settler.env, settler.access, {
    do: 'post',
    drafts: [draft],
    mode: 'all-or-nothing',
    single: true,
    by: settler.by,
    name: settler.name,
    rights: settler.rights,
  })
  const posted = 'vouchers' in done ? done.vouchers[0] : undefined
  if (posted?.status !== 'posted') throw new Problem(500, 'internal/error')
  return posted
}
