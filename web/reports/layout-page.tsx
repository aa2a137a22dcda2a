import { counted, fill, wholeKroner } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { CHART } from '#worker/reports/batch-store.ts'
import { LayoutChange, NewLayout } from '#worker/reports/layout-query.ts'
import { chartOf } from '#worker/reports/read-figure-tables.ts'
import { readFinancialStatement } from '#worker/reports/read-financial-statement.ts'
import { checkLayout, type LayoutLine, placedIn, type ReportLayout } from '#worker/reports/report-layout.ts'
import { changeLayout, createLayout, layoutOrNone, removeLayout } from '#worker/reports/save-layout.ts'
import { STANDARD_LAYOUTS } from '#worker/reports/standard-layouts.ts'
import { today } from '../day-field.tsx'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { actIn, afterAct, type LayoutRow, linesOf, ROW_KINDS, rowsIn, rowsOf, usualSide } from './layout-rows.ts'
import { reportOf } from './layouts-page.tsx'
import { reportPage } from './report-frame.tsx'

/** Room for the 400 lines a layout may have. */
const FORM_LIMIT = 400_000

/**
 * A new layout from one that is there, or one of the company's own to change: a row a line, with what it comes to this year. Every
 * button sends the form and gets it back, so it works without script; nothing is kept before it is saved.
 */
export async function layoutPage(
  c: Page,
  tried?: Tried,
  turned?: { rows: LayoutRow[]; at: number },
): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.layouts.editor
  const { db, locale, access } = c.var
  const id = c.req.param('layout')
  const own = id === undefined ? undefined : await layoutOrNone(db, id)
  const fields = tried?.fields
  const from = own ?? layoutFrom(fields?.from ?? c.req.query('from'))
  const rows = turned?.rows ?? (fields ? rowsIn(fields) : rowsOf(from.lines))
  const judged = await judge(c, from, rows)
  const faults = faultsOf(tried, locale)
  return reportPage(
    { c, title: own ? (locale === 'nb' ? own.nameNb : own.nameEn) : words.new, text: words.shared, wide: true },
    <>
      {!turned && <ErrorSummary c={c} tried={tried} fields={['nameNb', 'nameEn']} />}
      <form method="post" class="hb-form hb-layout-form">
        {/* Enter in a field works the figures out; saving is a button. */}
        <button type="submit" name="do" value="show" hidden />
        <input type="hidden" name="from" value={from.key} />
        {own && <input type="hidden" name="version" value={fields?.version ?? String(own.version)} />}
        <div class="hb-layout-names">
          <TextField
            label={words.name}
            name="nameNb"
            value={fields ? fields.nameNb : own?.nameNb}
            faults={faults}
            maxlength={120}
          />
          <TextField
            label={words.nameEn}
            name="nameEn"
            value={fields ? fields.nameEn : own?.nameEn}
            faults={faults}
            maxlength={120}
          />
        </div>
        <p class="hb-small hb-quiet">{words.help}</p>
        <Judgement c={c} judged={judged} />
        <table class="hb-table hb-layout" data-density="tight">
          <thead>
            <tr>
              <th class="hb-num">{words.number}</th>
              <th>{words.lineName}</th>
              <th>{words.kind}</th>
              <th>{words.content}</th>
              <th>{words.side}</th>
              <th title={words.totalHelp}>{words.total}</th>
              <th class="hb-num">{words.amount}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <Row c={c} row={row} i={i} rows={rows.length} judged={judged} here={turned?.at === i} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <button class="ds-button" data-variant="tertiary" type="submit" name="do" value="add:0">
            {words.addFirst}
          </button>
        )}
        <div class="hb-form-actions">
          <button class="ds-button" type="submit" name="do" value="save">
            {words.save}
          </button>
          <button class="ds-button" data-variant="secondary" type="submit" name="do" value="show">
            {words.show}
          </button>
          {own && (
            <a class="ds-button" data-variant="tertiary" href={companyPath(access, reportOf(own))}>
              {words.use}
            </a>
          )}
        </div>
      </form>
      {own && (
        <form method="post" action={companyPath(access, `/reports/layouts/${own.key}/removal`)}>
          <button class="ds-button" data-variant="tertiary" data-color="danger" type="submit">
            {words.remove}
          </button>
        </form>
      )}
    </>,
  )
}

