import { day, fill, moment, whole } from '#i18n/format.ts'
import { deletionFor } from '#worker/deletion/routes.ts'
import type { StoredDeletion } from '#worker/deletion/store.ts'
import { type Page, page, textsOf } from '../page.tsx'

/** What remains of a company: what, when, by whom and how much, with hash and signature, to be printed. */
export async function proofPage(c: Page): Promise<Response> {
  const words = textsOf(c).deletion.proof
  const deletion = await deletionFor(c)
  return page(
    c,
    { title: words.title, layout: 'report' },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{said(c, deletion)}</p>
        </div>
      </div>
      {deletion.proof && <Proof c={c} deletion={deletion} proof={deletion.proof} />}
    </>,
  )
}

function said(c: Page, { doneAt, undoneAt }: StoredDeletion): string {
  const words = textsOf(c).deletion.proof
  if (undoneAt) return fill(words.undone, { at: moment(undoneAt) }, c.var.locale)
  return doneAt ? words.intro : words.waiting
}

/** As `proofOf` writes it. */
type Told = Record<'company' | 'askedAt' | 'askedBy' | 'deletedAt' | 'chainHead', string> & {
  retentionUntil: string | null
  ledgerVersion: number
  removed: Record<string, number>
}

function Proof({ c, deletion, proof }: { c: Page; deletion: StoredDeletion; proof: string }) {
  const { proof: words, counts, grounds } = textsOf(c).deletion
  const { locale } = c.var
  const told = JSON.parse(proof) as Told
  const figures = (['vouchers', 'entries', 'documents', 'backups'] as const).map(
    (what) => [counts[what], whole(told.removed[what] ?? 0, locale)] as const,
  )
  const rows: (readonly [string, string])[] = [
    [words.company, told.company],
    [words.askedAt, moment(told.askedAt)],
    [words.askedBy, told.askedBy],
    [words.ground, grounds[deletion.ground]],
    [words.retentionUntil, told.retentionUntil ? day(told.retentionUntil) : words.none],
    [words.deletedAt, moment(told.deletedAt)],
    ...figures,
    [words.version, whole(told.ledgerVersion, locale)],
    [words.head, told.chainHead],
    [words.hash, deletion.proofHash!],
    [words.signature, deletion.signature!],
  ]
  return (
    <>
      <table class="hb-table">
        <tbody>
          {rows.map(([name, value]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="hb-break">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section class="hb-section">
        <h2>{words.text}</h2>
        <p class="hb-code hb-break">{proof}</p>
        <p class="hb-quiet">{words.print}</p>
      </section>
    </>
  )
}
