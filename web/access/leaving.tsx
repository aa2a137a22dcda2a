import type { Page } from '../page.tsx'
import { smallPage } from './small-page.tsx'

/** On to an address of others. Not by redirecting a form: browsers hold where it ends against `form-action`, and that is no page of ours. */
export function leaving(c: Page, address: string, text: string): Promise<Response> {
  c.header('refresh', `0;url=${address}`)
  return smallPage(c, { title: text, keepsOpener: true }, <a href={address}>{text}</a>)
}
