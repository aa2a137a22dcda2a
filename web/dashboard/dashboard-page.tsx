import { day, fill, kroner, type Locale, month, percent, voucherName, wholeKroner } from '#i18n/format.ts'
import { termName } from '#i18n/vat-text.ts'
import { mayDo, type Permission } from '#worker/access/permission.ts'
import { firstDay, lastDay } from '#worker/core/dates.ts'
import { type Dashboard, readDashboard } from '#worker/dashboard/read-dashboard.ts'
import type { Task } from '#worker/dashboard/task.ts'
import { today } from '../day-field.tsx'
import { earlyPage } from '../early-page.tsx'
import { type Page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { LineChart, ResultChart, shortMonth } from './charts.tsx'
import { OnboardingPlan } from './onboarding.tsx'

/** What one looks at first: five figures, each leading to its report, pictures with their figures, and what waits. */
export function dashboardPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  return earlyPage(
    c,
    {
      title: t.dashboard.title,
      area: 'dashboard',
      keys: [
        ['N', t.shell.keys.newVoucher],
        ['Ctrl K', t.shell.keys.palette],
      ],
    },
    () => content(c),
  )
}

async function content(c: Page) {
  const { locale } = c.var
  const words = textsOf(c).dashboard
  await statusFirst(c)
  const board = await readDashboard(c.var.db, today())
  return (
    <>
      <div class="hb-head" data-drawn-from="budget match">
        <div>
          <h1>{words.title}</h1>
          <p>{fill(words.through, { month: month(board.throughMonth, locale), date: board.today }, locale)}</p>
        </div>
      </div>
      <OnboardingPlan c={c} />
      <Figures c={c} board={board} />
      <div class="hb-cols hb-dash">
        <section>
          <Result c={c} board={board} />
          <div class="hb-cols hb-half">
            <Cash c={c} board={board} />
            <Ages c={c} board={board} />
          </div>
        </section>
        <aside>
          <Tasks c={c} board={board} />
          <Latest c={c} board={board} />
        </aside>
      </div>
    </>
  )
}

type Props = { c: Page; board: Dashboard }

const span = ({ fromMonth, throughMonth }: Dashboard): string =>
  `fromDate=${firstDay(fromMonth)}&toDate=${lastDay(throughMonth)}`

function Figures({ c, board }: Props) {
  const { locale, access } = c.var
  const words = textsOf(c).dashboard
  const money = (ore: number) => wholeKroner(ore, locale)
  const path = (rest: string) => companyPath(access, rest)
  const late = (totals: Dashboard['customers']['totals'], sign: 1 | -1) =>
    sign * totals.pastDue.reduce((sum, amount) => sum + amount, 0)
  const [claims, debts] = [late(board.customers.totals, 1), late(board.suppliers.totals, -1)]
  const lastMonth = board.cash.months.at(-1)
  const { resultBeforeTax: result, operatingIncome: income, vat } = board
  return (
    <dl class="hb-figures">
      <Figure
        name={words.cash}
        value={money(board.cash.today)}
        href={path('/reports/liquidity')}
        note={
          lastMonth &&
          fill(
            words.cashSince,
            { amount: signed(board.cash.today - lastMonth.amount, locale), month: month(lastMonth.month, locale) },
            locale,
          )
        }
      />
      <Figure
        name={words.result}
        value={money(result.now)}
        href={path(`/reports/income-statement?${span(board)}`)}
        note={board.hasLastYear ? compared(words, result.now - result.before, locale) : undefined}
      />
      <Figure
        name={words.income}
        value={money(income.now)}
        href={path(`/reports/income-statement?${span(board)}`)}
        note={board.hasLastYear ? share(words, income.now, income.before, locale) : undefined}
      />
      <Figure
        name={words.customers}
        value={money(board.customers.totals.total)}
        href={path('/open-items/ageing?kind=customer')}
        note={claims > 0 ? fill(words.overdue, { amount: money(claims) }, locale) : words.nothingOverdue}
        warns={claims > 0}
      />
      <Figure
        name={words.suppliers}
        value={money(-board.suppliers.totals.total)}
        href={path('/open-items/ageing?kind=supplier')}
        note={debts > 0 ? fill(words.overdue, { amount: money(debts) }, locale) : words.nothingOverdue}
        warns={debts > 0}
      />
      {vat && (
        <Figure
          name={`${fill(words.vat, { term: termName(vat.term.key, locale) }, locale)}, ${vat.toPay < 0 ? words.vatBack : words.vatPay}`}
          value={money(Math.abs(vat.toPay) * 100)}
          href={path(`/vat-specification?term=${vat.term.key}`)}
          note={fill(words.due, { date: vat.term.dueDate }, locale)}
        />
      )}
    </dl>
  )
}

