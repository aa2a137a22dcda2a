import { FUNCTIONS, NAMESPACE, twinOf } from '#addin/functions/catalogue.ts'
import { COMMANDS } from '#addin/manifest/manifest-source.ts'
import { addinHelpTexts } from '#i18n/addin-help-texts.ts'
import { functionTwins } from '#i18n/nb/addin-function-names.ts'
import { html, type Page } from '../page.tsx'

/** Help for Excel: made from the same lists as the manifests. Excel's own help for a function leads to its place here. */
export function addinHelpPage(c: Page): Promise<Response> {
  const { locale } = c.var
  const { help: t, functions } = addinHelpTexts(locale)
  return html(
    c,
    { title: t.title },
    <main class="hb-main hb-lost" id="main">
      <h1>{t.title}</h1>
      <p class="hb-lede">{t.intro}</p>
      <h2>{t.vouchers}</h2>
      <p>{t.vouchersText}</p>
      <h2>{t.keys}</h2>
      <dl class="hb-pairs">
        {COMMANDS.map(({ label, key }) => (
          <div>
            <dt>{label[locale]}</dt>
            <dd>
              <kbd>Ctrl</kbd> <kbd>Alt</kbd> <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <h2>{t.functions}</h2>
      <p>{t.functionsText}</p>
      {FUNCTIONS.map(({ id, parameters }) => (
        <section id={id}>
          <h3 class="hb-code">
            {NAMESPACE}.{locale === 'nb' ? functionTwins[id][1] : id}
            <span class="hb-quiet"> {locale === 'nb' ? id : twinOf(id)}</span>
          </h3>
          <p>{functions.help[id]}</p>
          <ul>
            {parameters.map((parameter) => (
              <li>
                <b>{functions.parameters[parameter.id][0]}</b>: {functions.parameters[parameter.id][1]}
                {parameter.optional ? <span class="hb-quiet"> ({t.optional})</span> : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>,
  )
}
