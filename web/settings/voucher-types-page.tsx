import { mayDo, PERMISSIONS } from '#worker/access/permission.ts'
import { changeVoucherType, createVoucherType } from '#worker/chart/change-voucher-types.ts'
import { NewVoucherType, VoucherTypeChange } from '#worker/chart/chart-voucher-type.ts'
import { type KeptVoucherType, readVoucherType, readVoucherTypes } from '#worker/chart/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { readDimensions } from '#worker/dimensions/store.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { REQUIRABLE } from '#worker/ledger/voucher-type.ts'
import { CheckField, ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Named = { nameNb: string; nameEn: string }
const nameOf = (one: Named, c: Page): string => (c.var.locale === 'nb' ? one.nameNb : one.nameEn)
const POSTERS = PERMISSIONS['ledger:post']
const FIELDS = ['key', 'series', 'nameNb', 'nameEn', 'proposedAccount', 'proposedCounterAccount']

/** Every voucher type with what is asked of it. */
export async function voucherTypesPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.voucherTypes
  const { access, db } = c.var
  const [types, dimensions] = await Promise.all([readVoucherTypes(db), readDimensions(db)])
  const mayWrite = mayDo(access, 'register:write')
  const wordOf = (field: string) => {
    const dimension = dimensions.find((d) => `dimension:${d.key}` === field)
    return dimension ? nameOf(dimension, c) : (words.require[field as keyof typeof words.require] ?? field)
  }
  return page(
    c,
    {
      title: words.title,
      area: 'settings',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          {mayWrite && (
            <a class="ds-button" href={companyPath(access, '/settings/voucher-types/new')}>
              {words.new}
            </a>
          )}
        </div>
      </div>
      <table class="hb-table" data-rows data-list>
        <thead>
          <tr>
            <th>{words.column.series}</th>
            <th>{words.column.name}</th>
            <th>{words.column.roles}</th>
            <th>{words.column.required}</th>
            <th>{words.column.payment}</th>
            <th>{words.column.status}</th>
          </tr>
        </thead>
        <tbody>
          {types.map((type) => (
            <tr>
              <td class="hb-accno" data-line="2">
                {type.series}
              </td>
              <td>
                <a
                  class="hb-opens hb-row-link"
                  href={companyPath(access, `/settings/voucher-types/${encodeURIComponent(type.key)}`)}
                >
                  {nameOf(type, c)}
                </a>
              </td>
              <td class={type.allowedRoles ? undefined : 'hb-faint'} data-line="2">
                {type.allowedRoles?.map((role) => t.shell.roles[role]).join(', ') ?? words.everyone}
              </td>
              <td data-line="2">{type.required.map(wordOf).join(', ')}</td>
              <td class="hb-quiet hb-only-wide">{type.offeredForPayment && words.offered}</td>
              <td>
                <span class="hb-chip" data-state={type.active && type.used ? 'proven' : undefined}>
                  {type.active ? (type.used ? words.active : words.neverUsed) : words.retired}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <a href={companyPath(access, '/settings')} data-key="Escape" hidden>
        {t.settings.title}
      </a>
    </>,
  )
}

/** A new voucher type. */
export const newVoucherTypePage = (c: Page, tried?: Tried): Promise<Response> => typeForm(c, undefined, tried)

/** A voucher type with what may be changed of it. @throws Problem 404 voucher-type/unknown. */
export async function voucherTypePage(c: Page, tried?: Tried): Promise<Response> {
  const key = pathText(c, 'voucherType')
  const kept = await readVoucherType(c.var.db, key)
  if (!kept) throw new Problem(404, 'voucher-type/unknown', { params: { voucherType: key } })
  return typeForm(c, kept, tried)
}

async function typeForm(c: Page, kept: KeptVoucherType | undefined, tried: Tried | undefined): Promise<Response> {
  const t = textsOf(c)
  const words = t.voucherTypes
  const { access, locale, db } = c.var
  const dimensions = await readDimensions(db)
  const mayWrite = mayDo(access, 'register:write')
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  const list = companyPath(access, '/settings/voucher-types')
  const title = kept ? `${kept.series} ${nameOf(kept, c)}` : words.new
  const value = (name: 'key' | 'series' | 'nameNb' | 'nameEn' | 'proposedAccount' | 'proposedCounterAccount') =>
    sent ? sent[name] : kept?.[name]
  const chosen = (name: 'allowedRoles' | 'required', one: string): boolean =>
    sent ? (sent[name] ?? '').split(',').includes(one) : ((kept?.[name] ?? []) as readonly string[]).includes(one)
  const text = (name: Parameters<typeof value>[0], more: object = {}) => (
    <TextField
      label={words.fields[name]}
      name={name}
      value={value(name)}
      faults={faults}
      readonly={!mayWrite}
      {...more}
    />
  )
  const requirable: [string, string][] = [
    ...REQUIRABLE.map((field): [string, string] => [field, words.require[field]]),
    ...dimensions.map((d): [string, string] => [`dimension:${d.key}`, nameOf(d, c)]),
  ]
  return page(
    c,
    {
      title,
      area: 'settings',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>{kept && (kept.active ? (kept.used ? words.active : words.neverUsed) : words.retired)}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={FIELDS} />
      </div>
      <form class="hb-form" method="post" action={kept ? `${list}/${encodeURIComponent(kept.key)}` : list}>
        {kept && <input type="hidden" name="version" value={String(kept.version)} />}
        {!kept && (
          <div class="hb-form-row">
            {text('series', { help: words.fields.seriesHelp, maxlength: 8, required: true })}
            {text('key', { help: words.fields.keyHelp, maxlength: 40, required: true })}
          </div>
        )}
        <div class="hb-form-row">
          {text('nameNb', { maxlength: 100, required: true })}
          {text('nameEn', { maxlength: 100 })}
        </div>
        <div class="hb-form-row">
          {text('proposedAccount', { help: words.fields.proposedHelp, inputmode: 'numeric' })}
          {text('proposedCounterAccount', { inputmode: 'numeric' })}
        </div>
        <Checks
          legend={words.fields.roles}
          help={words.fields.rolesHelp}
          name="allowedRoles"
          options={POSTERS.map((role) => [role, t.shell.roles[role], chosen('allowedRoles', role)])}
        />
        <Checks
          legend={words.fields.required}
          help={words.fields.requiredHelp}
          name="required"
          options={requirable.map(([field, word]) => [field, word, chosen('required', field)])}
        />
        <CheckField
          label={words.fields.offeredForPayment}
          name="offeredForPayment"
          checked={sent ? sent.offeredForPayment === 'yes' : (kept?.offeredForPayment ?? false)}
        />
        {kept && (
          <CheckField label={words.fields.active} name="active" checked={sent ? sent.active === 'yes' : kept.active} />
        )}
        {mayWrite ? (
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              {kept ? t.registers.save : words.create}
            </button>
            <a class="ds-button" data-variant="tertiary" href={list} data-key="Escape">
              {t.registers.cancel}
            </a>
          </div>
        ) : (
          <p class="hb-quiet">{t.settings.lacking}</p>
        )}
      </form>
    </>,
  )
}

type ChecksProps = {
  legend: string
  help: string
  name: string
  options: readonly (readonly [value: string, text: string, checked: boolean])[]
}

const Checks = ({ legend, help, name, options }: ChecksProps) => (
  <fieldset class="hb-checks" aria-describedby={`help-${name}`}>
    <legend class="ds-label">{legend}</legend>
    {options.map(([value, text, checked]) => (
      <label class="hb-check">
        <input type="checkbox" name={name} value={value} checked={checked} />
        {text}
      </label>
    ))}
    <small id={`help-${name}`}>{help}</small>
  </fieldset>
)

const listOf = (text: string | undefined): string[] => text?.split(',') ?? []

const rulesOf = (fields: Fields) => ({
  allowedRoles: fields.allowedRoles ? listOf(fields.allowedRoles) : null,
  required: listOf(fields.required),
  proposedAccount: fields.proposedAccount ?? null,
  proposedCounterAccount: fields.proposedCounterAccount ?? null,
  offeredForPayment: fields.offeredForPayment === 'yes',
})

export async function submitNewVoucherType(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { key = '', series = '', nameNb = '', nameEn } = fields
      const wanted = { key, series: series.toUpperCase(), nameNb, ...(nameEn && { nameEn }), ...rulesOf(fields) }
      await createVoucherType(actingOf(c), parse(wanted, NewVoucherType))
      return c.redirect(companyPath(c.var.access, '/settings/voucher-types'), 303)
    },
    (tried) => newVoucherTypePage(c, tried),
  )
}

export async function submitVoucherType(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { nameNb = '', nameEn = nameNb } = fields
      const change = parse({ nameNb, nameEn, active: fields.active === 'yes', ...rulesOf(fields) }, VoucherTypeChange)
      const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
      await changeVoucherType(actingOf(c), pathText(c, 'voucherType'), change, version)
      return c.redirect(companyPath(c.var.access, '/settings/voucher-types'), 303)
    },
    (tried) => voucherTypePage(c, tried),
  )
}
