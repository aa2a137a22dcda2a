import { kroner } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { monthOf } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { TemplateContent } from '#worker/templates/template.ts'
import { type TriedTemplate, tryTemplate } from '#worker/templates/try-template.ts'
import { today } from '../day-field.tsx'
import type { Fields } from '../form.ts'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { contentIn } from './template-form.ts'

/** What an amount without a usual value is tried with, in øre. */
const TRIED_WITH = 1_000_00

/** What the form comes to, or why it comes to nothing; for the editor to show beside it while one types. */
export async function previewOf(c: Page, fields: Fields, dimensions: readonly string[]) {
  try {
    const content = parse(contentIn(fields, dimensions), TemplateContent)
    const values: Record<string, string | number> = {}
    for (const p of content.parameters) {
      const given = fields[`trial.${p.name}`] ?? p.default
      values[p.name] = given ?? (p.kind === 'amount' ? TRIED_WITH : p.kind === 'date' ? '+14' : p.name)
    }
    return { tried: await tryTemplate(c.var.db, 'x', { voucherDate: today(), values }, content), problem: undefined }
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return { tried: undefined, problem: error }
    throw error
  }
}

type Shown = Awaited<ReturnType<typeof previewOf>>

/** Entries, months of plans, and what stands in the way; a region that those who listen are told of. */
export function Preview({ c, shown: { tried, problem } }: { c: Page; shown: Shown }) {
  const words = textsOf(c).templates
  const { locale } = c.var
  const issues = (tried?.issues ?? problem?.issues ?? []).map((issue) => withText(issue, locale))
  return (
    <div id="preview" aria-live="polite">
      {tried && tried.entries.length > 0 ? (
        <Entries c={c} tried={tried} />
      ) : (
        <p class="hb-quiet">{words.edit.nothing}</p>
      )}
      {tried?.plans.map((plan) => (
        <p class="hb-quiet">
          {words.plans.kinds[plan.kind]}:{' '}
          {plan.months
            .slice(0, 6)
            .map((m) => `${monthOf(m.draft.voucherDate)} ${kroner(m.amount, locale)}`)
            .join(' · ')}
          {plan.months.length > 6 && ' …'}
        </p>
      ))}
      {issues.length > 0 && (
        <ul class="hb-quiet">
          {[...new Set(issues.map((issue) => issue.message))].map((message) => (
            <li>{message}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Entries({ c, tried }: { c: Page; tried: TriedTemplate }) {
  const words = textsOf(c).vouchers.page
  const { locale } = c.var
  return (
    <table class="hb-table">
      <thead>
        <tr>
          <th>{words.account}</th>
          <th>{words.vat}</th>
          <th class="hb-num">{words.debit}</th>
          <th class="hb-num">{words.credit}</th>
        </tr>
      </thead>
      <tbody>
        {tried.entries.map((e) => (
          <tr>
            <td>
              <span class="hb-accno">{e.party ? `${e.account}:${e.party}` : e.account}</span>{' '}
              <span class="hb-quiet">{Object.values(e.dimensions ?? {}).join(' ')}</span>
            </td>
            <td>{e.vatCode}</td>
            <td class="hb-num">{e.amount > 0 ? kroner(e.amount, locale) : ''}</td>
            <td class="hb-num">{e.amount < 0 ? kroner(-e.amount, locale) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The preview alone, for the editor's own script. */
export async function submitPreview(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const dimensions = (fields.dimensions ?? '').split(',').filter(Boolean)
  return c.html(<Preview c={c} shown={await previewOf(c, fields, dimensions)} />)
}
