import { moment } from '#i18n/format.ts'
import { registerName } from '#i18n/sheet-import-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { Problem } from '#worker/core/problem.ts'
import { cutText, isStorable } from '#worker/core/text.ts'
import { REGISTERS, type Register } from '#worker/imports/import-field.ts'
import { keepSheet } from '#worker/imports/keep-sheet.ts'
import { importContext } from '#worker/imports/routes.ts'
import { readOpenImports, readUndone } from '#worker/imports/store.ts'
import { readImportJobs } from '#worker/saft/store.ts'
import { readOpenSwitches } from '#worker/saft-switch/store.ts'
import { SHEET_BYTES } from '#worker/sheets/read-sheet-file.ts'
import { ErrorSummary, SelectField, type Tried, tryForm } from '../fields.tsx'
import type { Fields } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** A form of a file has some bytes around it. */
const FORM_BYTES = SHEET_BYTES + 1_000_000

/** The front door with a register chosen, from where that register was once brought in by itself. */
export const frontDoor = (register: Register) => (c: Page) =>
  c.redirect(companyPath(c.var.access, `/imports?register=${register}`), 303)

/** The one front door of everything that is brought in: a file or pasted rows, what was begun, and every receipt. */
export async function importsPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.imports
  const { access, locale, db, control } = c.var
  const mayWrite = mayDo(access, 'import:run')
  const [jobs, sheets, switches, undone] = await Promise.all([
    readImportJobs(db),
    readOpenImports(db),
    readOpenSwitches(db),
    readUndone(db),
  ])
  const begun = [
    ...switches.map((s) => ({ ...s, register: 'saft', path: `/saft-switches/${s.id}` })),
    ...sheets.map((s) => ({ ...s, path: `/imports/sheets/${s.id}` })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1))
  const names = await readNames(control, [...new Set([...jobs, ...begun].map((one) => one.by))])
  const who = (by: string) => names.get(by) ?? t.shell.person.operator
  const asked = tried?.fields.register ?? c.req.query('register') ?? 'saft'
  return page(
    c,
    {
      title: words.title,
      area: 'imports',
      scripts: ['import-upload.js'],
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} />
      </div>
      {mayWrite && (
        <form
          class="hb-form hb-section"
          method="post"
          action={companyPath(access, '/imports')}
          enctype="multipart/form-data"
          data-import
          data-base={`/api/v1/companies/${access.id}`}
          data-sending={words.upload.sending}
          data-booking={words.upload.reading}
          data-lost={words.upload.lost}
          data-resumed={words.upload.resumed}
          data-empty={words.nothingChosen}
        >
          <SelectField
            label={words.what}
            name="register"
            value={asked}
            options={['saft', 'saft-archive', ...REGISTERS].map((key) => [key, registerName(key, locale)] as const)}
            help={words.whatHelp}
          />
          <div class="hb-drop">
            <div class="hb-drop-choice">
              <input
                class="hb-spoken"
                type="file"
                id="import-file"
                name="file"
                multiple
                accept=".xlsx,.csv,.txt,.tsv,.xml,.gz,.zip"
                aria-label={words.file}
              />
              <label class="ds-button" data-variant="secondary" for="import-file">
                <Icon name="file" />
                {t.clients.create.choose}
              </label>
              <span class="hb-break" data-chosen />
            </div>
            <small>{words.fileHelp}</small>
          </div>
          <div class="ds-field">
            <label class="ds-label" for="field-text">
              {words.or}
            </label>
            <textarea class="ds-input" id="field-text" name="text" rows={4} spellcheck={false} />
          </div>
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              {words.read}
            </button>
          </div>
          <progress class="hb-progress" max={100} value={0} aria-label={words.file} hidden />
          <p class="hb-quiet" role="status" />
          <div class="hb-notice" data-level="error" role="alert" data-import-problem hidden>
            <ul />
          </div>
        </form>
      )}
      {begun.length > 0 && (
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{words.begun}</h2>
          </div>
          <table class="hb-table" data-rows data-list>
            <Headings c={c} />
            <tbody>
              {begun.map((one) => (
                <tr>
                  <td>
                    <a class="hb-opens hb-row-link" href={companyPath(access, one.path)}>
                      {one.fileName ?? words.noName}
                    </a>
                  </td>
                  <td data-line="2">{registerName(one.register, locale)}</td>
                  <td data-line="2">{moment(one.at)}</td>
                  <td data-line="2">{who(one.by)}</td>
                  <td>
                    <span class="hb-chip">{words.states.open}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.done}</h2>
        </div>
        {jobs.length === 0 ? (
          <p class="hb-quiet">{words.none}</p>
        ) : (
          <table class="hb-table" data-rows data-list>
            <Headings c={c} />
            <tbody>
              {jobs.map((job) => {
                const state = !job.finished
                  ? 'stopped'
                  : job.undoneAt !== null || undone.has(job.id)
                    ? 'undone'
                    : 'done'
                const name = job.fileName ?? words.noName
                return (
                  <tr>
                    <td>
                      {job.finished ? (
                        <a class="hb-opens hb-row-link" href={companyPath(access, `/imports/${job.id}`)}>
                          {name}
                        </a>
                      ) : (
                        name
                      )}
                    </td>
                    <td data-line="2">{registerName(job.kind, locale)}</td>
                    <td data-line="2">{moment(job.recordedAt)}</td>
                    <td data-line="2">{who(job.by)}</td>
                    <td>
                      <span class="hb-chip" data-state={state === 'done' ? 'proven' : undefined}>
                        {words.states[state]}
                      </span>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
      </section>
    </>,
  )
}

function Headings({ c }: { c: Page }) {
  const { column } = textsOf(c).imports
  return (
    <thead>
      <tr>
        <th data-width="wide">{column.file}</th>
        <th>{column.kind}</th>
        <th>{column.when}</th>
        <th>{column.who}</th>
        <th>{column.state}</th>
      </tr>
    </thead>
  )
}

/** Keeps the file or the pasted rows, and goes on to how they are read. */
export async function submitImport(c: Page): Promise<Response> {
  const tooLarge = new Problem(413, 'sheet/too-large', { params: { reason: 'bytes', limit: SHEET_BYTES / 1_000_000 } })
  const isTooLarge = Number(c.req.header('content-length') ?? 0) > FORM_BYTES
  const form = isTooLarge ? new FormData() : await c.req.formData()
  const text = String(form.get('text') ?? '')
  const register = String(form.get('register') ?? '')
  const fields: Fields = { register }
  return tryForm(
    fields,
    async () => {
      if (isTooLarge) throw tooLarge
      const file = form.get('file') as unknown as File | string | null
      const given = file && typeof file !== 'string' && file.size > 0 ? file : undefined
      if (given && given.size > SHEET_BYTES) throw tooLarge
      if (!given && text.trim() === '') throw new Problem(422, 'sheet/empty')
      if (!(REGISTERS as readonly string[]).includes(register))
        throw new Problem(422, 'sheet/unreadable', { params: { reason: 'saft' } })
      const bytes = new Uint8Array(given ? await given.arrayBuffer() : new TextEncoder().encode(text))
      const name = given?.name ?? textsOf(c).imports.pastedName
      const fileName = isStorable(name) ? cutText(name, 255) : null
      const kept = await keepSheet(importContext(c), bytes, { register: register as Register, fileName, options: {} })
      return c.redirect(companyPath(c.var.access, `/imports/sheets/${kept.id}`), 303)
    },
    (tried) => importsPage(c, tried),
  )
}