type FigureProps = { name: string; value: string; href: string; note: string | undefined; warns?: boolean }

const Figure = ({ name, value, href, note, warns }: FigureProps) => (
  <div>
    <dt>{name}</dt>
    <dd class="hb-figure">
      <a class="hb-opens" href={href}>
        {value}
      </a>
    </dd>
    {note && <dd class={warns ? 'hb-warn' : 'hb-quiet'}>{note}</dd>}
  </div>
)

type Words = ReturnType<typeof textsOf>['dashboard']
const signed = (ore: number, locale: Locale): string => `${ore > 0 ? '+' : ''}${wholeKroner(ore, locale)}`

function compared(words: Words, difference: number, locale: Locale): string {
  if (difference === 0) return words.same
  return fill(
    difference > 0 ? words.better : words.worse,
    { amount: wholeKroner(Math.abs(difference), locale) },
    locale,
  )
}

function share(words: Words, now: number, before: number, locale: Locale): string | undefined {
  if (before <= 0) return undefined
  const tenths = Math.trunc(((now - before) * 1_000) / before)
  if (tenths === 0) return words.same
  return fill(tenths > 0 ? words.more : words.less, { percent: percent(Math.abs(tenths) * 10, locale) }, locale)
}

function Result({ c, board }: Props) {
  const { locale, access } = c.var
  const words = textsOf(c).dashboard
  const { operatingResult: result, budget, hasLastYear, fiscalYear } = board
  const money = (ore: number) => wholeKroner(Math.abs(ore), locale)
  const planned = board.months.some((m) => m.planned !== null)
  const said = [
    fill(words.sofar, { amount: wholeKroner(result.now, locale) }, locale),
    result.planned !== null &&
      fill(
        result.now >= result.planned ? words.overBudget : words.underBudget,
        { amount: money(result.now - result.planned) },
        locale,
      ),
    hasLastYear &&
      fill(
        result.now >= result.before ? words.overLast : words.underLast,
        { amount: money(result.now - result.before) },
        locale,
      ),
  ]
  return (
    <>
      <div class="hb-section-head">
        <h2>{words.chart}</h2>
        <span class="hb-small hb-quiet">{words.thousand}</span>
        <div class="hb-legend">
          <span>
            <i />
            {fiscalYear}
          </span>
          {hasLastYear && (
            <span>
              <i class="before" />
              {fiscalYear - 1}
            </span>
          )}
          {planned && (
            <span>
              <i class="plan" />
              {budget ?? fill(words.budget, { year: String(fiscalYear) }, locale)}
            </span>
          )}
        </div>
      </div>
      <ResultChart months={board.months} hasLastYear={hasLastYear} locale={locale} label={words.chart} />
      <p class="hb-quiet">
        {said.filter(Boolean).join(', ')}.{' '}
        <a href={companyPath(access, `/reports/explanation?${span(board)}`)}>{words.explain}</a>
      </p>
      <details class="hb-no-print">
        <summary>{words.figures}</summary>
        <table class="hb-table" data-density="tight">
          <thead>
            <tr>
              <th>{words.month}</th>
              <th class="hb-num">{words.thisYear}</th>
              {hasLastYear && <th class="hb-num">{words.lastYear}</th>}
              {planned && <th class="hb-num">{fill(words.budget, { year: String(fiscalYear) }, locale)}</th>}
            </tr>
          </thead>
          <tbody>
            {board.months.map((m) => (
              <tr>
                <th scope="row">{month(m.month, locale)}</th>
                <td class="hb-num">{wholeKroner(m.result, locale)}</td>
                {hasLastYear && <td class="hb-num">{wholeKroner(m.before, locale)}</td>}
                {planned && <td class="hb-num">{m.planned === null ? '' : wholeKroner(m.planned, locale)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

const Cash = ({ c, board }: Props) => {
  const words = textsOf(c).dashboard
  return (
    <section>
      <div class="hb-section-head">
        <h2>{words.chartCash}</h2>
        <span class="hb-small hb-quiet">{words.monthEnd}</span>
      </div>
      <LineChart
        points={[
          ...board.cash.months.map(({ month, amount }) => ({ name: shortMonth(month, c.var.locale), amount })),
          { name: '', amount: board.cash.today },
        ]}
        locale={c.var.locale}
        label={words.chartCash}
      />
    </section>
  )
}

/** What customers owe by age, each with a bar beside its figure. */
function Ages({ c, board }: Props) {
  const { locale, access } = c.var
  const words = textsOf(c).dashboard
  const { buckets, totals } = board.customers
  const rows = [
    { name: words.notDue, amount: totals.notDue },
    ...totals.pastDue.map((amount, i) => ({
      name:
        i < buckets.length
          ? fill(words.days, { from: String((buckets[i - 1] ?? 0) + 1), to: String(buckets[i]) }, locale)
          : fill(words.over, { days: String(buckets.at(-1)) }, locale),
      amount,
    })),
  ]
  const most = Math.max(1, ...rows.map(({ amount }) => Math.abs(amount)))
  return (
    <section>
      <div class="hb-section-head">
        <h2>{words.chartAge}</h2>
      </div>
      <table class="hb-table hb-bars">
        <tbody>
          {rows.map(({ name, amount }, i) => (
            <tr>
              <td>{name}</td>
              <td class="hb-barcell">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect
                    class={i === 0 ? 'before' : 'now'}
                    width={Math.max(0, Math.trunc((amount * 100) / most))}
                    height="10"
                  />
                </svg>
              </td>
              <td class="hb-num">{wholeKroner(amount, locale)}</td>
            </tr>
          ))}
          <tr class="hb-total">
            <td colspan={2}>
              <a href={companyPath(access, '/open-items/ageing?kind=customer')}>{words.total}</a>
            </td>
            <td class="hb-num">{wholeKroner(totals.total, locale)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}

/** Where each task is done, and who may. */
const placeOf = (task: Task): { path: string; may: Permission } => {
  switch (task.key) {
    case 'vat-settlement':
    case 'vat-return':
      return { path: `/vat-specification?term=${task.term}`, may: 'report:read' }
    case 'documents':
      return { path: '/documents', may: 'document:read' }
    case 'drafts':
      return { path: '/drafts', may: 'ledger:read' }
    case 'overdue-customers':
      return { path: '/open-items/ageing?kind=customer', may: 'subledger:read' }
    case 'overdue-suppliers':
      return { path: '/open-items/ageing?kind=supplier', may: 'subledger:read' }
    case 'open-month':
      return { path: '/periods', may: 'ledger:read' }
  }
}

function Tasks({ c, board }: Props) {
  const { locale, access } = c.var
  const words = textsOf(c).dashboard
  const tasks = board.tasks.filter((task) => mayDo(access, placeOf(task).may))
  return (
    <section>
      <div class="hb-section-head">
        <h2>{words.todo}</h2>
        <span class="hb-count">{tasks.length}</span>
      </div>
      {tasks.length === 0 ? (
        <p class="hb-quiet">{words.nothing}</p>
      ) : (
        <ul class="hb-todo">
          {tasks.map((task) => {
            const amount = 'toPay' in task ? Math.abs(task.toPay) * 100 : 'amount' in task ? task.amount : 0
            const note = 'toPay' in task && task.toPay < 0 ? words.tasks[task.key].back : words.tasks[task.key].note
            const params = {
              term: 'term' in task ? termName(task.term, locale) : '',
              amount: wholeKroner(amount, locale),
              count: 'count' in task ? String(task.count) : '',
              month: 'month' in task ? month(task.month, locale) : '',
            }
            return (
              <li>
                <a href={companyPath(access, placeOf(task).path)}>
                  {fill(words.tasks[task.key].title, params, locale)}
                </a>
                <span class="hb-quiet">{fill(note, params, locale)}</span>
                {'date' in task && <time datetime={task.date}>{day(task.date).slice(0, 6)}</time>}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

const Latest = ({ c, board }: Props) =>
  board.latest.length === 0 || !mayDo(c.var.access, 'ledger:read') ? null : (
    <section>
      <div class="hb-section-head">
        <h2>{textsOf(c).dashboard.latest}</h2>
      </div>
      <table class="hb-table" data-rows>
        <tbody>
          {board.latest.map((voucher) => (
            <tr>
              <td class="hb-nowrap">
                <a class="hb-opens hb-row-link" href={companyPath(c.var.access, `/vouchers/${voucher.id}`)}>
                  {voucherName(voucher)}
                </a>
              </td>
              <td class="hb-clip">{voucher.text}</td>
              <td class="hb-num">{kroner(voucher.amount, c.var.locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
