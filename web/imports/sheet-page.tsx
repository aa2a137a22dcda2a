import { counted, fill, kroner, type Locale } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { fieldName, registerName, sheetToldText, whyText } from '#i18n/sheet-import-text.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { FIELDS, fieldsOf } from '#worker/imports/import-field.ts'
import type { Choices } from '#worker/imports/import-reading.ts'
import { changeChoices, type Opened, openSheetImport } from '#worker/imports/open-sheet-import.ts'
import { dropSheet, importContext } from '#worker/imports/routes.ts'
import { makeImport, type Trial, tryImport } from '#worker/imports/try-import.ts'
import { ErrorSummary, faultsOf, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { ImportOptions, optionValue, readOptionFacts, withUsualOptions } from './import-options.tsx'
import { RowTable } from './row-table.tsx'

/** Rows of a sheet that its headings may stand in, as far as one is offered. */
const HEADER_ROWS = 15

/** How a sheet is read, column by column, and what would become of each row; the import opens when all is understood. */
export async function sheetPage(c: Page, tried?: Tried): Promise<Response> {
  const id = pathText(c, 'sheet')
  const ctx = importContext(c)
  const facts = await readOptionFacts(c.var.db)
  await withUsualOptions(c, id, facts)
  let trial: Trial | undefined
  let fault = tried
  let opened: Opened
  try {
    const found = await tryImport(ctx, id)
    opened = found.opened
    trial = found.trial
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'import/unknown') throw error
    if (error.code === 'import/done') return c.redirect(companyPath(c.var.access, `/imports/${id}`), 303)
    opened = await openSheetImport(ctx, id)
    fault ??= { fields: {}, problem: error }
  }
  const { sheetImport, layout, sheet, file, told } = opened
  const t = textsOf(c)
  const words = t.imports.sheet
  const { locale, access } = c.var
  const { register } = sheetImport
  const shown = trial?.told ?? told
  return page(
    c,
    {
      title: sheetImport.fileName ?? registerName(register, locale),
      area: 'imports',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1 class="hb-break">{sheetImport.fileName ?? t.imports.noName}</h1>
          <p>{registerName(register, locale)}</p>
        </div>
        <form class="hb-actions" method="post" action={companyPath(access, `/imports/sheets/${id}/removal`)}>
          <button class="ds-button" data-variant="tertiary" type="submit">
            {words.drop}
          </button>
        </form>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={fault} />
        {shown.length > 0 && (
          <ul class="hb-notice" data-level={shown.some((s) => s.warning) ? 'warning' : undefined}>
            {shown.map((s) => (
              <li>{sheetToldText(s, locale)}</li>
            ))}
          </ul>
        )}
      </div>
      <form method="post" action={companyPath(access, `/imports/sheets/${id}`)}>
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{words.howRead}</h2>
            <p>{words.howReadNote}</p>
          </div>
          <div class="hb-form">
            {file.sheets.length > 1 && (
              <Pick
                label={words.sheet}
                name="sheet"
                value={String(sheet)}
                options={file.sheets.map((s, i) => [
                  String(i),
                  s.hidden ? fill(words.hidden, { sheet: s.name }, locale) : s.name,
                ])}
              />
            )}
            {FIELDS[register].length > 0 && (
              <Pick
                label={words.header}
                name="header"
                value={String(layout.header)}
                options={[
                  ['-1', words.noHeader],
                  ...file.sheets[sheet]!.rows.slice(0, HEADER_ROWS).map(
                    (row, i) => [String(i), `${i + 1}: ${row.filter(Boolean).slice(0, 4).join(', ')}`] as const,
                  ),
                ]}
              />
            )}
            <ImportOptions
              c={c}
              register={register}
              options={opened.chosen.choices.options}
              facts={facts}
              faults={faultsOf(fault, locale)}
            />
          </div>
          {FIELDS[register].length > 0 && <Columns opened={opened} locale={locale} words={words} />}
          {trial && trial.questions.length > 0 && (
            <div class="hb-notice hb-section" data-level="warning">
              <h3>{words.ask}</h3>
              {trial.questions.map((q) => (
                <fieldset class="hb-question">
                  <legend>{sheetToldText(q.text, locale)}</legend>
                  {q.choices.map(({ value, text }) => (
                    <label class="hb-check">
                      <input type="radio" name={`answer-${q.of}`} value={value} />
                      {sheetToldText(text, locale)}
                    </label>
                  ))}
                </fieldset>
              ))}
            </div>
          )}
        </section>
        {trial && (
          <section class="hb-section" aria-live="polite">
            <div class="hb-section-head">
              <h2>{words.outcome}</h2>
              <p>
                {(['new', 'changed', 'unchanged', 'refused', 'passedOver'] as const)
                  .filter((status) => trial.counts[status] > 0)
                  .map((status) => counted(trial.counts[status], words.counts[status], locale))
                  .join(', ')}
                {trial.sum !== null && trial.sum !== 0 && ` · ${words.sum} ${kroner(trial.sum, locale)}`}
              </p>
            </div>
            <p class={trial.clean ? undefined : 'hb-error-text'}>
              {trial.clean
                ? words.clean
                : trial.counts.refused > 0
                  ? words.notClean
                  : trial.questions.length > 0
                    ? words.questionsLeft
                    : words.noRows}
            </p>
          </section>
        )}
        <div class="hb-form-actions">
          {trial?.clean && (
            <button class="ds-button" type="submit" name="apply" value="yes">
              {words.import}
            </button>
          )}
          <button class="ds-button" data-variant={trial?.clean ? 'secondary' : undefined} type="submit">
            {words.try}
          </button>
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/imports')} data-key="Escape">
            {t.registers.cancel}
          </a>
        </div>
      </form>
      {trial && (
        <RowTable
          c={c}
          statuses={words.statuses}
          rows={trial.rows.map((row) => ({ ...row, issues: row.issues.map((issue) => withText(issue, locale)) }))}
        />
      )}
    </>,
  )
}

type Words = ReturnType<typeof textsOf>['imports']['sheet']

function Columns({ opened, locale, words }: { opened: Opened; locale: Locale; words: Words }) {
  const { layout, sheetImport } = opened
  const nameOf = (key: string): string => {
    const dimension = opened.books.dimensions.get(key.replace(/^dimensions\//, ''))
    if (!dimension || !key.startsWith('dimensions/')) return fieldName(key, locale)
    return locale === 'nb' ? dimension.nameNb : dimension.nameEn
  }
  const fields = fieldsOf(sheetImport.register, opened.books).map((f) => [f.key, nameOf(f.key)] as const)
  const empty = (column: (typeof layout.columns)[number]) =>
    column.title === '' && column.samples.length === 0 && column.field === null
  return (
    <table class="hb-table hb-section" data-list>
      <thead>
        <tr>
          <th>{words.inFile}</th>
          <th data-width="wide">{words.samples}</th>
          <th>{words.means}</th>
          <th>{words.why}</th>
        </tr>
      </thead>
      <tbody>
        {layout.columns.map((column, i) => {
          if (empty(column)) return null
          const title = column.title || fill(words.nameless, { n: i + 1 }, locale)
          return (
            <tr>
              <td class="hb-strong">{title}</td>
              <td class="hb-quiet hb-break" data-line="2">
                {column.samples.join(' · ')}
              </td>
              <td>
                <select class="ds-input" name={`column-${i}`} aria-label={`${words.means}: ${title}`}>
                  <option value="none" selected={column.field === null}>
                    {words.notRead}
                  </option>
                  {fields.map(([key, name]) => (
                    <option value={key} selected={key === column.field}>
                      {name}
                    </option>
                  ))}
                </select>
              </td>
              <td class="hb-quiet" data-line="2">
                {whyText(column.why, locale)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type PickProps = {
  label: string
  name: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
}
export const Pick = ({ label, name, value, options }: PickProps) => (
  <div class="ds-field">
    <label class="ds-label" for={`field-${name}`}>
      {label}
    </label>
    <select class="ds-input" id={`field-${name}`} name={name}>
      {options.map(([option, text]) => (
        <option value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  </div>
)

/** Keeps what was chosen, and tries the sheet again; or brings it in. */
export async function submitSheet(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const id = pathText(c, 'sheet')
  return tryForm(
    fields,
    async () => {
      const opened = await openSheetImport(importContext(c), id)
      const change = changeIn(fields, opened)
      if (change) await changeChoices(c.var, id, change)
      if (fields.apply === 'yes' && !change) {
        await makeImport(importContext(c), id)
        return c.redirect(companyPath(c.var.access, `/imports/${id}`), 303)
      }
      return c.redirect(companyPath(c.var.access, `/imports/sheets/${id}`), 303)
    },
    (tried) => sheetPage(c, tried),
  )
}

/** What a form says otherwise than the sheet is read now; undefined when nothing. */
function changeIn(fields: Fields, { layout, sheet, chosen }: Opened): Partial<Choices> | undefined {
  const { choices } = chosen
  if (fields.sheet !== undefined && Number(fields.sheet) !== sheet) return { sheet: Number(fields.sheet) }
  if (fields.header !== undefined && Number(fields.header) !== layout.header)
    return { header: Number(fields.header), columns: {} }
  const columns: Record<string, string | null> = {}
  layout.columns.forEach(({ field }, i) => {
    const said = fields[`column-${i}`]
    if (said !== undefined && (said === 'none' ? null : said) !== field)
      columns[String(i)] = said === 'none' ? null : said
  })
  const named = (prefix: string) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value] as const] : [],
      ),
    )
  const options = Object.fromEntries(
    Object.entries(named('option-'))
      .map(([name, value]) => [name, optionValue(name, value)] as const)
      .filter(([name, value]) => (choices.options[name] ?? '') !== value),
  )
  const answers = named('answer-')
  if ([columns, options, answers].every((part) => Object.keys(part).length === 0)) return undefined
  return { columns, options, answers }
}

export async function submitDrop(c: Page): Promise<Response> {
  await dropSheet(c, pathText(c, 'sheet'))
  return c.redirect(companyPath(c.var.access, '/imports'), 303)
}
