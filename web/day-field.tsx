import { day } from '#i18n/format.ts'
import { dayInOslo, type Instant, type IsoDate, isoDate } from '#worker/core/dates.ts'
import { readDay } from '#worker/sheets/read-day.ts'

type Props = {
  name: string
  value?: string | undefined
  /** Given where the field has a label of its own. */
  id?: string
  class?: string
  required?: boolean
  describedBy?: string
  /** How days are written: `t.shell.dayHint`. */
  hint?: string
  /** What stands in it cannot be read, and `Unread` tells of it. */
  unread?: boolean
}

/**
 * A day as accountants type it: `20.11.2026`, `2011`, `201126`, `20.11.`. Not the browser's own date field, which shows days
 * the way of the browser's language, not of ours.
 */
export const DayField = ({ name, value, id, required, describedBy, hint, unread, ...rest }: Props) => (
  <input
    type="text"
    inputmode="decimal"
    name={name}
    id={id}
    class={rest.class}
    value={value && isoDate(value) ? day(value) : value}
    placeholder={hint}
    autocomplete="off"
    required={required}
    data-day
    {...(unread && UNREAD)}
    aria-describedby={[describedBy, unread && UNREAD['aria-describedby']].filter(Boolean).join(' ') || undefined}
  />
)

/** Of a field with what cannot be read: marked, begun in, and told of where `Unread` stands. */
export const UNREAD = { 'aria-invalid': 'true', 'aria-describedby': 'unread', 'data-focus': true } as const

/** A day among the choices beside a heading: its label and the day with a dotted line. */
export const DayPick = ({ label, ...props }: Props & { label: string }) => (
  <span class="hb-pick">
    <label for={`pick-${props.name}`}>{label}</label>
    <DayField
      id={`pick-${props.name}`}
      {...props}
      unread={Boolean(props.value?.trim()) && dayIn(props.value) === undefined}
    />
  </span>
)

export const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)

/** The day a field holds; undefined when it is empty or no such day exists. What is left out is taken from `near`. */
export const dayIn = (text: string | undefined, near: IsoDate = today()): IsoDate | undefined =>
  text?.trim() ? readDay(text, near, today()) : undefined
