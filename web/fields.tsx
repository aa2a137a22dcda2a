import { counted, type Locale } from '#i18n/format.ts'
import { problemText, withText } from '#i18n/problem-text.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Fields } from './form.ts'
import { Icon } from './icon.tsx'
import { type Page, textsOf } from './page.tsx'

/** A form that was sent and refused: what stood in it, and why not. */
export type Tried = { fields: Fields; problem: Problem }

/** What is wrong with each field, by its name, in the reader's language. */
export function faultsOf(tried: Tried | undefined, locale: Locale): ReadonlyMap<string, string> {
  const issues = tried?.problem.issues ?? []
  return new Map(issues.map((issue) => [issue.pointer.replace(/^#\//, ''), withText(issue, locale).message]))
}

/**
 * Does what a form asks for. What the user can put right is given back to the form; anything else is thrown on.
 * @throws Problem 404, 5xx.
 */
export async function tryForm(
  fields: Fields,
  work: () => Promise<Response>,
  again: (tried: Tried) => Promise<Response>,
): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    const forForm = error instanceof Problem && error.status < 500 && error.status !== 404
    if (forForm && error.code !== 'step-up/required') return again({ fields, problem: error })
    throw error
  }
}

type SummaryProps = { c: Page; tried: Tried | undefined; fields?: readonly string[]; form?: string | undefined }

/** What must be put right, first on the page; each line leads to its field. */
export function ErrorSummary({ c, tried, fields, form }: SummaryProps) {
  if (!tried) return null
  const { locale } = c.var
  const { problem } = tried
  const faults = [...faultsOf(tried, locale)]
  return (
    <div class="hb-notice" data-level="error" role="alert" tabindex={-1} autofocus>
      <h2>
        {faults.length === 0
          ? problemText(problem.code, problem.params, locale)
          : counted(faults.length, textsOf(c).registers.faults, locale)}
      </h2>
      <ul>
        {faults.map(([name, message]) => (
          <li>{fields?.includes(name) ? <a href={`#${idOf('field', name, form)}`}>{message}</a> : message}</li>
        ))}
      </ul>
    </div>
  )
}

type FieldProps = {
  label: string
  name: string
  /** Told apart from a field of the same name in another form of the page. */
  form?: string
  value?: string | null | undefined
  help?: string | undefined
  faults?: ReadonlyMap<string, string> | undefined
  required?: boolean
}

/** Label above, help under, error under with the cure. */
function Labelled({ label, name, form, help, faults, children }: FieldProps & { children: any }) {
  const fault = faults?.get(name)
  return (
    <div class="ds-field">
      <label class="ds-label" for={idOf('field', name, form)}>
        {label}
      </label>
      {children}
      {fault && (
        <span class="hb-fault" id={idOf('fault', name, form)}>
          <Icon name="error" />
          {fault}
        </span>
      )}
      {help && <small id={idOf('help', name, form)}>{help}</small>}
    </div>
  )
}

const idOf = (what: string, name: string, form: string | undefined): string =>
  [what, form, name].filter(Boolean).join('-')

const described = ({ name, form, help, faults }: FieldProps): string | undefined =>
  [faults?.has(name) && idOf('fault', name, form), help && idOf('help', name, form)].filter(Boolean).join(' ') ||
  undefined

type TextProps = FieldProps & {
  type?: 'text' | 'email' | 'password' | 'number' | 'tel'
  inputmode?: 'numeric' | 'decimal'
  maxlength?: number
  minlength?: number
  autocomplete?: string
  placeholder?: string
  readonly?: boolean
  day?: boolean
  /** Id of the choices shown while one types. */
  list?: string
}

export function TextField(props: TextProps) {
  const { name, form, value, faults, required, type = 'text', day, ...rest } = props
  const { inputmode, maxlength, minlength, autocomplete = 'off', placeholder, readonly, list } = rest
  return (
    <Labelled {...props}>
      <input
        class="ds-input"
        id={idOf('field', name, form)}
        name={name}
        type={type}
        value={value ?? undefined}
        required={required}
        inputmode={inputmode}
        maxlength={maxlength}
        minlength={minlength}
        autocomplete={autocomplete}
        placeholder={placeholder}
        readonly={readonly}
        list={list}
        data-day={day}
        aria-invalid={faults?.has(name) ? 'true' : undefined}
        aria-describedby={described(props)}
      />
    </Labelled>
  )
}

/** A text of several lines. */
export function TextArea(props: FieldProps) {
  const { name, form, value, faults } = props
  return (
    <Labelled {...props}>
      <textarea
        class="ds-input"
        id={idOf('field', name, form)}
        name={name}
        rows={4}
        aria-invalid={faults?.has(name) ? 'true' : undefined}
        aria-describedby={described(props)}
      >
        {value ?? ''}
      </textarea>
    </Labelled>
  )
}

type SelectProps = FieldProps & { options: readonly (readonly [value: string, text: string])[] }

export function SelectField(props: SelectProps) {
  const { name, form, value, faults, required, options } = props
  return (
    <Labelled {...props}>
      <select
        class="ds-input"
        id={idOf('field', name, form)}
        name={name}
        required={required}
        aria-invalid={faults?.has(name) ? 'true' : undefined}
        aria-describedby={described(props)}
      >
        {options.map(([option, text]) => (
          <option value={option} selected={option === (value ?? '')}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

export const CheckField = ({ label, name, checked }: { label: string; name: string; checked: boolean }) => (
  <label class="hb-check">
    <input type="checkbox" name={name} value="yes" checked={checked} />
    {label}
  </label>
)
