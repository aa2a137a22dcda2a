import * as z from 'zod/mini'
import { mayDo } from '#worker/access/permission.ts'
import { Problem } from '#worker/core/problem.ts'
import { readDimensions } from '#worker/dimensions/store.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { saveSplitKey } from '#worker/templates/save-split-key.ts'
import { SplitKeyCode, SplitKeyContent, sharesText } from '#worker/templates/split-key.ts'
import { readSplitKeys } from '#worker/templates/store.ts'
import { CheckField, ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** A split key in its form; a new one where the address says so. */
export async function splitKeyPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.templates.splitKey
  const { db, locale, access } = c.var
  const code = c.req.param('splitKey')
  const found = (await readSplitKeys(db)).find((k) => k.code === code)
  if (code && !found) throw new Problem(404, 'request/not-found')
  const dimensions = await readDimensions(db)
  const faults = faultsOf(tried, locale)
  const own = found && { ...found, shares: sharesText(found.shares) }
  const sent = tried?.fields
  const title = found ? `${found.code} ${found.name}` : words.titleNew
  return page(
    c,
    { title, area: 'templates', status: (tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <h1>{title}</h1>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={['code', 'name', 'dimension', 'shares']} />
      </div>
      <form
        class="hb-form"
        method="post"
        action={companyPath(access, found ? `/split-keys/${encodeURIComponent(found.code)}` : '/split-keys')}
      >
        <input type="hidden" name="version" value={String(found?.version ?? 0)} />
        {!found && (
          <TextField label={words.code} name="code" value={sent?.code} faults={faults} maxlength={35} required />
        )}
        <TextField label={words.name} name="name" value={sent?.name ?? own?.name} faults={faults} required />
        <SelectField
          label={words.dimension}
          name="dimension"
          value={sent?.dimension ?? own?.dimension}
          faults={faults}
          options={dimensions.map((d) => [d.key, locale === 'nb' ? d.nameNb : d.nameEn] as const)}
        />
        <TextField
          label={words.shares}
          name="shares"
          value={sent?.shares ?? own?.shares}
          help={words.sharesHelp}
          faults={faults}
          maxlength={500}
          required
        />
        <CheckField label={words.active} name="active" checked={sent ? sent.active === 'yes' : (own?.active ?? true)} />
        <div class="hb-form-actions">
          {mayDo(access, 'register:write') && (
            <button class="ds-button" type="submit">
              {words.save}
            </button>
          )}
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/templates')} data-key="Escape">
            {t.templates.edit.back}
          </a>
        </div>
      </form>
    </>,
  )
}

export async function submitSplitKey(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', dimension = '', shares = '' } = fields
      const wanted = parse({ name, dimension, shares, active: fields.active === 'yes' }, SplitKeyContent)
      const { code } = parse({ code: c.req.param('splitKey') ?? fields.code ?? '' }, z.object({ code: SplitKeyCode }))
      const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
      await saveSplitKey(actingOf(c), code, wanted, version)
      return c.redirect(companyPath(c.var.access, '/templates'), 303)
    },
    (tried) => splitKeyPage(c, tried),
  )
}
