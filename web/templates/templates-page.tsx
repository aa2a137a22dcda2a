import { counted } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { sharesText } from '#worker/templates/split-key.ts'
import { type KeptSplitKey, readSplitKeys, readTemplates } from '#worker/templates/store.ts'
import type { Template } from '#worker/templates/template.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Templates and template keys, and the split keys that scripts name. */
export async function templatesPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.templates
  const { db, access } = c.var
  const [templates, splitKeys] = await Promise.all([readTemplates(db), readSplitKeys(db)])
  const mayWrite = mayDo(access, 'register:write')
  return page(
    c,
    {
      title: words.title,
      area: 'templates',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          {mayDo(access, 'ledger:read') && (
            <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/recurring')}>
              {words.recurringLink}
            </a>
          )}
          {mayWrite && (
            <a class="ds-button" data-variant="secondary" href={companyPath(access, '/templates/new')}>
              {words.new}
            </a>
          )}
        </div>
      </div>
      {templates.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th>{words.column.key}</th>
              <th data-width="wide">{words.column.name}</th>
              <th>{words.column.lines}</th>
              <th>{words.column.version}</th>
              <th>{words.column.office}</th>
            </tr>
          </thead>
          <tbody>
            {templates.map((template) => (
              <Row c={c} template={template} />
            ))}
          </tbody>
        </table>
      )}
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.splitKeys}</h2>
          {mayWrite && (
            <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/split-keys/new')}>
              {words.newSplitKey}
            </a>
          )}
        </div>
        <p class="hb-quiet">{words.splitKeysIntro}</p>
        {splitKeys.length === 0 ? <p class="hb-quiet">{words.noSplitKeys}</p> : <SplitKeys c={c} keys={splitKeys} />}
      </section>
    </>,
  )
}

function Row({ c, template: { key, content, version, active, office } }: { c: Page; template: Template }) {
  const words = textsOf(c).templates
  return (
    <tr>
      <td class="hb-nowrap">
        <a
          class="hb-opens hb-row-link hb-code"
          href={companyPath(c.var.access, `/templates/${encodeURIComponent(key)}`)}
        >
          {key}
        </a>
      </td>
      <td data-line="2">
        {content.name} {!active && <span class="hb-chip">{words.inactive}</span>}
      </td>
      <td class="hb-quiet" data-line="2">
        {counted(content.lines.length, words.lines, c.var.locale)}
      </td>
      <td class="hb-quiet hb-only-wide">{version}</td>
      <td data-line="2">
        {office && (
          <span class="hb-chip" data-state={office.differs ? 'warning' : undefined}>
            {office.differs ? words.differs : words.fromOffice}
          </span>
        )}
      </td>
    </tr>
  )
}

function SplitKeys({ c, keys }: { c: Page; keys: readonly KeptSplitKey[] }) {
  const words = textsOf(c).templates
  return (
    <table class="hb-table" data-rows data-list>
      <thead>
        <tr>
          <th>{words.column.key}</th>
          <th data-width="wide">{words.column.name}</th>
          <th>{words.column.shares}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((k) => (
          <tr>
            <td class="hb-nowrap">
              <a
                class="hb-opens hb-row-link hb-code"
                href={companyPath(c.var.access, `/split-keys/${encodeURIComponent(k.code)}`)}
              >
                {k.code}
              </a>
            </td>
            <td data-line="2">
              {k.name} {!k.active && <span class="hb-chip">{words.inactive}</span>}
            </td>
            <td class="hb-quiet hb-code" data-line="2">
              {sharesText(k.shares)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
