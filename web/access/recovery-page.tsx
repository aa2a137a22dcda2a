import { type Page, page, textsOf } from '../page.tsx'

/** Recovery codes, told once. Without new ones, back to where one was. */
export async function recoveryCodesPage(c: Page, codes: readonly string[]): Promise<Response> {
  if (codes.length === 0) return c.redirect('/security', 303)
  const words = textsOf(c).security.recovery
  return page(
    c,
    { title: words.title, layout: 'report' },
    <div class="hb-confirm">
      <h1>{words.title}</h1>
      <p role="status">{words.made}</p>
      <ol class="hb-codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>{words.keep}</p>
      <p class="hb-picks">
        <button class="ds-button" data-variant="secondary" type="button" data-print hidden>
          {words.print}
        </button>
        <a class="ds-button" href="/security">
          {words.done}
        </a>
      </p>
    </div>,
  )
}
