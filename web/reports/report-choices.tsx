import { day } from '#i18n/format.ts'
import { type IsoDate, instantOf } from '#worker/core/dates.ts'
import type { Question } from '#worker/reports/question-store.ts'
import type { DimensionChoice } from '#worker/reports/read-dimension-choices.ts'
import { DayPick, dayIn, today } from '../day-field.tsx'
import { type Page, textsOf } from '../page.tsx'
import { unreadIn } from '../unread.tsx'

/** What a report's address asks for. A day that does not exist is remembered as it was typed, and told. */
export type Choices = {
  fromDate: IsoDate | undefined
  toDate: IsoDate | undefined
  knownAt: IsoDate | undefined
  dimensions: Record<string, string>
  unread: readonly string[]
}

export function choicesIn(c: Page, dimensions: readonly DimensionChoice[]): Choices {
  const asked = c.req.query()
  const days = { fromDate: dayIn(asked.fromDate), toDate: dayIn(asked.toDate), knownAt: dayIn(asked.knownAt) }
  // A value that is not there goes on to the report, which says so; it is not dropped, and all shown instead.
  const values = dimensions.flatMap(({ key }) => (asked[key] ? [[key, asked[key]] as const] : []))
  return {
    ...days,
    dimensions: Object.fromEntries(values),
    unread: unreadIn(asked, ['fromDate', 'toDate', 'knownAt']),
  }
}

/** The choices as a report takes them. A day of knowledge means its end in Norway. */
export const questionOf = (choices: Choices): Question => ({
  fromDate: choices.fromDate,
  toDate: choices.toDate,
  asKnownAt: choices.knownAt && instantOf(choices.knownAt),
  today: today(),
  filter: { dimensions: choices.dimensions },
})

/** The same choices as the export of a report takes them. */
export const exportQuery = ({ fromDate, toDate, knownAt, dimensions }: Choices) => ({
  fromDate,
  toDate,
  asKnownAt: knownAt,
  ...dimensions,
})

/** The address of the same report with something changed; what is undefined goes. */
export function addressWith(c: Page, change: Record<string, string | undefined>, hash = ''): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...c.req.query(), ...change })) if (value) query.set(name, value)
  return `?${query}${hash}`
}

type Props = {
  c: Page
  choices: Choices
  /** The days the report was drawn for, which stand in the fields when none were asked for. */
  days: { fromDate: IsoDate; toDate: IsoDate }
  dimensions: readonly DimensionChoice[]
  /** What else of the address stays when a choice is changed. */
  keep?: string | undefined
  /** Fields of the report itself, first. */
  children?: any
}

/** Label and value with a dotted line, no boxes: the choices stand beside the heading. What is chosen shows the new report at once, what is typed with Enter. */
export function ReportChoices({ c, choices, days, dimensions, keep, children }: Props) {
  const t = textsOf(c).reports
  const asked = c.req.query()
  const value = (name: 'fromDate' | 'toDate' | 'knownAt', standing: string) =>
    choices.unread.includes(name) ? asked[name] : (choices[name] ?? standing)
  const used = dimensions.filter((d) => d.values.length > 0)
  return (
    <form class="hb-picks" method="get" data-auto>
      {keep && asked[keep] && <input type="hidden" name={keep} value={asked[keep]} />}
      {children}
      <DayPick label={t.fromDate} name="fromDate" value={value('fromDate', days.fromDate)} />
      <DayPick label={t.toDate} name="toDate" value={value('toDate', days.toDate)} />
      {used.map((d) => (
        <label class="hb-pick">
          {c.var.locale === 'nb' ? d.nameNb : d.nameEn}
          <select name={d.key}>
            <option value="">{t.all}</option>
            {d.values.map((v) => (
              <option value={v.code} selected={choices.dimensions[d.key] === v.code}>
                {v.code} {v.name}
              </option>
            ))}
          </select>
        </label>
      ))}
      <DayPick label={t.knownAt} name="knownAt" value={value('knownAt', '')} hint={t.now} />
      <button class="ds-button hb-no-print" data-variant="tertiary" type="submit">
        {t.show}
      </button>
      {Object.keys(asked).length > 0 && (
        <a class="hb-no-print" href={c.req.path}>
          {t.reset}
        </a>
      )}
    </form>
  )
}

/** The filters in words, for the proof under a report. */
export function filterText(c: Page, choices: Choices, dimensions: readonly DimensionChoice[]): string {
  const t = textsOf(c).reports
  const named = dimensions.flatMap((d) => {
    const code = choices.dimensions[d.key]
    return code ? [`${c.var.locale === 'nb' ? d.nameNb : d.nameEn} ${code}`] : []
  })
  if (choices.knownAt) named.push(t.proof.knownAt.replace('{date:day}', day(choices.knownAt)))
  return named.length > 0 ? named.join(', ') : t.proof.noFilter
}