const layoutFrom = (key: string | undefined): ReportLayout =>
  STANDARD_LAYOUTS.find((layout) => layout.key === key) ?? STANDARD_LAYOUTS[0]!

/** What the rows come to, or what is wrong with them. */
type Judged = {
  issues: readonly Issue[]
  unplaced: readonly string[]
  lines: ReadonlyMap<string, { amount: number; accounts: number }>
}

async function judge(c: Page, from: ReportLayout, rows: readonly LayoutRow[]): Promise<Judged> {
  const { db } = c.var
  const nothing = { unplaced: [], lines: new Map() }
  const read = linesOf(rows)
  if ('unreadable' in read) return { ...nothing, issues: [unreadable(read.unreadable)] }
  const draft = { ...from, key: 'draft', lines: read.lines as LayoutLine[] }
  const chart = chartOf(await db.execute(CHART))
  const issues = checkLayout(draft, chart).filter(isError)
  if (issues.length > 0) return { ...nothing, issues }
  const { byLine, unplaced } = placedIn(draft, chart)
  const columns = from.statement === 'income' ? 'actual' : 'closing'
  const wanted = { statement: from.statement, draft, columns, includeZero: true }
  const report = await readFinancialStatement(db, { today: today(), filter: { dimensions: {} } }, wanted)
  return {
    issues,
    unplaced: unplaced.map(({ number }) => number),
    lines: new Map(
      report.lines.map(({ key, amounts }) => [
        key,
        { amount: amounts[0] ?? 0, accounts: byLine.get(key)?.length ?? 0 },
      ]),
    ),
  }
}

const unreadable = (line: number): Issue => ({
  code: 'report-layout/line-unreadable',
  severity: 'error',
  pointer: `#/lines/${line - 1}`,
  params: { line },
})

function Judgement({ c, judged: { issues, unplaced } }: { c: Page; judged: Judged }) {
  const words = textsOf(c).reportPages.layouts.editor
  const { locale } = c.var
  if (issues.length > 0)
    return (
      <div class="hb-notice" data-level="error" role="status">
        <p>{words.faults}</p>
        <ul>
          {issues.slice(0, 12).map((issue) => (
            <li>{withText(issue, locale).message}</li>
          ))}
        </ul>
      </div>
    )
  return (
    <p class="hb-notice" data-level={unplaced.length > 0 ? 'warning' : undefined} role="status">
      {unplaced.length > 0 ? fill(words.unplaced, { accounts: unplaced.join(', ') }, locale) : words.sound}
    </p>
  )
}

type RowProps = { c: Page; row: LayoutRow; i: number; rows: number; judged: Judged; here: boolean }

