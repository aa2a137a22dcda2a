/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx'
import { fill, kroner, type Locale, whole } from '#i18n/format.ts'
import { type Audit, booksHold, brokenBlocks } from '../audit/verdict.ts'
import { countedText, type PaneTexts, secondsText } from './pane-texts.ts'
import { Act, Button, NoticeBar, ProofMark, type ViewProps } from './parts.tsx'
import { SampleForm } from './sample-form.tsx'

/** The books computed anew in Excel, the workbook's blocks held against them, and what the ledger's own checks say. */
export function CheckTab(props: ViewProps) {
  const { model, state, t } = props
  const { audit, verified, locale, busy } = state
  const progress = busy?.what === 'verify' ? busy.progress : undefined
  return (
    <>
      <main class="hb-panemain">
        <h1>{headingOf(props)}</h1>
        <p class="hb-quiet">
          {audit
            ? fill(
                t.check.computed,
                {
                  vouchers: countedText(audit.found.ledgerVersion, t.vouchers.count, locale),
                  seconds: secondsText(audit.found.ms, locale),
                },
                locale,
              )
            : t.check.empty}
        </p>
        <NoticeBar {...props} />
        {audit ? <Computed {...props} audit={audit} /> : null}
        {audit && audit.found.list.length > 0 ? <SampleForm {...props} /> : null}
        {verified ? (
          <section>
            <h2>{t.check.own}</h2>
            <ul class="hb-verify">
              {[...verified.checks]
                .sort((a, b) => Number(a.holds) - Number(b.holds))
                .map((check) => (
                  <Line {...props} holds={check.holds} title={check.name}>
                    {countedText(check.rows, t.check.rows, locale)}
                  </Line>
                ))}
            </ul>
          </section>
        ) : null}
      </main>
      <div class="hb-panefoot">
        {progress ? (
          <div class="hb-row">
            <progress max={progress.of} value={progress.done} aria-label={t.busy.verify} />
            <Button variant="secondary" onClick={() => model.stop()}>
              {t.vouchers.stop}
            </Button>
          </div>
        ) : (
          <Button full waits={busy !== undefined} onClick={() => model.audit.verify()}>
            {audit ? t.check.again : t.check.run}
          </Button>
        )}
      </div>
    </>
  )
}

/** The heading is the answer: first the books, then the sheet. */
function headingOf({ state, t }: ViewProps): string {
  const { audit, verified, locale } = state
  if (!audit) return t.check.emptyTitle
  const broken = verified?.checks.filter((check) => !check.holds).length ?? 0
  if (!booksHold(audit)) return t.check.booksBroken
  if (broken > 0) return countedText(broken, t.check.broken, locale)
  const wrong = brokenBlocks(audit).length
  return wrong > 0 ? `${t.check.holds}. ${countedText(wrong, t.check.sheetWrong, locale)}` : t.check.holds
}

function Line({ t, holds, title, children }: ViewProps & { holds: boolean; title: string; children?: Child }) {
  return (
    <li data-broken={holds ? undefined : ''}>
      <span>
        <b>{title}</b>
        <small>{children}</small>
      </span>
      <ProofMark label={holds ? t.check.proven : t.check.notProven} broken={!holds} />
    </li>
  )
}

const shortHead = (head: string): string => `${head.slice(0, 4)}…${head.slice(-4)}`

function Computed(props: ViewProps & { audit: Audit }) {
  const { state, t, audit } = props
  const { locale } = state
  const { found, differing } = audit
  const { broken, gaps } = found
  const first = differing[0]
  return (
    <ul class="hb-verify">
      <Line {...props} holds={!broken} title={broken ? t.check.chainBroken : t.check.chain}>
        {broken
          ? fill(
              t.check.faults[broken.fault],
              { voucher: broken.voucher, version: whole(broken.ledgerVersion, locale) },
              locale,
            )
          : fill(
              t.check.chainFrom,
              { last: whole(found.ledgerVersion, locale), head: shortHead(found.chainHead) },
              locale,
            )}
      </Line>
      <Line {...props} holds={gaps.length === 0} title={gaps.length === 0 ? t.check.numbers : t.check.numbersWrong}>
        {gaps.length === 0
          ? seriesText(found.series, t, locale)
          : gaps
              .slice(0, 10)
              .map(({ series, fiscalYear, number }) => `${series} ${fiscalYear}-${number}`)
              .join(', ')}
      </Line>
      <Line {...props} holds={!first} title={first ? t.check.balancesWrong : t.check.balances}>
        {first
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
            )}
      </Line>
      {audit.blocks.map((block) => (
        <Block {...props} block={block} />
      ))}
    </ul>
  )
}

const SERIES_SHOWN = 4
/** The longest series of the newest year by name, the others by their number. */
function seriesText(series: Audit['found']['series'], t: PaneTexts, locale: Locale): string {
  const sorted = [...series].sort((a, b) => b.fiscalYear - a.fiscalYear || b.last - a.last)
  const shown = sorted.slice(0, SERIES_SHOWN).map((one) => `${one.series} ${one.fiscalYear} 1–${one.last}`)
  const more = series.length - shown.length
  return [...shown, ...(more > 0 ? [countedText(more, t.check.moreSeries, locale)] : [])].join(' · ')
}

/** A pulled report, and the cells in it that no longer say what the ledger said. */
function Block(props: ViewProps & { audit: Audit; block: Audit['blocks'][number] }) {
  const { model, state, t, audit, block } = props
  const { locale } = state
  const { seal, address, wrong, wrongCount, foreign, missing } = block
  const holds = !brokenBlocks(audit).includes(block)
  const figure = (value: unknown) =>
    typeof value === 'number' ? kroner(Math.round(value * 100), locale) : `${value ?? ''}` || '–'
  const sheet = address?.split('!')[0]?.replace(/^'(.*)'$/, '$1')
  const goTo = (cell: string) => <Act onClick={() => model.goTo(cell, sheet)}>{cell}</Act>
  if (!address)
    return (
      <Line {...props} holds={false} title={t.report.pull[seal.kind]}>
        {t.check.blockGone}
      </Line>
    )
  const [cell] = wrong
  return (
    <Line {...props} holds={holds} title={address.replace(/^'(.*)'!/, '$1!')}>
      {holds ? fill(t.check.blockHolds, { version: whole(seal.atVersion, locale) }, locale) : null}
      {block.ledgerAgrees && block.inChain ? null : <span class="hb-block">{t.check.ledgerChanged}</span>}
      {cell ? (
        <>
          {goTo(cell.address)}{' '}
          {fill(t.check.overwritten, { sheet: figure(cell.sheet), ledger: figure(cell.ledger) }, locale)}{' '}
          {wrongCount > 1 ? countedText(wrongCount - 1, t.check.moreCells, locale) : null}
          <Button variant="tertiary" waits={state.busy !== undefined} onClick={() => model.audit.putBack(seal.table)}>
            {countedText(wrong.length, t.check.putBack, locale)}
          </Button>
        </>
      ) : null}
      {foreign.length > 0 ? (
        <span class="hb-block">
          {goTo(foreign[0]!)} {countedText(foreign.length, t.check.foreign, locale)}
        </span>
      ) : null}
      {missing > 0 ? <span class="hb-block">{countedText(missing, t.check.missing, locale)}</span> : null}
    </Line>
  )
}
