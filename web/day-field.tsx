import { day } from '#i18n/format.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
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
  invalid?: boolean
}

/**
 * A day as accountants type it: `20.11.2026`, `2011`, `201126`, `20.11.`. Not the browser's own date field, which shows days
 * the way of the browser's language, not of ours.
 */
export const DayField = ({ name, value, id, required, describedBy, hint, invalid, ...rest }: Props) => (
  <input
    type="text"
    inputmode="decimal"
    name={name}
    id={id}
    class={rest.class}
    value={value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value}
    placeholder={hint}
    autocomplete="off"
    required={required}
    aria-describedby={describedBy}
    aria-invalid={invalid ? 'true' : undefined}
    data-day
  />
)

/** A day among the choices beside a heading: its label and the day with a dotted line. */
export const DayPick = ({ label, ...props }: Props & { label: string }) => (
  <span class="hb-pick">
    <label for={`pick-${props.name}`}>{label}</label>
    <DayField id={`pick-${props.name}`} {...props} />
  </span>
)

export const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)

/** The day a field holds; undefined when it is empty or no such day exists. What is left out is taken from `near`. */
export const dayIn = (text: string | undefined, near: IsoDate = today()): IsoDate | undefined =>
  text?.trim() ? readDay(text, near, today()) : undefined
