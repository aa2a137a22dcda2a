import type { Child } from 'hono/jsx'
import { Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { makeOptions, showOptions, signInOptions } from '#worker/identity/check-passkey.ts'
import { halfWay } from '#worker/identity/finish-sign-in.ts'
import { NewPasskey, ShownPasskey } from '#worker/identity/passkey.ts'
import { contextOf, personOf } from '#worker/identity/request.ts'
import { type Page, textsOf } from '../page.tsx'
import { shortCookie } from './signing.ts'

type Props = {
  c: Page
  action: string
  /** What the browser is asked for: `/passkeys/options/` and this. */
  options: 'sign-in' | 'step' | 'show' | 'make'
  text: string
  secondary?: boolean
  children?: Child
}

/**
 * A form whose button asks the browser for a passkey and sends what it gives; shown by `web/islands/passkey.ts` where the
 * browser can.
 */
export const PasskeyForm = ({ c, action, options, text, secondary, children }: Props) => (
  <form class="hb-form" method="post" action={action} data-passkey={options} hidden>
    <input type="hidden" name={options === 'make' ? 'made' : 'stepup.passkey'} data-answer />
    {children}
    <button class="ds-button" data-variant={secondary && 'secondary'} type="submit" data-fullwidth>
      {text}
    </button>
    <p class="hb-fault" role="alert" data-failed={textsOf(c).security.passkey.failed} hidden />
  </form>
)

/** What the browser is asked for. Changes nothing. */
export async function passkeyOptions(c: Page): Promise<Response> {
  const ctx = contextOf(c)
  switch (c.req.param('options')) {
    case 'sign-in':
      return c.json(await signInOptions(ctx))
    case 'step':
      return c.json(await showOptions(ctx, (await halfWay(ctx, shortCookie(c, 'step'))).user.id))
    case 'show':
      return c.json(await showOptions(ctx, (await personOf(c)).user.id))
    case 'make':
      return c.json(await makeOptions(ctx, (await personOf(c)).user))
    default:
      throw new Problem(404, 'request/not-found')
  }
}

const read = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
/** @throws Problem 422 request/invalid for what no browser sends. */
export const shownIn = (text: string | undefined): ShownPasskey => parse(read(text), ShownPasskey)
export const madeIn = (text: string | undefined): NewPasskey => parse(read(text), NewPasskey)
