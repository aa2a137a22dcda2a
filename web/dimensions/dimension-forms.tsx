import type { Dimension, DimensionValue } from '#worker/dimensions/dimension.ts'
import { today } from '../day-field.tsx'
import { faultsOf, SelectField, TextField } from '../fields.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import type { Told } from './dimensions-page.tsx'

type FormProps = { c: Page; dimension: Dimension; told: Told }
const sentIn = (told: Told, form: Told['form']) => (told.form === form ? told.tried : undefined)

/** A new value, under a code or the next number. */
export function ValueForm({ c, dimension, told }: FormProps) {
  const words = textsOf(c).dimensions.value
  const tried = sentIn(told, 'value')
  const faults = faultsOf(tried, c.var.locale)
  return (
    <form class="hb-form" method="post" action={companyPath(c.var.access, `/dimensions/${dimension.key}/values`)}>
      <h2>{words.add}</h2>
      <div class="hb-form-row">
        <TextField
          label={words.code}
          name="code"
          form="value"
          value={tried?.fields.code}
          help={dimension.series ? words.codeHelp : undefined}
          faults={faults}
          maxlength={35}
          required={dimension.series === null}
        />
        <TextField label={words.name} name="name" form="value" value={tried?.fields.name} faults={faults} required />
      </div>
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  )
}

/** What an account demands of the dimension, and the value its lines usually get. */
export function DemandForm({ c, dimension, values, told }: FormProps & { values: readonly DimensionValue[] }) {
  const words = textsOf(c).dimensions.demands
  const tried = sentIn(told, 'account')
  const faults = faultsOf(tried, c.var.locale)
  const open = values.filter((v) => v.closedFrom === null || v.closedFrom > today())
  return (
    <form
      class="hb-form hb-section"
      method="post"
      action={companyPath(c.var.access, `/dimensions/${dimension.key}/accounts`)}
    >
      <h2>{words.set}</h2>
      <div class="hb-form-row">
        <TextField
          label={words.account}
          name="account"
          form="account"
          value={tried?.fields.account}
          help={words.accountHelp}
          faults={faults}
          inputmode="numeric"
          required
        />
        <SelectField
          label={words.rule}
          name="rule"
          form="account"
          value={tried?.fields.rule ?? 'optional'}
          faults={faults}
          options={Object.entries(words.rules)}
        />
      </div>
      <SelectField
        label={words.usual}
        name="usual"
        form="account"
        value={tried?.fields.usual}
        help={words.usualHelp}
        options={[['', textsOf(c).registers.none], ...open.map((v) => [v.code, `${v.code} ${v.name}`] as const)]}
      />
      <div class="hb-form-actions">
        <button class="ds-button" data-variant="secondary" type="submit">
          {textsOf(c).registers.save}
        </button>
      </div>
    </form>
  )
}

/** What the dimension is called, and how its values are numbered. */
export function NamesForm({ c, dimension, told }: FormProps) {
  const t = textsOf(c)
  const words = t.dimensions
  const tried = sentIn(told, 'names')
  const faults = faultsOf(tried, c.var.locale)
  const sent = tried?.fields
  return (
    <form class="hb-form hb-section" method="post" action={companyPath(c.var.access, `/dimensions/${dimension.key}`)}>
      <h2>{words.names}</h2>
      <TextField
        label={words.add.nameNb}
        name="nameNb"
        form="names"
        value={sent ? sent.nameNb : dimension.nameNb}
        faults={faults}
        required
      />
      <TextField
        label={words.add.nameEn}
        name="nameEn"
        form="names"
        value={sent ? sent.nameEn : dimension.nameEn}
        faults={faults}
        required
      />
      <div class="hb-form-row">
        <TextField
          label={words.series.prefix}
          name="prefix"
          form="names"
          value={sent ? sent.prefix : dimension.series?.prefix}
          maxlength={20}
        />
        <TextField
          label={words.series.digits}
          name="digits"
          form="names"
          value={sent ? sent.digits : dimension.series?.digits.toString()}
          help={words.series.help}
          inputmode="numeric"
        />
      </div>
      <div class="hb-form-actions">
        <button class="ds-button" data-variant="secondary" type="submit">
          {t.registers.save}
        </button>
      </div>
    </form>
  )
}
