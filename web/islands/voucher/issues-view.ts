import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { caps, h, icon } from './element.ts'
import type { Entry } from './entry.ts'
import type { Cure, Placed } from './judge.ts'
import { said } from './key-caps.ts'

export type Shown = Placed & { shown: 'error' | 'warning' | 'unfinished' }
export type IssuesPort = {
  readonly locale: Locale
  columnTitle(field: string): string
  goTo(placed: Placed): void
  fix(placed: Placed, cure?: Cure): void
}

/** Issues listed at a time; F8 goes through all. */
const MOST = 6

/** What is wrong, where, and the cure: under the grid, errors first; busy until all is judged. `current` is the chosen cell's. */
export function showIssues(
  mount: HTMLElement,
  issues: readonly Shown[],
  current: Placed | undefined,
  { isReady, verdict: { waiting } }: Pick<Entry, 'isReady' | 'verdict'>,
  port: IssuesPort,
): void {
  const t = entryText
  const { locale } = port
  const errors = issues.filter((issue) => issue.shown === 'error')
  const warnings = issues.filter((issue) => issue.shown === 'warning')
  const unfinished = issues.filter((issue) => issue.shown === 'unfinished')
  const listed = [...errors, ...warnings, ...(errors.length > 0 ? [] : unfinished)]
  mount.replaceChildren()
  mount.setAttribute('aria-busy', String(waiting > 0))
  if (listed.length === 0) {
    if (waiting > 0) mount.append(h('p', { class: 'hb-quiet' }, t(locale, 'checkingRest', { n: waiting })))
    if (isReady) mount.append(h('p', { class: 'hb-ready' }, icon('check'), t(locale, 'readyToPost')))
    return
  }
  const heading =
    errors.length > 0
      ? count(locale, errors.length, 'issuesOne', 'issuesMany')
      : warnings.length > 0
        ? count(locale, warnings.length, 'warningsOne', 'warningsMany')
        : t(locale, 'unfinished')
  const level = errors.length > 0 ? 'error' : warnings.length > 0 ? 'warning' : undefined
  const chosen =
    current && listed.find((p) => p.row === current.row && p.field === current.field && p.code === current.code)
  const cureAt = chosen?.fix ? chosen : listed.find((issue) => issue.fix)
  const first =
    chosen && !listed.slice(0, MOST).includes(chosen) ? [chosen, ...listed.slice(0, MOST - 1)] : listed.slice(0, MOST)
  mount.append(
    h(
      'div',
      { class: 'hb-notice hb-issues', ...(level && { 'data-level': level }) },
      h('h3', {}, heading),
      h('ul', {}, ...first.map((issue) => item(issue, issue === cureAt, issue === chosen, port))),
      listed.length > first.length &&
        h('p', { class: 'hb-small hb-quiet' }, said(t(locale, 'moreIssues', { n: listed.length - first.length }))),
    ),
  )
}

function item(issue: Shown, hasKey: boolean, isCurrent: boolean, port: IssuesPort): HTMLElement {
  const { locale } = port
  const column = port.columnTitle(issue.field)
  const where =
    issue.row < 0
      ? entryText(locale, 'atHeader', { column })
      : entryText(locale, 'atLine', { line: issue.row + 1, column })
  const mark =
    issue.shown === 'warning'
      ? h('span', { class: 'hb-warning-text' }, icon('warning'))
      : issue.shown === 'error'
        ? h('span', { class: 'hb-error-text' }, icon('error'))
        : undefined
  return h(
    'li',
    { class: 'hb-issue', ...(isCurrent && { 'aria-current': 'true' }) },
    mark,
    h(
      'span',
      {},
      h('button', { type: 'button', class: 'hb-goto', onclick: () => port.goTo(issue) }, where),
      ` ${said(issue.message)}`,
      issue.fix && ' ',
      issue.fix &&
        h(
          'button',
          { type: 'button', class: 'hb-cure', onclick: () => port.fix(issue) },
          issue.fix.label ?? String(issue.fix.value),
        ),
      ...(issue.fix && hasKey ? [' ', ...caps(said('Alt Enter'))] : []),
      issue.other && ' ',
      issue.other &&
        h(
          'button',
          { type: 'button', class: 'hb-cure', onclick: () => port.fix(issue, issue.other) },
          issue.other.label ?? String(issue.other.value),
        ),
      ...(issue.code.includes('/') ? [' ', explained(issue, locale)] : []),
    ),
  )
}

/** The way to what the code means; in a window of its own, so that one stays where one is. */
const explained = ({ code }: Shown, locale: Locale): HTMLElement =>
  h(
    'a',
    {
      class: 'hb-explained',
      href: `/help/problems#${code}`,
      target: '_blank',
      'aria-label': `${entryText(locale, 'explainCode')} ${code}`,
    },
    '?',
  )

const count = (
  locale: Locale,
  n: number,
  one: Parameters<typeof entryText>[1],
  many: Parameters<typeof entryText>[1],
): string => (n === 1 ? entryText(locale, one) : entryText(locale, many, { n }))