function Row({ c, row, i, rows, judged, here }: RowProps) {
  const words = textsOf(c).reportPages.layouts.editor
  const { locale } = c.var
  const number = String(i + 1)
  const told = judged.lines.get(row.key)
  const wrong = judged.issues.some(({ pointer }) => new RegExp(`^#/lines/${i}(/|$)`).test(pointer))
  const takes = row.kind === 'accounts' || row.kind === 'sum'
  const button = (act: string, text: string, sign: string, off = false) => (
    <button
      class="hb-layout-act"
      type="submit"
      name="do"
      value={`${act}:${i}`}
      aria-label={fill(text, { number }, locale)}
      title={fill(text, { number }, locale)}
      disabled={off}
    >
      {sign}
    </button>
  )
  return (
    <tr data-kind={row.kind} data-broken={wrong ? true : undefined} data-chosen={here ? true : undefined}>
      <td class="hb-num hb-quiet">{number}</td>
      <td>
        <input type="hidden" name={`k${i}`} value={row.key} />
        <input
          class="ds-input"
          name={`n${i}`}
          value={row.nameNb}
          maxlength={120}
          aria-label={`${words.lineName} ${number}`}
          autofocus={here}
          autocomplete="off"
        />
        <input
          class="ds-input hb-layout-en"
          name={`e${i}`}
          value={row.nameEn === row.nameNb ? '' : row.nameEn}
          placeholder={words.nameEn}
          maxlength={120}
          aria-label={`${words.nameEn} ${number}`}
          autocomplete="off"
        />
      </td>
      <td>
        <select class="ds-input" name={`t${i}`} aria-label={`${words.kind} ${number}`}>
          {ROW_KINDS.map((kind) => (
            <option value={kind} selected={kind === row.kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          class="ds-input"
          name={`c${i}`}
          value={row.content}
          aria-label={`${words.content} ${number}`}
          aria-invalid={wrong ? 'true' : undefined}
          autocomplete="off"
          data-quiet={takes ? undefined : true}
        />
      </td>
      <td>
        <select class="ds-input" name={`s${i}`} aria-label={`${words.side} ${number}`}>
          {(['debit', 'credit'] as const).map((side) => (
            <option value={side} selected={side === row.side}>
              {words[side]}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          type="checkbox"
          name={`x${i}`}
          value="yes"
          checked={row.total}
          aria-label={`${words.total} ${number}`}
          title={words.totalHelp}
        />
      </td>
      <td class="hb-num">
        {told && row.kind !== 'heading' && wholeKroner(told.amount, locale)}
        {told && row.kind === 'accounts' && (
          <small class="hb-quiet">{counted(told.accounts, words.accounts, locale)}</small>
        )}
      </td>
      <td class="hb-nowrap">
        {button('up', words.up, '↑', i === 0)}
        {button('down', words.down, '↓', i === rows - 1)}
        {button('add', words.add, '+')}
        {button('remove', words.removeLine, '×')}
      </td>
    </tr>
  )
}

export async function submitLayout(c: Page): Promise<Response> {
  const fields = await readForm(c, FORM_LIMIT)
  const { access } = c.var
  const rows = rowsIn(fields)
  const act = actIn(fields.do)
  if (act || fields.do === 'show') {
    const from = layoutFrom(fields.from)
    const at = act?.act === 'up' ? act.at - 1 : act?.act === 'down' || act?.act === 'add' ? act.at + 1 : (act?.at ?? -1)
    const turned = act ? afterAct(rows, act, usualSide(from)) : rows
    const tried = { fields, problem: new Problem(422, 'request/invalid') }
    return layoutPage(c, tried, { rows: turned, at: Math.min(at, turned.length - 1) })
  }
  return tryForm(
    fields,
    async () => {
      const id = c.req.param('layout')
      const lines = linesIn(fields)
      const names = { nameNb: fields.nameNb, ...(fields.nameEn && { nameEn: fields.nameEn }) }
      if (id !== undefined) {
        const change = parse({ ...names, lines }, LayoutChange)
        await changeLayout(actingOf(c), id, change, Number(fields.version) || undefined)
        return c.redirect(companyPath(access, `/reports/layouts/${id}`), 303)
      }
      const { statement } = layoutFrom(fields.from)
      const { layout } = await createLayout(actingOf(c), parse({ ...names, statement, lines }, NewLayout))
      return c.redirect(companyPath(access, `/reports/layouts/${layout.key}`), 303)
    },
    (tried) => layoutPage(c, tried),
  )
}

export async function submitLayoutRemoval(c: Page): Promise<Response> {
  await removeLayout(actingOf(c), c.req.param('layout') ?? '', undefined)
  return c.redirect(companyPath(c.var.access, '/reports/layouts'), 303)
}

function linesIn(fields: Fields) {
  const read = linesOf(rowsIn(fields))
  if ('lines' in read) return read.lines
  throw new Problem(422, 'request/invalid', { issues: [unreadable(read.unreadable)] })
}
