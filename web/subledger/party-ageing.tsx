import { fill, kroner } from '#i18n/format.ts'
import type { readAgeing } from '#worker/subledger/read-ageing.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Found = Awaited<ReturnType<typeof readAgeing>>

/** The columns of an ageing in words: 1–30 days, 31–60 days, over 90 days. */
export function spanNames(c: Page, buckets: readonly number[]): string[] {
  const words = textsOf(c).subledger.page
  const { locale } = c.var
  return [
    ...buckets.map((to, i) => fill(words.between, { from: i === 0 ? 1 : buckets[i - 1]! + 1, to }, locale)),
    fill(words.from, { days: buckets.at(-1)! }, locale),
  ]
}

/** What one party has open today, by days past due, on its card. */
export function PartyAgeing({ c, found, party }: { c: Page; found: Found; party: string }) {
  const words = textsOf(c).subledger.page
  const { locale, access } = c.var
  const row = found.rows[0]
  const spans = spanNames(c, found.buckets)
  const figures: [string, number][] = row
    ? [[words.column.notDue, row.notDue], ...row.pastDue.map((n, i): [string, number] => [spans[i]!, n])]
    : []
  return (
    <section>
      <div class="hb-section-head">
        <h2>{words.title}</h2>
        <a href={companyPath(access, `/open-items?${new URLSearchParams({ kind: found.kind, party })}`)}>
          {words.show}
        </a>
      </div>
      {!row && <p class="hb-quiet">{words.empty}</p>}
      <dl class="hb-pairs">
        {figures
          .filter(([, amount]) => amount !== 0)
          .map(([term, amount]) => (
            <div>
              <dt>{term}</dt>
              <dd class="hb-num">{kroner(amount, locale)}</dd>
            </div>
          ))}
        {row && (
          <div>
            <dt>{words.sum}</dt>
            <dd class="hb-num hb-strong">{kroner(row.total, locale)}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}
