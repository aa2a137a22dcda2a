/** @jsxImportSource hono/jsx/dom */
import { useState } from 'hono/jsx/dom'
import { fill } from '#i18n/format.ts'
import { METHODS, type Method } from '../audit/sample.ts'
import { countedText } from './pane-texts.ts'
import { Button, type ViewProps } from './parts.tsx'

const MOST = 1_000

/** Vouchers picked out for an auditor: a sample that can be drawn again, and those that stand out. */
export function SampleForm({ model, state, t }: ViewProps) {
  const { sampled, locale, busy } = state
  const [method, setMethod] = useState<Method>('unit')
  const [count, setCount] = useState(25)
  const [seed, setSeed] = useState(() => 10_000 + Math.floor(Math.random() * 90_000))
  const { fromDate = '', toDate = '' } = state.audit?.found ?? {}
  // Until one writes other days they follow what was checked last.
  const [fromTyped, setFrom] = useState('')
  const [toTyped, setTo] = useState('')
  const [from, to] = [fromTyped || fromDate, toTyped || toDate]
  // All that there is needs no period, and the sheet then tells of none.
  const days = from <= fromDate && to >= toDate ? undefined : { fromDate: from, toDate: to }
  const waits = busy !== undefined
  const dayIn = (event: Event) => (event.target as HTMLInputElement).value
  const numberIn = (event: Event) => Math.trunc(Number((event.target as HTMLInputElement).value))
  return (
    <section>
      <h2>{t.check.sample.title}</h2>
      <p class="hb-quiet" role="status">
        {sampled
          ? fill(
              t.check.sample.drawn,
              {
                count: countedText(sampled.count, t.vouchers.count, locale),
                method: t.check.sample.methods[sampled.method].toLowerCase(),
                seed: String(sampled.seed),
                sheet: sampled.sheet,
              },
              locale,
            )
          : t.check.sample.help}
      </p>
      <div class="hb-fields">
        <label class="hb-whole">
          {t.check.sample.method}
          <select onChange={(event: Event) => setMethod((event.target as HTMLSelectElement).value as Method)}>
            {METHODS.map((each) => (
              <option value={each} selected={each === method}>
                {t.check.sample.methods[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.check.sample.from}
          <input class="ds-input" type="date" value={from} onInput={(event: Event) => setFrom(dayIn(event))} />
        </label>
        <label>
          {t.check.sample.to}
          <input class="ds-input" type="date" value={to} onInput={(event: Event) => setTo(dayIn(event))} />
        </label>
        <label>
          {t.check.sample.count}
          <input
            class="ds-input"
            type="number"
            min="1"
            max={MOST}
            value={count}
            onInput={(event: Event) => setCount(Math.min(MOST, Math.max(1, numberIn(event) || 1)))}
          />
        </label>
        <label>
          {t.check.sample.seed}
          <input
            class="ds-input"
            type="number"
            value={seed}
            onInput={(event: Event) => setSeed(numberIn(event) || 0)}
          />
        </label>
      </div>
      {busy?.what === 'documents' && busy.progress ? (
        <div class="hb-row">
          <progress max={busy.progress.of} value={busy.progress.done} aria-label={t.busy.documents} />
          <Button variant="secondary" onClick={() => model.stop()}>
            {t.vouchers.stop}
          </Button>
        </div>
      ) : null}
      <div class="hb-row">
        <Button variant="secondary" waits={waits} onClick={() => model.audit.sample(method, count, seed, days)}>
          {t.check.sample.draw}
        </Button>
        <Button variant="secondary" waits={waits} onClick={() => model.audit.journalTests(days)}>
          {t.check.sample.tests}
        </Button>
        {sampled ? (
          <Button variant="secondary" waits={waits} onClick={() => model.audit.documents()}>
            {t.check.sample.documents}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
