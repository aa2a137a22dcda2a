import * as z from 'zod/mini'
import { fill, moment } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { readDimensions } from '#worker/dimensions/store.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { saveTemplate } from '#worker/templates/save-template.ts'
import { readTemplate, readVersions } from '#worker/templates/store.ts'
import { type Template, TemplateContent, TemplateKey } from '#worker/templates/template.ts'
import { CheckField, ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { OfficeSection } from './office-section.tsx'
import { BLANK_LINES, BLANK_PARAMETERS, contentIn, fieldAt, fieldsOf, filledRows } from './template-form.ts'
import { Preview, previewOf } from './template-preview.tsx'

type Props = { c: Page; fields: Fields; faults: ReadonlyMap<string, string> }

/** A template in its form, with what it comes to beside it while one types. */
export async function templatePage(c: Page, tried?: Tried): Promise<Response> {
  const key = pathText(c, 'template')
  const template = await readTemplate(c.var.db, key)
  if (!template) throw new Problem(404, 'template/unknown', { params: { template: key } })
  return editor(c, template, tried)
}

export const newTemplatePage = (c: Page, tried?: Tried): Promise<Response> => editor(c, undefined, tried)

async function editor(c: Page, template: Template | undefined, tried: Tried | undefined): Promise<Response> {
  const t = textsOf(c)
  const words = t.templates.edit
  const { db, locale, access } = c.var
  const dimensions = await readDimensions(db)
  const keys = dimensions.map((d) => d.key)
  const types = await readVoucherTypes(db)
  const versions = template ? await readVersions(db, template.key) : []
  const names = await readNames(c.var.control, [...new Set(versions.map((v) => v.by))])
  const fields = tried?.fields ?? (template ? fieldsOf(template.content) : {})
  const faults = new Map([...faultsOf(tried, locale)].map(([at, message]) => [fieldAt(`#/${at}`), message]))
  const mayWrite = mayDo(access, 'register:write')
  const title = template ? `${template.key} ${template.content.name}` : words.titleNew
  const action = template ? `/templates/${encodeURIComponent(template.key)}` : '/templates'
  return page(
    c,
    {
      title,
      area: 'templates',
      scripts: ['template-editor.js'],
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} />
        {c.req.query('shared') && (
          <div class="hb-notice" data-level="done" role="status">
            <p>{fill(t.templates.office.done, sharedCounts(c), locale)}</p>
          </div>
        )}
      </div>
      <form
        class="hb-form hb-template"
        method="post"
        action={companyPath(access, action)}
        data-preview={companyPath(access, '/templates/preview')}
      >
        <input type="hidden" name="version" value={String(template?.version ?? 0)} />
        <input type="hidden" name="dimensions" value={keys.join(',')} />
        <div class="hb-columns" data-side>
          <section>
            <Header c={c} fields={fields} faults={faults} template={template} types={types} />
            <Parameters c={c} fields={fields} faults={faults} />
          </section>
          <section>
            <h2>{words.preview}</h2>
            <Preview c={c} shown={await previewOf(c, fields, keys)} />
          </section>
        </div>
        <Lines c={c} fields={fields} faults={faults} dimensions={dimensions} />
        <div class="hb-form-actions">
          {mayWrite && (
            <button class="ds-button" type="submit">
              {words.save}
            </button>
          )}
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/templates')} data-key="Escape">
            {words.back}
          </a>
        </div>
      </form>
      {template && mayWrite && <OfficeSection c={c} template={template} />}
      {versions.length > 1 && (
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{words.versions}</h2>
          </div>
          <ul class="hb-quiet">
            {versions.map((v) => (
              <li>
                {fill(
                  words.versionBy,
                  { version: v.version, at: moment(v.recordedAt), name: names.get(v.by) ?? v.by },
                  locale,
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>,
  )
}

const sharedCounts = (c: Page) => {
  const counts = (c.req.query('shared') ?? '').split(',').map(Number)
  const [created = 0, updated = 0, differs = 0, unchanged = 0] = counts
  return { created, updated, differs, unchanged }
}

type Types = Awaited<ReturnType<typeof readVoucherTypes>>

function Header({ c, fields, faults, template, types }: Props & { template: Template | undefined; types: Types }) {
  const words = textsOf(c).templates.edit
  const { locale } = c.var
  const options = types.map((v) => [v.key, `${v.series} ${locale === 'nb' ? v.nameNb : v.nameEn}`] as const)
  return (
    <>
      {!template && (
        <TextField
          label={words.key}
          name="key"
          value={fields.key}
          help={words.keyHelp}
          faults={faults}
          maxlength={35}
          required
        />
      )}
      <TextField label={words.name} name="name" value={fields.name} faults={faults} maxlength={100} required />
      <SelectField
        label={words.type}
        name="type"
        value={fields.type}
        faults={faults}
        options={[['', words.onlyLines], ...options]}
      />
      <TextField
        label={words.text}
        name="text"
        value={fields.text}
        help={words.textHelp}
        faults={faults}
        maxlength={255}
      />
      <CheckField label={words.active} name="active" checked={fields.active !== 'no' && template?.active !== false} />
    </>
  )
}

function Parameters({ c, fields, faults }: Props) {
  const words = textsOf(c).templates.edit
  const rows = filledRows(fields, 'parameter') + BLANK_PARAMETERS
  return (
    <fieldset>
      <legend>{words.asks}</legend>
      <p class="hb-quiet">{words.asksHelp}</p>
      <table class="hb-table hb-inputs">
        <thead>
          <tr>
            <th>{words.parameter.name}</th>
            <th>{words.parameter.kind}</th>
            <th>{words.parameter.default}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, i) => (
            <tr>
              <td>
                <Cell {...{ fields, faults }} name={`parameter.${i}.name`} label={words.parameter.name} n={i} />
              </td>
              <td>
                <select class="ds-input" name={`parameter.${i}.kind`} aria-label={`${words.parameter.kind} ${i + 1}`}>
                  {(['amount', 'date', 'party', 'text'] as const).map((kind) => (
                    <option value={kind} selected={fields[`parameter.${i}.kind`] === kind}>
                      {words.kinds[kind]}
                    </option>
                  ))}
                </select>
              </td>
              <td>
                <Cell {...{ fields, faults }} name={`parameter.${i}.default`} label={words.parameter.default} n={i} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  )
}

type Dimensions = Awaited<ReturnType<typeof readDimensions>>

function Lines({ c, fields, faults, dimensions }: Props & { dimensions: Dimensions }) {
  const words = textsOf(c).templates.edit
  const { locale } = c.var
  const rows = filledRows(fields, 'line') + BLANK_LINES
  const columns = [
    ['account', words.line.account],
    ['amount', words.line.amount],
    ['vatCode', words.line.vatCode],
    ...dimensions.map((d) => [`dimension.${d.key}`, locale === 'nb' ? d.nameNb : d.nameEn] as const),
    ['text', words.line.text],
    ['dueDate', words.line.dueDate],
    ['script', words.line.script],
  ] as const
  return (
    <fieldset>
      <legend>{words.linesTitle}</legend>
      <p class="hb-quiet">{words.linesHelp}</p>
      <div class="hb-scroll" tabindex={0} role="group" aria-label={words.linesTitle}>
        <table class="hb-table hb-inputs">
          <thead>
            <tr>
              {columns.map(([, label]) => (
                <th>{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, i) => (
              <tr>
                {columns.map(([field, label]) => (
                  <td>
                    <Cell {...{ fields, faults }} name={`line.${i}.${field}`} label={label} n={i} />
                    {['vatMode', 'invoiceNumber'].map(
                      (kept) =>
                        field === 'account' &&
                        fields[`line.${i}.${kept}`] && (
                          <input type="hidden" name={`line.${i}.${kept}`} value={fields[`line.${i}.${kept}`]} />
                        ),
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  )
}

type CellProps = Omit<Props, 'c'> & { name: string; label: string; n: number }

/** A field of a table: its column is its label, said with the row's number. */
const Cell = ({ fields, faults, name, label, n }: CellProps) => (
  <input
    class="ds-input"
    name={name}
    value={fields[name]}
    aria-label={`${label} ${n + 1}`}
    aria-invalid={faults.has(name) ? 'true' : undefined}
    title={faults.get(name)}
    autocomplete="off"
  />
)

export async function submitTemplate(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const known = c.req.param('template')
  return tryForm(
    fields,
    async () => {
      const dimensions = (fields.dimensions ?? '').split(',').filter(Boolean)
      const content = parse(contentIn(fields, dimensions), TemplateContent)
      const { key } = parse({ key: known ?? fields.key ?? '' }, z.object({ key: TemplateKey }))
      const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
      await saveTemplate(actingOf(c), key, { content, active: fields.active === 'yes' }, version)
      return c.redirect(companyPath(c.var.access, '/templates'), 303)
    },
    (tried) => (known ? templatePage(c, tried) : newTemplatePage(c, tried)),
  )
}
