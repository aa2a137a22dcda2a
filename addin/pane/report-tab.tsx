/** @jsxImportSource hono/jsx/dom */
import { useState } from 'hono/jsx/dom'
import { day, fill, kroner, type Locale, month, voucherName } from '#i18n/format.ts'
import { dayInOslo, firstDay, type Instant, lastDay, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { BLOCK_KINDS, type BlockKind } from '../audit/block-columns.ts'
import { blockTexts } from '../audit/block-texts.ts'
import type { Drilled } from '../reports/drill-down.ts'
import { FreezeFold } from './freeze-fold.tsx'
import { countedText } from './pane-texts.ts'
import { Act, Button, NoticeBar, type ViewProps } from './parts.tsx'

const PAGE = 200

/** What is behind the selected cell: entries, their sum, and a voucher. */
export function ReportTab(props: ViewProps) {
  const { model, state, t } = props
  const waits = state.busy !== undefined
  return (
    <>
      {state.drill ? <Drill {...props} /> : <NoFigure {...props} />}
      <div class="hb-panefoot">
        {state.drill?.drilled ? (
          <div class="hb-row">
            <Button variant="secondary" waits={waits} onClick={() => model.figures.toSheet()}>
              {t.report.toSheet}
            </Button>
            {state.peek ? (
              <Button variant="secondary" waits={waits} onClick={() => model.figures.cellsOfPeek()}>
                {t.report.cellsOf}
              </Button>
            ) : null}
          </div>
        ) : null}
        <div class="hb-row">
          <Button variant="secondary" waits={waits} onClick={() => model.figures.refresh()}>
            {t.report.refresh}
          </Button>
        </div>
        <FreezeFold {...props} />
      </div>
    </>
  )
}

const NoFigure = (props: ViewProps) => (
  <main class="hb-panemain">
    <h1>{props.t.report.emptyTitle}</h1>
    <p class="hb-quiet">{props.t.report.empty}</p>
    <NoticeBar {...props} />
    <Changes {...props} />
    <Pull {...props} />
  </main>
)

/** Reports that are pulled as values under a seal. */
function Pull({ model, state, t }: ViewProps) {
  const years = [...(model.desk?.books.fiscalYears ?? [])].sort((a, b) => b.year - a.year)
  const [wanted, setWanted] = useState(0)
  const [kind, setKind] = useState<Choice>('trial-balance')
  const progress = state.busy?.what === 'pull' ? state.busy.progress : undefined
  const [chosen, setChosen] = useState<readonly [from: Month | undefined, to: Month | undefined]>([
    undefined,
    undefined,
  ])
  const year = years.find((each) => each.year === wanted) ?? years.find((y) => y.firstDate <= today()) ?? years[0]
  if (!year) return null
  const block = blockTexts[state.locale]
  const months = monthsBetween(monthOf(year.firstDate), monthOf(year.lastDate))
  const within = (one: Month | undefined) => one !== undefined && months.includes(one)
  const from = within(chosen[0]) ? chosen[0]! : months[0]!
  const to = within(chosen[1]) && chosen[1]! >= from ? chosen[1]! : months.at(-1)!
  // A year may begin or end within a month.
  const query = {
    fromDate: from === months[0] ? year.firstDate : firstDay(from),
    toDate: to === months.at(-1) ? year.lastDate : lastDay(to),
  }
  const monthChoice = (name: string, value: Month, choose: (one: Month) => void) => (
    <label>
      {name}
      <select onChange={(event: Event) => choose((event.target as HTMLSelectElement).value as Month)}>
        {months.map((one) => (
          <option value={one} selected={one === value}>
            {month(one, state.locale)}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <section>
      <h2>{t.report.pullTitle}</h2>
      <p class="hb-quiet">{t.report.pullHelp}</p>
      <div class="hb-fields">
        <label>
          {t.report.year}
          <select onChange={(event: Event) => setWanted(Number((event.target as HTMLSelectElement).value))}>
            {years.map((each) => (
              <option value={each.year} selected={each === year}>
                {each.year}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.report.report}
          <select onChange={(event: Event) => setKind((event.target as HTMLSelectElement).value as Choice)}>
            {(['all', ...BLOCK_KINDS] as const).map((each) => (
              <option value={each} selected={each === kind}>
                {each === 'all' ? t.report.pack : block.pull[each]}
              </option>
            ))}
          </select>
        </label>
        {monthChoice(block.from, from, (one) => setChosen([one, chosen[1]]))}
        {monthChoice(block.to, to, (one) => setChosen([chosen[0], one]))}
      </div>
      {kind === 'all' ? <p class="hb-quiet">{t.report.packHelp}</p> : null}
      {progress ? (
        <div class="hb-row">
          <progress max={progress.of} value={progress.done} aria-label={t.busy.pull} />
          <Button variant="secondary" onClick={() => model.stop()}>
            {t.vouchers.stop}
          </Button>
        </div>
      ) : (
        <Button
          variant="secondary"
          waits={state.busy !== undefined}
          onClick={() => model.audit.pull(query, kind === 'all' ? undefined : [kind])}
        >
          {t.report.pullNow}
        </Button>
      )}
    </section>
  )
}
type Choice = BlockKind | 'all'
const today = (): string => dayInOslo(new Date().toISOString() as Instant)

function Drill(props: ViewProps) {
  const { model, state, t } = props
  const { locale } = state
  const [shown, setShown] = useState(PAGE)
  const { cell, drilled, text, now } = state.drill!
  const amount = (ore: number) => kroner(ore, locale)
  const isCut = drilled !== undefined && drilled.more > 0
  const agrees = isCut || drilled?.sum === drilled?.figure
  const typedOver = cell.block && drilled && cell.value !== drilled.figure / 100
  const name = drilled ? accountName(props, drilled) : ''
  return (
    <main class="hb-panemain" aria-busy={drilled === undefined && text === undefined ? 'true' : undefined}>
      <p class="hb-quiet hb-small hb-over">
        {cell.address} <span class="hb-code hb-break">{cell.formula}</span>
      </p>
      <NoticeBar {...props} />
      <Changes {...props} />
      {text ? <p>{text}</p> : null}
      {drilled ? (
        <>
          <div class="hb-celltotal">
            <h1>{name}</h1>
            <p class="hb-figure">
              <span class={isCut ? undefined : agrees ? 'hb-two-strokes' : 'hb-broken-stroke'}>
                {amount(drilled.figure)}
              </span>
            </p>
          </div>
          {typedOver ? (
            <p class="hb-error-text" role="alert">
              {fill(t.report.typedOver, { sheet: shownFigure(cell.value, locale) }, locale)}
            </p>
          ) : null}
          {now !== undefined && now !== drilled.figure ? (
            <p class="hb-quiet">{fill(t.report.now, { figure: amount(now) }, locale)}</p>
          ) : null}
          {agrees ? null : (
            <p class="hb-error-text" role="alert">
              {fill(t.report.differs, { sum: amount(drilled.sum), figure: amount(drilled.figure) }, locale)}
            </p>
          )}
          <table class="hb-table">
            <tbody>
              {drilled.opening !== 0 ? (
                <tr>
                  <td colSpan={3}>{t.report.opening}</td>
                  <td class="hb-num">{amount(drilled.opening)}</td>
                </tr>
              ) : null}
              {drilled.budget.map((budgeted) => (
                <tr>
                  <td colSpan={3}>{fill(t.report.budgeted, { month: month(budgeted.month, locale) }, locale)}</td>
                  <td class="hb-num">{amount(budgeted.amount)}</td>
                </tr>
              ))}
              {drilled.lines.slice(0, shown).map((line) => (
                <tr data-chosen={state.peek?.id === line.voucherId ? '' : undefined}>
                  <td class="hb-date">{day(line.voucherDate).slice(0, 6)}</td>
                  <td class="hb-nowrap">
                    <Act onClick={() => model.figures.peek(line.voucherId)}>{voucherName(line)}</Act>
                  </td>
                  <td class="hb-clip">{line.text}</td>
                  <td class="hb-num">{amount(line.amount)}</td>
                </tr>
              ))}
              <tr class="hb-total">
                <td colSpan={3}>{sumName(props, drilled)}</td>
                <td class="hb-num">{amount(drilled.sum)}</td>
              </tr>
            </tbody>
          </table>
          {drilled.lines.length > shown ? (
            <Act onClick={() => setShown(shown + PAGE)}>
              {countedText(Math.min(PAGE, drilled.lines.length - shown), t.report.showMore, locale)}
            </Act>
          ) : null}
          {drilled.more > 0 ? <p class="hb-quiet">{t.report.more}</p> : null}
        </>
      ) : null}
      {state.peek ? <Peek {...props} /> : null}
    </main>
  )
}

function accountName({ model, state, t }: ViewProps, { account, accounts }: Drilled): string {
  if (accounts === 0) return fill(t.vouchers.vatEntry, { code: account }, state.locale)
  if (accounts > 1) return fill(t.report.manyAccounts, { count: accounts }, state.locale)
  if (account.startsWith('@')) return fill(t.report.line, { line: account.slice(1) }, state.locale)
  const found = model.desk?.books.accounts.get(account)
  if (!found) return fill(t.report.account, { account: account.replace(/^(.+):\1$/, '$1*') }, state.locale)
  return `${account} ${state.locale === 'nb' ? found.nameNb : found.nameEn}`
}

/** What the sum is of: the cell itself, unless the cell tells a share or there is more than is shown. */
function sumName({ state: { locale }, t }: ViewProps, { lines, budget, share, more }: Drilled): string {
  const entries = countedText(lines.length, t.report.entries, locale)
  if (share || more > 0) return entries
  return lines.length === 0 && budget.length > 0
    ? t.report.budgetEqualsCell
    : fill(t.report.equalsCell, { entries }, locale)
}

/** A cell's value as it is told: figures as amounts, texts as they are, nothing as a dash. */
const shownFigure = (value: unknown, locale: Locale): string =>
  typeof value === 'number' ? kroner(Math.round(value * 100), locale) : `${value ?? ''}` || '–'

/** Whose voucher is in view: figures may be of another company than the workbook's. */
const companyOf = ({ drill, company }: ViewProps['state']): string => drill?.company ?? company!.id

const CHANGES_SHOWN = 30

/** Cells that show another figure since all were drawn anew, old and new. */
function Changes({ model, state, t }: ViewProps) {
  const { changes, locale } = state
  if (!changes || changes.length === 0) return null
  return (
    <section>
      <h2>{countedText(changes.length, t.report.changes, locale)}</h2>
      <table class="hb-table">
        <tbody>
          {changes.slice(0, CHANGES_SHOWN).map(({ sheet, address, before, after }) => (
            <tr>
              <td>
                <Act onClick={() => model.goTo(address, sheet)}>{`${sheet}!${address}`}</Act>
              </td>
              <td class="hb-num">{shownFigure(before, locale)}</td>
              <td class="hb-num">{shownFigure(after, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > CHANGES_SHOWN ? (
        <p class="hb-quiet">{countedText(changes.length - CHANGES_SHOWN, t.vouchers.more, locale)}</p>
      ) : null}
    </section>
  )
}

/** The cells of the workbook that the voucher counts in. */
function CellsOf({ model, state, t }: ViewProps) {
  const { locale } = state
  if (!state.cells) return null
  const { cells, outdated } = state.cells
  return (
    <div role="status">
      <p>{cells.length === 0 ? t.report.countsNowhere : countedText(cells.length, t.report.counts, locale)}</p>
      {outdated > 0 ? <p class="hb-quiet">{countedText(outdated, t.report.countsOutdated, locale)}</p> : null}
      <p class="hb-row">
        {cells.slice(0, PAGE).map(({ sheet, address }) => (
          <Act onClick={() => model.goTo(address, sheet)}>{`${sheet}!${address}`}</Act>
        ))}
      </p>
    </div>
  )
}

/** The voucher behind a chosen entry. */
function Peek(props: ViewProps) {
  const { state, t } = props
  const voucher = state.peek!
  const { locale } = state
  return (
    <section class="hb-panepeek">
      <div class="hb-row">
        <h2>{voucherName(voucher)}</h2>
        <a
          class="hb-push"
          href={`/companies/${companyOf(state)}/vouchers/${voucher.id}`}
          target="_blank"
          rel="noopener"
        >
          {t.report.open}
        </a>
      </div>
      <p class="hb-quiet">
        {day(voucher.voucherDate)} {voucher.text}
      </p>
      <table class="hb-table">
        <tbody>
          {voucher.entries.map((entry) => (
            <tr>
              <td class="hb-accno">{entry.party ? `${entry.account}:${entry.party}` : entry.account}</td>
              <td class="hb-clip">{entry.text}</td>
              <td class="hb-num">{kroner(entry.amount, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <DocumentOf {...props} />
      <CellsOf {...props} />
    </section>
  )
}

/** What the voucher rests on: the image or PDF itself, or a way to it, and its other documents. */
function DocumentOf({ model, state, t }: ViewProps) {
  const { document, locale, peek } = state
  if (!document) return null
  const name = fill(t.report.document, { stamp: document.stamp }, locale)
  return (
    <figure class="hb-document">
      <figcaption class="hb-row">
        <span>{name}</span>
        <a
          class="hb-push"
          href={`/companies/${companyOf(state)}/documents/${document.stamp}`}
          target="_blank"
          rel="noopener"
        >
          {t.report.open}
        </a>
      </figcaption>
      {document.image?.startsWith('data:application/pdf') ? <iframe src={document.image} title={name} /> : null}
      {document.image?.startsWith('data:image') ? <img src={document.image} alt={name} /> : null}
      {peek?.documents?.map((other) =>
        other.id === document.id ? null : (
          <Act onClick={() => model.figures.showDocument(peek.id, other)}>
            {fill(t.report.document, { stamp: other.stamp }, locale)}
          </Act>
        ),
      )}
    </figure>
  )
}
