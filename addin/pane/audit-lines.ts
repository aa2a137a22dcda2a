import { day, fill, kroner, type Locale, whole } from '#i18n/format.ts'
import { blockTexts } from '../audit/block-texts.ts'
import type { BlockCheck, Seal } from '../audit/sealed-block.ts'
import { type Audit, brokenBlocks } from '../audit/verdict.ts'
import type { Verified } from './pane-state.ts'
import { countedText, type PaneTexts } from './pane-texts.ts'
import './report-texts.ts'

/** One thing that was looked into, and what came of it; `holds` is undefined where it could not be looked into. */
export type AuditLine = { holds: boolean | undefined; title: string; detail: string }

const shortHead = (head: string): string => `${head.slice(0, 4)}…${head.slice(-4)}`

/** The books as they were computed here: chain, numbers, balances. */
export function computedLines({ found, differing }: Audit, t: PaneTexts, locale: Locale): AuditLine[] {
  const { broken, gaps, withheld = 0 } = found
  const [first] = differing
  return [
    {
      holds: !broken,
      title: broken ? t.check.chainBroken : withheld > 0 ? t.check.chainPartly : t.check.chain,
      detail: broken
        ? fill(
            t.check.faults[broken.fault],
            { voucher: broken.voucher, version: whole(broken.ledgerVersion, locale) },
            locale,
          )
        : `${fill(
            t.check.chainFrom,
            { last: whole(found.ledgerVersion, locale), head: shortHead(found.chainHead) },
            locale,
          )}${withheld > 0 ? `. ${countedText(withheld, t.check.withheld, locale)}` : ''}`,
    },
    {
      holds: gaps.length === 0,
      title: gaps.length === 0 ? t.check.numbers : t.check.numbersWrong,
      detail:
        gaps.length === 0
          ? seriesText(found.series, t, locale)
          : gaps
              .slice(0, 10)
              .map(({ series, fiscalYear, number }) => `${series} ${fiscalYear}-${number}`)
              .join(', '),
    },
    withheld > 0
      ? { holds: undefined, title: t.check.balancesUnknown, detail: t.check.balancesWithheld }
      : balanceLine(found, first, t, locale),
  ]
}

const balanceLine = (
  found: Audit['found'],
  first: Audit['differing'][number] | undefined,
  t: PaneTexts,
  locale: Locale,
) => ({
  holds: !first,
  title: first ? t.check.balancesWrong : t.check.balances,
  detail: first
    ? fill(
        t.check.differs,
        { account: first.account, computed: kroner(first.computed, locale), told: kroner(first.told, locale) },
        locale,
      )
    : fill(
        t.check.summed,
        {
          accounts: countedText(found.balances.size, t.check.accounts, locale),
          entries: countedText(found.entries, t.report.entries, locale),
        },
        locale,
      ),
})

const SERIES_SHOWN = 4
/** The longest series of the newest year by name, the others by their number. */
function seriesText(series: Audit['found']['series'], t: PaneTexts, locale: Locale): string {
  const sorted = [...series].sort((a, b) => b.fiscalYear - a.fiscalYear || b.last - a.last)
  const shown = sorted.slice(0, SERIES_SHOWN).map((one) => `${one.series} ${one.fiscalYear} 1–${one.last}`)
  const more = series.length - shown.length
  return [...shown, ...(more > 0 ? [countedText(more, t.check.moreSeries, locale)] : [])].join(' · ')
}

/** A cell's value as it is told: figures as amounts, texts as they are, nothing as a dash. */
export const figureText = (value: unknown, locale: Locale): string =>
  typeof value === 'number' ? kroner(Math.round(value * 100), locale) : `${value ?? ''}` || '–'

/** What a seal says that its block is: what stands beside the figures in the sheet may have been typed. */
export function sealedText({ kind, query, atVersion }: Seal, t: PaneTexts, locale: Locale): string {
  const { fromDate, toDate, upTo: _, ...filters } = query
  const asked = Object.entries(filters).map(([name, value]) => `${name}=${value}`)
  const what = [blockTexts[locale].pull[kind], `${day(fromDate!)}–${day(toDate!)}`, ...asked].join(', ')
  return fill(t.check.sealed, { what, version: whole(atVersion, locale) }, locale)
}

/** What of a block is held against nothing, and why. */
export function unheldText({ older, budgetChanged, wordsChanged }: BlockCheck, t: PaneTexts): string | undefined {
  if (older) return t.check.older
  if (budgetChanged) return t.check.budgetChanged
  return wordsChanged ? t.check.wordsChanged : undefined
}

/** The workbook's pulled reports, each cell that was written over by name. */
export function blockLines(audit: Audit, t: PaneTexts, locale: Locale): AuditLine[] {
  const broken = new Set(brokenBlocks(audit))
  return audit.blocks.map((block): AuditLine => {
    const { seal, address, wrong, wrongCount, foreign, missing, ledgerAgrees, inChain } = block
    const title = address ? address.replace(/^'(.*)'!/, '$1!') : blockTexts[locale].pull[seal.kind]
    const sealed = sealedText(seal, t, locale)
    const unheld = unheldText(block, t)
    if (!broken.has(block)) {
      const detail = [sealed, unheld ?? t.check.blockHolds, ...(block.hidden ? [t.check.hidden] : [])].join(' ')
      return { holds: unheld ? undefined : true, title, detail }
    }
    const details = [
      ...(address ? [] : [t.check.blockGone]),
      ...(ledgerAgrees && inChain ? [] : [t.check.ledgerChanged]),
      ...wrong.map(({ address: cell, sheet, ledger }) => {
        const params = { sheet: figureText(sheet, locale), ledger: figureText(ledger, locale) }
        return `${cell} ${fill(t.check.overwritten, params, locale)}`
      }),
      ...(wrongCount > wrong.length ? [countedText(wrongCount - wrong.length, t.check.moreCells, locale)] : []),
      ...(foreign.length > 0 ? [`${foreign[0]} ${countedText(foreign.length, t.check.foreign, locale)}`] : []),
      ...(address && missing > 0 ? [countedText(missing, t.check.missing, locale)] : []),
      ...(unheld ? [unheld] : []),
      ...(block.hidden ? [t.check.hidden] : []),
      sealed,
    ]
    return { holds: false, title, detail: details.join(' ') }
  })
}

/** What the ledger says of itself, what does not hold first. */
export const ownLines = ({ checks }: Verified, t: PaneTexts, locale: Locale): AuditLine[] =>
  [...checks]
    .sort((a, b) => Number(a.holds) - Number(b.holds))
    .map(({ holds, name, rows }) => ({ holds, title: name, detail: countedText(rows, t.check.rows, locale) }))
