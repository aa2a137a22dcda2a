import { fill, type Locale, wholeKroner } from '#i18n/format.ts'
import { directionOf, signed } from '#worker/budgets/budget-sign.ts'
import { type Compared, compareLines } from '#worker/budgets/compare-lines.ts'
import { readBudgetLines } from '#worker/budgets/read-budget-lines.ts'
import { type Registers, readBudgets } from '#worker/budgets/store.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { pathText } from '#worker/http/accept.ts'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Two budgets side by side, account by account, with what the difference does to the result. */
export async function comparisonPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.budgets
  const { access, locale, db } = c.var
  await statusFirst(c)
  const { budget, lines, registers } = await readBudgetLines(db, pathText(c, 'budget'))
  const others = (await readBudgets(db)).filter((b) => b.id !== budget.id)
  const wanted = c.req.query('with')
  const other = others.find((b) => b.id === wanted) ?? others.find((b) => b.year === budget.year) ?? others[0]
  const all = c.req.query('all') === 'yes'
  const compared = other ? compareLines(lines, (await readBudgetLines(db, other.id)).lines) : []
  const shown = compared.filter((line) => all || line.difference !== 0)
  const path = companyPath(access, `/budgets/${budget.id}`)
  const total = (field: 'mine' | 'other' | 'improves') => ore(compared.reduce((sum, line) => sum + line[field], 0))
  return page(
    c,
    {
      title: fill(words.compareTitle, { name: budget.name, other: other?.name ?? '' }, locale),
      area: 'budgets',
      layout: 'report',
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-print-head">
        <b>{access.name}</b>
        <span>{budget.name}</span>
      </div>
      <div class="hb-head" data-drawn-from={[budget.id, other?.id].filter(Boolean).join(' ')}>
        <div>
          <h1>{fill(words.compareTitle, { name: budget.name, other: other?.name ?? '' }, locale)}</h1>
          <p>{words.compareIntro}</p>
          <form class="hb-picks hb-no-print" method="get" data-auto>
            <label class="hb-pick">
              {words.compareWith}
              <select name="with">
                {others.map((b) => (
                  <option value={b.id} selected={b.id === other?.id}>
                    {b.name.includes(String(b.year)) ? b.name : `${b.name} ${b.year}`}
                  </option>
                ))}
              </select>
            </label>
            <label class="hb-pick">
              {t.reports.show}
              <select name="all">
                <option value="">{words.onlyDifferent}</option>
                <option value="yes" selected={all}>
                  {words.allAccounts}
                </option>
              </select>
            </label>
            <button class="ds-button" data-variant="tertiary" type="submit">
              {t.registers.show}
            </button>
          </form>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href={path} data-key="Escape">
            {words.back}
          </a>
        </div>
      </div>
      {shown.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.sameAll}</h2>
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th>{words.column.account}</th>
              <th data-width="wide">{words.column.accountName}</th>
              <th class="hb-num">{budget.name}</th>
              <th class="hb-num">{other?.name}</th>
              <th class="hb-num">{words.column.difference}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Row c={c} line={line} registers={registers} />
            ))}
          </tbody>
          <tbody>
            <tr class="hb-total">
              <td />
              <td>{words.result}</td>
              <td class="hb-num" data-line="2" data-label={budget.name}>
                {wholeKroner(-total('mine'), locale)}
              </td>
              <td class="hb-num" data-line="2" data-label={other?.name}>
                {wholeKroner(-total('other'), locale)}
              </td>
              <td class="hb-num">{withSign(total('improves'), locale)}</td>
            </tr>
          </tbody>
        </table>
      )}
    </>,
  )
}

function Row({ c, line, registers }: { c: Page; line: Compared; registers: Registers }) {
  const words = textsOf(c).budgets
  const { locale } = c.var
  const account = registers.accounts.get(line.account)
  const direction = directionOf(line.account, account?.type)
  const amount = (n: Ore) => wholeKroner(signed(n, 'natural', direction), locale)
  const values = Object.entries(line.dimensions).map(
    ([key, value]) => registers.dimensions.get(key)?.values.get(value) ?? value,
  )
  return (
    <tr>
      <td class="hb-accno" data-line="2">
        {line.account}
      </td>
      <td>
        {account ? (locale === 'nb' ? account.nameNb : account.nameEn) : words.unknownAccount}{' '}
        {values.map((value) => (
          <span class="hb-chip">{value}</span>
        ))}
      </td>
      <td class="hb-num" data-line="2" data-label={words.column.budget}>
        {amount(line.mine)}
      </td>
      <td class="hb-num" data-line="2" data-label={words.compareWith}>
        {amount(line.other)}
      </td>
      <td class="hb-num">{withSign(line.improves, locale)}</td>
    </tr>
  )
}

/** A difference with its sign, plus too. */
const withSign = (amount: Ore, locale: Locale): string =>
  `${amount > 0 ? '+' : ''}${amount === 0 ? '' : wholeKroner(amount, locale)}`
