import { fill, kroner, type Locale } from '#i18n/format.ts'
import { type SettingsDifference, VOUCHER_TYPE } from '#worker/companies/settings-difference.ts'
import { copyingOf } from '#worker/companies/settings-routes.ts'
import { type Copying, compareSettings, readSources, takeSettings } from '#worker/companies/take-settings.ts'
import { ErrorSummary, SelectField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Another company's settings beside one's own: what differs, to be chosen and taken over. */
export async function copySettingsPage(c: Page, tried?: Tried, copied?: number): Promise<Response> {
  const t = textsOf(c)
  const words = t.copySettings
  const { access, locale } = c.var
  const copying: Copying = copyingOf(c)
  const from = tried?.fields.from ?? c.req.query('from')
  const sources = await readSources(copying)
  const found = from ? await compareSettings(copying, from, sources) : undefined
  const address = companyPath(access, '/settings/copy')
  return page(
    c,
    { title: words.title, area: 'settings', status: (tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} />
        {copied !== undefined && (
          <p class="hb-notice" data-level="done" role="status">
            {fill(words.done, { count: copied }, locale)}
          </p>
        )}
      </div>
      {sources.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <form class="hb-form" method="get" action={address} data-auto>
          <SelectField
            label={words.from}
            name="from"
            form="copy"
            value={found?.from ?? ''}
            options={[['', words.choose], ...sources.map((one) => [one.id, one.name] as const)]}
            faults={new Map()}
          />
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.show}
            </button>
          </div>
        </form>
      )}
      {found &&
        (found.differences.length === 0 ? (
          <p class="hb-quiet">{fill(words.same, { company: found.name }, locale)}</p>
        ) : (
          <form method="post" action={address}>
            <input type="hidden" name="from" value={found.from} />
            <table class="hb-table">
              <thead>
                <tr>
                  <th>{words.column.take}</th>
                  <th data-width="wide">{words.column.here}</th>
                  <th data-width="wide">{found.name}</th>
                </tr>
              </thead>
              <tbody>
                {found.differences.map((one) => (
                  <tr>
                    <td>
                      <label class="hb-check">
                        <input type="checkbox" name={`take-${one.key}`} value="yes" checked />
                        {nameOf(one, c)}
                      </label>
                    </td>
                    <td>{shown(one, one.was, c)}</td>
                    <td>{shown(one, one.becomes, c)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <div class="hb-form-actions">
              <button class="ds-button" type="submit">
                {words.submit}
              </button>
            </div>
          </form>
        ))}
    </>,
  )
}

export async function submitCopySettings(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const keys = Object.keys(fields).flatMap((name) => (name.startsWith('take-') ? [name.slice('take-'.length)] : []))
      const changed = await takeSettings(copyingOf(c), fields.from ?? '', keys)
      return copySettingsPage(c, undefined, changed.length)
    },
    (tried) => copySettingsPage(c, tried),
  )
}

const typeOf = (key: string): string => key.slice(VOUCHER_TYPE.length)

function nameOf({ key, was, becomes }: SettingsDifference, c: Page): string {
  const t = textsOf(c)
  if (!key.startsWith(VOUCHER_TYPE)) return t.copySettings.settings[key as keyof typeof t.copySettings.settings]
  const named = { ...(was as object), ...(becomes as object) } as { nameNb?: string; nameEn?: string }
  const name = (c.var.locale === 'nb' ? named.nameNb : named.nameEn) ?? typeOf(key)
  return fill(t.copySettings.voucherType, { name }, c.var.locale)
}

function shown({ key }: SettingsDifference, value: unknown, c: Page): string {
  const { locale } = c.var
  const t = textsOf(c)
  const words = t.copySettings
  if (value === null) return words.missing
  if (key === 'vatTerm') return t.settings.company.vatTerms[value as 'year']
  if (key === 'modules') return (value as string[]).map((m) => words.modules[m as 'ledger'] ?? m).join(', ')
  if (typeof value === 'number') return kroner(value, locale)
  return Object.entries(value as object)
    .filter(([field]) => field in words.fields)
    .map(([field, one]) => `${words.fields[field as keyof typeof words.fields]}: ${inWords(one, c, locale)}`)
    .join('. ')
}

function inWords(value: unknown, c: Page, locale: Locale): string {
  const t = textsOf(c)
  const words = t.copySettings
  if (value === null || (Array.isArray(value) && value.length === 0)) return words.nothing
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (!Array.isArray(value)) return String(value)
  const named = { ...t.voucherTypes.require, ...t.shell.roles } as Record<string, string>
  return new Intl.ListFormat(locale).format(value.map((one) => named[one] ?? one))
}
