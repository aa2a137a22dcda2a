import { columnHelps, type HelpedGrid } from '#i18n/column-help.ts'
import type { PageTexts } from '#i18n/page-texts.ts'
import { MENU } from '../menu.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { columnName } from './column-name.ts'
import { problemHelps } from './problem-help.ts'

const GUIDES = ['voucher', 'takeover', 'report'] as const
const GRIDS: readonly HelpedGrid[] = ['voucher', 'budget', 'opening', 'movements']

/** Help in one place: short guides, what each page and column is for, and the way to every error code. */
export async function helpPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const { help } = t
  return page(
    c,
    { title: help.title, layout: 'report' },
    <article class="hb-help">
      <div class="hb-head">
        <div>
          <h1>{help.title}</h1>
          <p>{help.lead}</p>
        </div>
      </div>
      <ul class="hb-help-ways">
        <li>
          <a href="/help/vouchers">{help.everyday}</a>
        </li>
        <li>
          <a href="/help/problems">{help.problemsLink}</a>
        </li>
        <li>
          <a href="/addin/help">{help.excel}</a>
        </li>
      </ul>
      <h2>{help.guides}</h2>
      <div class="hb-guides">
        {GUIDES.map((name) => (
          <section id={`guide-${name}`}>
            <h3>{help.guide[name].title}</h3>
            <ol>
              {help.guide[name].steps.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      <h2>{help.pages}</h2>
      <dl class="hb-pairs">
        {MENU.map(({ area, go }) => (
          <div id={`page-${area}`}>
            <dt>
              {t.shell.areas[area]} <kbd>G</kbd> <kbd>{go}</kbd>
            </dt>
            <dd>{help.areas[area]}</dd>
          </div>
        ))}
      </dl>
      <h2>{help.columns}</h2>
      {GRIDS.map((grid) => (
        <Columns c={c} t={t} grid={grid} />
      ))}
    </article>,
  )
}

function Columns({ c, t, grid }: { c: Page; t: PageTexts; grid: HelpedGrid }) {
  const { locale } = c.var
  return (
    <section id={`columns-${grid}`}>
      <h3>{t.help.grids[grid]}</h3>
      <dl class="hb-pairs">
        {Object.entries(columnHelps[locale][grid]).map(([field, text]) => (
          <div>
            <dt>{columnName(grid, field, locale, t)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Every error code with what is wrong and what one can do; each has an address of its own. */
export async function problemHelpPage(c: Page): Promise<Response> {
  const { help } = textsOf(c)
  const helps = await problemHelps(c.var.locale)
  return page(
    c,
    { title: help.problems, layout: 'report' },
    <article class="hb-help">
      <div class="hb-head">
        <div>
          <h1>{help.problems}</h1>
          <p>{help.problemsLead}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href="/help">
            {help.backToHelp}
          </a>
        </div>
      </div>
      {helps.map(({ code, cause, cure }) => (
        <section class="hb-problem-help" id={code}>
          <h2>
            <a href={`#${code}`}>{code}</a>
          </h2>
          <p>
            {cause} <b>{help.cure}</b> {cure}
          </p>
        </section>
      ))}
    </article>,
  )
}
