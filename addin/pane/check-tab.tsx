/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx'
import { fill } from '#i18n/format.ts'
import { blockTexts } from '../audit/block-texts.ts'
import { type Audit, booksHold, brokenBlocks } from '../audit/verdict.ts'
import { type AuditLine, computedLines, figureText, ownLines, sealedText, unheldText } from './audit-lines.ts'
import { HeadForm } from './head-form.tsx'
import './check-texts.ts'
import { countedText, secondsText } from './pane-texts.ts'
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
        {audit ? (
          <div class="hb-row">
            <Button variant="secondary" waits={busy !== undefined} onClick={() => model.audit.report('sheet')}>
              {t.check.toSheet}
            </Button>
            <Button variant="secondary" waits={busy !== undefined} onClick={() => model.audit.report('pdf')}>
              {t.check.toPdf}
            </Button>
          </div>
        ) : null}
        {audit ? <HeadForm {...props} /> : null}
        {audit && audit.found.list.length > 0 ? <SampleForm {...props} /> : null}
        {verified ? (
          <section>
            <h2>{t.check.own}</h2>
            <ul class="hb-verify">
              {ownLines(verified, t, locale).map(({ holds, title, detail }) => (
                <Line {...props} holds={holds} title={title}>
                  {detail}
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
  const holds = audit.found.withheld ? t.check.holdsPartly : t.check.holds
  return wrong > 0 ? `${holds}. ${countedText(wrong, t.check.sheetWrong, locale)}` : holds
}

function Line({ t, holds, title, children }: ViewProps & Pick<AuditLine, 'holds' | 'title'> & { children?: Child }) {
  return (
    <li data-broken={holds === false ? '' : undefined}>
      <span>
        <b>{title}</b>
        <small>{children}</small>
      </span>
      {holds === undefined ? (
        <span class="hb-quiet">{t.check.unchecked}</span>
      ) : (
        <ProofMark label={holds ? t.check.proven : t.check.notProven} broken={!holds} />
      )}
    </li>
  )
}

function Computed(props: ViewProps & { audit: Audit }) {
  const { state, t, audit } = props
  return (
    <ul class="hb-verify">
      {computedLines(audit, t, state.locale).map(({ holds, title, detail }) => (
        <Line {...props} holds={holds} title={title}>
          {detail}
        </Line>
      ))}
      {audit.blocks.map((block) => (
        <Block {...props} block={block} />
      ))}
    </ul>
  )
}

/** A pulled report, and the cells in it that no longer say what the ledger said. */
function Block(props: ViewProps & { audit: Audit; block: Audit['blocks'][number] }) {
  const { model, state, t, audit, block } = props
  const { locale } = state
  const { seal, address, wrong, wrongCount, foreign, missing } = block
  const holds = !brokenBlocks(audit).includes(block)
  const unheld = unheldText(block, t)
  const figure = (value: unknown) => figureText(value, locale)
  const sheet = address?.split('!')[0]?.replace(/^'(.*)'$/, '$1')
  const goTo = (cell: string) => <Act onClick={() => model.goTo(cell, sheet)}>{cell}</Act>
  if (!address)
    return (
      <Line {...props} holds={false} title={blockTexts[locale].pull[seal.kind]}>
        {t.check.blockGone}
      </Line>
    )
  const [cell] = wrong
  return (
    <Line {...props} holds={holds && unheld ? undefined : holds} title={address.replace(/^'(.*)'!/, '$1!')}>
      {sealedText(seal, t, locale)} {holds && !unheld ? t.check.blockHolds : null}
      {unheld ? <span class="hb-block">{unheld}</span> : null}
      {block.hidden ? <span class="hb-block">{t.check.hidden}</span> : null}
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
