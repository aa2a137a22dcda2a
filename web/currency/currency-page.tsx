import { day, fill, moment } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { addDays } from '#worker/core/dates.ts'
import { changeRates, fetchRates } from '#worker/currency/change-rates.ts'
import { NewRate, RatesToFetch, rateFrom } from '#worker/currency/rate.ts'
import { type KeptRate, readNewestRates, readRates } from '#worker/currency/store.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { dayIn, today } from '../day-field.tsx'
import { ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Earlier rates on the page. */
const MOST = 200
/** Asked for where the company has no rates yet. */
const USUAL = ['EUR', 'USD', 'SEK', 'DKK', 'GBP']

type Told = { tried?: Tried; form?: 'add' | 'fetch'; message?: string }

/** Newest rate of each currency, the earlier ones, and the ways to get more: by hand, or from Norges Bank. */
export async function currencyPage(c: Page, told: Told = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.currency
  const { db, access, control } = c.var
  const currency = /^[A-Z]{3}$/.exec(c.req.query('currency') ?? '')?.[0]
  const newest = await readNewestRates(db, today())
  const earlier = await readRates(db, { currency }, MOST)
  const names = await readNames(control, [...new Set([...newest, ...earlier].map((rate) => rate.by))])
  const mayWrite = mayDo(access, 'register:write')
  return page(
    c,
    { title: words.title, area: 'currency', status: (told.tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          {mayDo(access, 'subledger:read') && (
            <a class="ds-button" data-variant="secondary" href={companyPath(access, '/currency/revaluation')}>
              {words.revaluation.title}
            </a>
          )}
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary
          c={c}
          tried={told.tried}
          form={told.form}
          fields={['currency', 'date', 'rate', 'currencies', 'fromDate', 'toDate']}
        />
        {told.message && (
          <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
            <p>{told.message}</p>
          </div>
        )}
      </div>
      <div class="hb-columns" data-side>
        <section>
          <div class="hb-section-head">
            <h2>{words.newest}</h2>
          </div>
          {newest.length === 0 ? (
            <p class="hb-quiet">{words.none}</p>
          ) : (
            <Rates c={c} rates={newest} names={names} linked />
          )}
          {earlier.length > 0 && (
            <div class="hb-section">
              <div class="hb-section-head">
                <h2>
                  {words.earlier} {currency}
                </h2>
                {currency && <a href={companyPath(access, '/currency')}>{words.all}</a>}
              </div>
              <Rates c={c} rates={earlier} names={names} />
            </div>
          )}
        </section>
        {mayWrite && (
          <section>
            <AddForm c={c} told={told} />
            <FetchForm c={c} told={told} currencies={newest.map((rate) => rate.currency)} />
          </section>
        )}
      </div>
    </>,
  )
}

type RatesProps = { c: Page; rates: readonly KeptRate[]; names: ReadonlyMap<string, string>; linked?: boolean }

function Rates({ c, rates, names, linked }: RatesProps) {
  const t = textsOf(c)
  const { column, sources } = t.currency
  const { locale } = c.var
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{column.currency}</th>
          <th>{column.date}</th>
          <th class="hb-num">{column.rate}</th>
          <th class="hb-num">{column.unit}</th>
          <th>{column.source}</th>
          <th>{column.at}</th>
        </tr>
      </thead>
      <tbody>
        {rates.map((rate) => (
          <tr>
            <td>
              {linked ? (
                <a class="hb-opens" href={`?currency=${rate.currency}`}>
                  {rate.currency}
                </a>
              ) : (
                rate.currency
              )}
            </td>
            <td class="hb-date" data-line="2">
              {day(rate.date)}
            </td>
            <td class="hb-num">{fill('{rate:decimal}', { rate: rate.rate }, locale)}</td>
            <td class="hb-num hb-only-wide">{rate.unit}</td>
            <td data-line="2">{sources[rate.source]}</td>
            <td class="hb-quiet hb-small hb-only-wide">
              {moment(rate.recordedAt)} {names.get(rate.by) ?? (rate.by === 'operator' ? t.shell.person.operator : '')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function AddForm({ c, told }: { c: Page; told: Told }) {
  const t = textsOf(c)
  const words = t.currency.add
  const own = told.form === 'add' ? told.tried : undefined
  const faults = faultsOf(own, c.var.locale)
  const sent = own?.fields
  const texts = { form: 'add', faults }
  return (
    <form class="hb-form" method="post" action={companyPath(c.var.access, '/currency')}>
      <h2>{words.title}</h2>
      <div class="hb-form-row">
        <TextField
          {...texts}
          label={words.currency}
          name="currency"
          value={sent?.currency}
          help={words.currencyHelp}
          maxlength={3}
          required
        />
        <TextField
          {...texts}
          label={words.date}
          name="date"
          value={sent?.date ?? day(today())}
          placeholder={t.shell.dayHint}
          day
          required
        />
      </div>
      <div class="hb-form-row">
        <TextField {...texts} label={words.rate} name="rate" value={sent?.rate} inputmode="decimal" required />
        <SelectField
          {...texts}
          label={words.unit}
          name="unit"
          value={sent?.unit ?? '1'}
          options={[
            ['1', '1'],
            ['100', '100'],
          ]}
        />
      </div>
      <p class="hb-quiet">{words.note}</p>
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  )
}

function FetchForm({ c, told, currencies }: { c: Page; told: Told; currencies: readonly string[] }) {
  const t = textsOf(c)
  const words = t.currency.fetch
  const own = told.form === 'fetch' ? told.tried : undefined
  const faults = faultsOf(own, c.var.locale)
  const sent = own?.fields
  const texts = { form: 'fetch', faults }
  return (
    <form class="hb-form hb-section" method="post" action={companyPath(c.var.access, '/currency/fetch')}>
      <h2>{words.title}</h2>
      <TextField
        {...texts}
        label={words.currencies}
        name="currencies"
        value={sent?.currencies ?? (currencies.length > 0 ? currencies : USUAL).join(' ')}
        required
      />
      <div class="hb-form-row">
        <TextField
          {...texts}
          label={words.from}
          name="fromDate"
          value={sent?.fromDate ?? day(addDays(today(), -30))}
          placeholder={t.shell.dayHint}
          day
          required
        />
        <TextField
          {...texts}
          label={words.to}
          name="toDate"
          value={sent?.toDate ?? day(today())}
          placeholder={t.shell.dayHint}
          day
          required
        />
      </div>
      <div class="hb-form-actions">
        <button class="ds-button" data-variant="secondary" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  )
}

const dayOr = (text: string | undefined): string => dayIn(text) ?? text ?? ''

export async function submitRate(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const wanted = {
        currency: fields.currency?.toUpperCase() ?? '',
        date: dayOr(fields.date),
        rate: (fields.rate ?? '').replace(/\s/g, '').replace(',', '.'),
        unit: fields.unit === '100' ? 100 : 1,
      }
      await changeRates(actingOf(c), [rateFrom(parse(wanted, NewRate))])
      return currencyPage(c, { message: textsOf(c).currency.saved })
    },
    (tried) => currencyPage(c, { tried, form: 'add' }),
  )
}

export async function submitRateFetch(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const currencies = (fields.currencies ?? '').toUpperCase().split(/[\s,;+]+/)
      const wanted = { currencies, fromDate: dayOr(fields.fromDate), toDate: dayOr(fields.toDate) }
      const done = await fetchRates(actingOf(c), c.env, parse(wanted, RatesToFetch))
      const { written, unchanged } = done
      const kept = done.kept.length === 0 ? null : done.kept.length
      return currencyPage(c, {
        message: fill(textsOf(c).currency.fetch.done, { written, unchanged, kept }, c.var.locale),
      })
    },
    (tried) => currencyPage(c, { tried, form: 'fetch' }),
  )
}
