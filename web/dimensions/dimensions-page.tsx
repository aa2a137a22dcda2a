import { counted, day, fill } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { type KeptAccount, readChart } from '#worker/chart/store.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Dimension, DimensionValue } from '#worker/dimensions/dimension.ts'
import { readDimensions, readValues } from '#worker/dimensions/store.ts'
import { pathText } from '#worker/http/accept.ts'
import { ErrorSummary, faultsOf, TextField, type Tried } from '../fields.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { DemandForm, NamesForm, ValueForm } from './dimension-forms.tsx'

export type Told = { tried?: Tried; form?: 'dimension' | 'value' | 'account' | 'names' }
const status = (tried: Tried | undefined) => (tried?.problem.status as 422 | undefined) ?? 200
const nameOf = (c: Page, d: Pick<Dimension, 'nameNb' | 'nameEn'>) => (c.var.locale === 'nb' ? d.nameNb : d.nameEn)

/** The dimensions of the company: what each is called, how many values it has, and how it is numbered. */
export async function dimensionsPage(c: Page, told: Told = {}): Promise<Response> {
  const words = textsOf(c).dimensions
  const { db, access, locale } = c.var
  const dimensions = await readDimensions(db)
  const values = await Promise.all(dimensions.map((d) => readValues(db, d.key)))
  const faults = faultsOf(told.tried, locale)
  const sent = told.tried?.fields
  return page(
    c,
    { title: words.title, area: 'dimensions', status: status(told.tried) },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={told.tried} fields={['key', 'nameNb', 'nameEn']} />
      </div>
      <div class="hb-columns" data-side>
        <section>
          <table class="hb-table" data-rows data-list>
            <thead>
              <tr>
                <th>{words.column.name}</th>
                <th>{words.column.key}</th>
                <th>{words.column.values}</th>
                <th>{words.column.accounts}</th>
                <th>{words.column.series}</th>
              </tr>
            </thead>
            <tbody>
              {dimensions.map((d, i) => (
                <tr>
                  <td>
                    <a class="hb-opens hb-row-link" href={companyPath(access, `/dimensions/${d.key}`)}>
                      {nameOf(c, d)}
                    </a>
                  </td>
                  <td class="hb-quiet hb-only-wide">{d.key}</td>
                  <td data-line="2">{counted(values[i]!.length, words.values, locale)}</td>
                  <td class="hb-only-wide">{counted(Object.keys(d.rules).length, words.accounts, locale)}</td>
                  <td class="hb-only-wide">{d.series && exampleOf(d.series)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {mayDo(access, 'register:write') && (
          <section>
            <form class="hb-form" method="post" action={companyPath(access, '/dimensions')}>
              <h2>{words.add.title}</h2>
              <TextField
                label={words.add.nameNb}
                name="nameNb"
                value={sent?.nameNb}
                faults={faults}
                maxlength={100}
                required
              />
              <TextField label={words.add.nameEn} name="nameEn" value={sent?.nameEn} faults={faults} maxlength={100} />
              <TextField
                label={words.add.key}
                name="key"
                value={sent?.key}
                help={words.add.keyHelp}
                faults={faults}
                maxlength={40}
                required
              />
              <div class="hb-form-actions">
                <button class="ds-button" type="submit">
                  {words.add.submit}
                </button>
              </div>
            </form>
          </section>
        )}
      </div>
    </>,
  )
}

const exampleOf = ({ prefix, digits, lastNumber }: NonNullable<Dimension['series']>): string =>
  `${prefix}${String(lastNumber + 1).padStart(digits, '0')}`

/** One dimension: its values, what accounts demand of it, and its names. @throws Problem 404 dimension/unknown. */
export async function dimensionPage(c: Page, told: Told = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.dimensions
  const { db, access, locale } = c.var
  const key = pathText(c, 'dimension')
  const dimension = (await readDimensions(db)).find((d) => d.key === key)
  if (!dimension) throw new Problem(404, 'dimension/unknown', { params: { dimension: key } })
  const [values, chart] = await Promise.all([readValues(db, key), readChart(db)])
  const mayWrite = mayDo(access, 'register:write')
  return page(
    c,
    {
      title: nameOf(c, dimension),
      area: 'dimensions',
      status: status(told.tried),
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{nameOf(c, dimension)}</h1>
          <p>
            {counted(values!.length, words.values, locale)}
            {dimension.series && ` · ${fill(words.next, { code: exampleOf(dimension.series) }, locale)}`}
          </p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, `/trial-balance`)}>
            {t.shell.areas.trialBalance}
          </a>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary
          c={c}
          tried={told.tried}
          form={told.form}
          fields={['code', 'name', 'closedFrom', 'account', 'rule', 'nameNb', 'nameEn', 'prefix', 'digits']}
        />
      </div>
      <div class="hb-columns" data-side>
        <section>
          <h2>{words.column.values}</h2>
          <Values c={c} dimension={dimension} values={values!} mayWrite={mayWrite} />
          <div class="hb-section">
            <h2>{words.demands.title}</h2>
            <Demands c={c} dimension={dimension} chart={chart} />
          </div>
        </section>
        {mayWrite && (
          <section>
            <ValueForm c={c} dimension={dimension} told={told} />
            <DemandForm c={c} dimension={dimension} values={values!} told={told} />
            <NamesForm c={c} dimension={dimension} told={told} />
          </section>
        )}
      </div>
      <a href={companyPath(access, '/dimensions')} data-key="Escape" hidden>
        {words.title}
      </a>
    </>,
  )
}

type ValuesProps = { c: Page; dimension: Dimension; values: readonly DimensionValue[]; mayWrite: boolean }

function Values({ c, dimension, values, mayWrite }: ValuesProps) {
  const words = textsOf(c).dimensions
  const { access, locale } = c.var
  if (values.length === 0) return <p class="hb-quiet">{words.noValues}</p>
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{words.value.code}</th>
          <th data-width="wide">{words.value.name}</th>
          <th>{words.value.state}</th>
          {mayWrite && <th class="hb-no-print">{words.value.change}</th>}
        </tr>
      </thead>
      <tbody>
        {values.map((v) => {
          const path = companyPath(access, `/dimensions/${dimension.key}/values/${encodeURIComponent(v.code)}`)
          const closed = v.closedFrom !== null
          return (
            <tr>
              <td class="hb-accno">{v.code}</td>
              <td>
                <a
                  class="hb-opens"
                  href={companyPath(access, `/trial-balance?${new URLSearchParams({ [dimension.key]: v.code })}`)}
                >
                  {v.name}
                </a>
              </td>
              <td data-line="2">
                {closed ? (
                  <span class="hb-chip">{fill(words.value.closed, { date: v.closedFrom }, locale)}</span>
                ) : (
                  words.value.open
                )}
              </td>
              {mayWrite && (
                <td class="hb-no-print" data-line="2">
                  <details>
                    <summary>{words.value.edit}</summary>
                    <form class="hb-form" method="post" action={path}>
                      <input type="hidden" name="version" value={String(v.version)} />
                      <TextField label={words.value.name} name="name" form={`v-${v.code}`} value={v.name} required />
                      <TextField
                        label={words.value.closedFrom}
                        name="closedFrom"
                        form={`v-${v.code}`}
                        value={v.closedFrom && day(v.closedFrom)}
                        help={words.value.closedFromHelp}
                        placeholder={textsOf(c).shell.dayHint}
                        day
                      />
                      <div class="hb-form-actions">
                        <button class="ds-button" data-variant="secondary" type="submit">
                          {textsOf(c).registers.save}
                        </button>
                      </div>
                    </form>
                  </details>
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Demands({ c, dimension, chart }: { c: Page; dimension: Dimension; chart: readonly KeptAccount[] }) {
  const words = textsOf(c).dimensions.demands
  const { locale } = c.var
  const names = new Map(chart.map(({ account }) => [account.number, locale === 'nb' ? account.nameNb : account.nameEn]))
  const accounts = [...new Set([...Object.keys(dimension.rules), ...Object.keys(dimension.defaults)])].sort()
  if (accounts.length === 0) return <p class="hb-quiet">{words.none}</p>
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{words.account}</th>
          <th data-width="wide">{words.name}</th>
          <th>{words.rule}</th>
          <th>{words.usual}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr>
            <td class="hb-accno">{account}</td>
            <td>{names.get(account)}</td>
            <td data-line="2">{words.rules[dimension.rules[account] ?? 'optional']}</td>
            <td data-line="2">{dimension.defaults[account]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
