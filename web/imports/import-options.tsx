import { day } from '#i18n/format.ts'
import { readBudgets } from '#worker/budgets/store.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import type { Database } from '#worker/database/connect.ts'
import { readDimensions } from '#worker/dimensions/store.ts'
import type { Register } from '#worker/imports/import-field.ts'
import { changeChoices } from '#worker/imports/open-sheet-import.ts'
import { readSheetImport } from '#worker/imports/store.ts'
import { readFirstDay } from '#worker/opening-balance/plan-store.ts'
import { dayIn } from '../day-field.tsx'
import { TextField } from '../fields.tsx'
import { type Page, textsOf } from '../page.tsx'
import { Pick } from './sheet-page.tsx'

/** What the user may choose among where a sheet cannot say it itself. */
export type OptionFacts = Awaited<ReturnType<typeof readOptionFacts>>
export async function readOptionFacts(db: Database) {
  const [dimensions, budgets, types, begins] = await Promise.all([
    readDimensions(db),
    readBudgets(db),
    readVoucherTypes(db),
    readFirstDay(db),
  ])
  return {
    dimensions,
    budgets: budgets.filter((b) => b.state === 'draft'),
    types: types.filter((t) => t.active),
    /** The day this ledger's own figures begin. */
    begins: begins ?? '',
  }
}

/** Options that are days. */
const DAYS = ['date', 'closeMissingFrom'] as const

/** Which options a register has, with what is usual. */
function usualOptions(register: Register, facts: OptionFacts): Record<string, string> {
  switch (register) {
    case 'dimensions':
      return { dimension: facts.dimensions[0]?.key ?? '' }
    case 'comparison':
      return { date: facts.begins }
    case 'budget':
      return { budget: facts.budgets[0]?.id ?? '' }
    default:
      return {}
  }
}

/** Fills in what is usual, the first time a sheet is opened. */
export async function withUsualOptions(c: Page, id: string, facts: OptionFacts): Promise<void> {
  const found = await readSheetImport(c.var.db, id)
  if (found?.state !== 'open') return
  const missing = Object.entries(usualOptions(found.register, facts)).filter(
    ([name, value]) => value !== '' && found.choices.options[name] === undefined,
  )
  if (missing.length > 0) await changeChoices(c.var, id, { options: Object.fromEntries(missing) })
}

/** The fields of what a sheet cannot say itself. */
export function ImportOptions({
  c,
  register,
  options,
  facts,
  faults,
}: {
  c: Page
  register: Register
  options: Readonly<Record<string, string>>
  facts: OptionFacts
  faults: ReadonlyMap<string, string>
}) {
  const words = textsOf(c).imports.sheet
  const own = c.var.locale === 'nb' ? 'nameNb' : 'nameEn'
  const date = (label: string, name: (typeof DAYS)[number] = 'date') => {
    const value = options[name] ? day(options[name]) : ''
    return <TextField label={label} name={`option-${name}`} value={value} faults={faults} day />
  }
  switch (register) {
    case 'chart':
      return date(words.closeMissing, 'closeMissingFrom')
    case 'dimensions':
      return (
        <Pick
          label={words.dimension}
          name="option-dimension"
          value={options.dimension ?? ''}
          options={facts.dimensions.map((d) => [d.key, d[own]])}
        />
      )
    case 'balances':
      return date(words.date)
    case 'comparison':
      return date(words.comparedBefore)
    case 'open-items':
      return (
        <>
          <Pick
            label={words.kind}
            name="option-kind"
            value={options.kind ?? 'customer'}
            options={[
              ['customer', words.kinds.customer],
              ['supplier', words.kinds.supplier],
            ]}
          />
          {date(words.date)}
        </>
      )
    case 'budget':
      return facts.budgets.length === 0 ? (
        <p class="hb-error-text">{words.noBudget}</p>
      ) : (
        <Pick
          label={words.budget}
          name="option-budget"
          value={options.budget ?? ''}
          options={facts.budgets.map((b) => [b.id, `${b.year} ${b.name}`])}
        />
      )
    case 'vouchers':
      return (
        <>
          {date(words.voucherDate)}
          <Pick
            label={words.voucherType}
            name="option-type"
            value={options.type ?? 'general'}
            options={facts.types.map((t) => [t.key, `${t.series} ${t[own]}`])}
          />
        </>
      )
    default:
      return null
  }
}

/** A day as it was typed, as it is kept. */
export const optionValue = (name: string, value: string): string =>
  DAYS.some((day) => day === name) ? (dayIn(value) ?? value) : value
