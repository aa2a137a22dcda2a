import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { byId, h } from './element.ts'
import { said } from './key-caps.ts'
import type { Notice } from './posting.ts'

/**
 * What has happened, over the fields, until something else happens. Its answers are buttons in it. The voucher it opens is left to
 * its link where one `stays` to read what was typed meanwhile: the notice has the focus then, and typing on writes nowhere.
 */
export function showNotice(
  notice: Notice | undefined,
  { locale, vouchersPath, stays }: { locale: Locale; vouchersPath: string; stays: boolean },
): void {
  const mount = byId('entry-notices')
  mount.replaceChildren()
  if (!notice) return
  const { level, key, params, vouchers = [], signIn, answers = [], opens } = notice
  const text = said(entryText(locale, key, params))
  const [voucher] = vouchers
  const at = voucher ? text.indexOf(voucher.name) : -1
  const link = voucher && h('a', { href: `${vouchersPath}/${voucher.id}`, target: '_blank' }, voucher.name)
  const words = link && at >= 0 ? [text.slice(0, at), link, text.slice(at + voucher.name.length)] : [text]
  const buttons = answers.flatMap((answer) => [
    ' ',
    h('button', { type: 'button', class: 'hb-cure', onclick: answer.does }, entryText(locale, answer.key)),
  ])
  const back = signIn ? [' ', h('a', { href: '/', target: '_blank' }, entryText(locale, 'signIn'))] : []
  const holds = opens && stays && { tabindex: '-1', 'data-keys': 'own' }
  const told = { class: 'hb-notice', 'data-level': level, 'data-told': key, ...holds }
  const shown = h('div', told, ...words, ...back, ...buttons)
  mount.append(shown)
  if (holds) shown.focus()
  else if (opens) location.assign(`${vouchersPath}/${opens}`)
}
