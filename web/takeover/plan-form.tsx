import { fill } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { CheckField, faultsOf, SelectField, TextField, type Tried } from '../fields.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Props = { c: Page; tried: Tried | undefined; plan: TakeoverPlan; differences: number }

/** How the books are taken over: what comes along, the days, and the accounts in between. */
export function PlanForm({ c, tried, plan, differences }: Props) {
  const { locale, access } = c.var
  const words = takeoverTexts[locale].plan
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  const own = (name: keyof TakeoverPlan) => {
    const value = sent ? sent[name] : plan[name]
    return value === null || value === undefined ? undefined : String(value)
  }
  const date = (name: 'openingDate' | 'cutOverDate') => {
    const value = own(name)
    return value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('.') : value
  }
  const field = (name: keyof TakeoverPlan) => ({ name, form: 'plan', faults })
  const hint = textsOf(c).shell.dayHint
  return (
    <form class="hb-form" method="post" action={companyPath(access, '/takeover')}>
      <SelectField
        {...field('variant')}
        label={words.variant}
        value={own('variant')}
        options={Object.entries(words.variants)}
      />
      <TextField
        {...field('openingDate')}
        label={words.openingDate}
        value={date('openingDate')}
        help={words.openingHelp}
        placeholder={hint}
        day
      />
      <TextField
        {...field('cutOverDate')}
        label={words.cutOverDate}
        value={date('cutOverDate')}
        help={words.cutOverHelp}
        placeholder={hint}
        day
        required
      />
      <TextField
        {...field('interimCustomers')}
        label={words.interimCustomers}
        value={own('interimCustomers')}
        help={words.interimHelp}
        inputmode="numeric"
        maxlength={70}
      />
      <TextField
        {...field('interimSuppliers')}
        label={words.interimSuppliers}
        value={own('interimSuppliers')}
        inputmode="numeric"
        maxlength={70}
      />
      {differences > 0 && (
        <TextField
          {...field('explanation')}
          label={words.explanation}
          value={own('explanation')}
          help={fill(words.explanationHelp, { count: differences }, locale)}
          maxlength={1000}
        />
      )}
      <CheckField label={words.inTotal} name="inTotal" checked={sent ? sent.inTotal === 'yes' : plan.inTotal} />
      <button class="ds-button" type="submit">
        {words.save}
      </button>
    </form>
  )
}
