import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import { kroner, whole } from '#i18n/format.ts'
import { isBlank } from '#worker/sheets/sheet.ts'
import { byId, h } from './element.ts'
import type { Entry } from './entry.ts'
import type { GridView } from './grid-view.ts'
import type { VoucherVerdict } from './judge.ts'
import { said } from './key-caps.ts'
import type { Command } from './keys.ts'

type Port = {
  run(command: Command): void
  sides: boolean
  setSides(sides: boolean): void
  clear(postedOnly: boolean): void
}

const AMOUNTS: ReadonlySet<string> = new Set(['amount', 'debit', 'credit'])

/** Under the grid: what is left to enter, in the column where it would stand, and the tools for those with a mouse. */
export function showRest(
  mount: HTMLElement,
  grid: GridView,
  entry: Entry,
  voucher: VoucherVerdict | undefined,
  port: Port,
): void {
  const { locale } = entry.court
  const t = (key: EntryKey, params = {}) => entryText(locale, key, params)
  const rest = voucher?.rest ?? 0
  const unread = voucher?.unread ?? false
  const wrong = voucher?.placed.some((at) => AMOUNTS.has(at.field) && entry.level(at) === 'error') ?? false
  const balanced = voucher !== undefined && rest === 0 && !unread && !wrong && voucher.judgement.entries.length > 1
  const vat = voucher?.group.rows.reduce((sum, row) => sum + (entry.verdict.vatAt.get(row) ?? 0), 0) ?? 0
  const field = port.sides ? (rest < 0 ? 'credit' : 'debit') : 'amount'
  const figure = unread ? '?' : kroner(port.sides ? Math.abs(rest) : rest, locale)
  const used = entry.desk.rows.filter((row) => !isBlank(row)).length
  const button = (key: EntryKey, onclick: () => void, keys: string, disabled = false) =>
    h(
      'button',
      { type: 'button', class: 'hb-tool', onclick, title: said(keys), 'aria-disabled': disabled ? 'true' : undefined },
      t(key),
    )
  const anyPosted = entry.desk.rows.some((row) => row.posted)
  const label = voucher?.group.several ? t('restFor', { voucher: voucher.group.key }) : t('rest')
  mount.replaceChildren(
    h(
      'div',
      { class: 'hb-rest-figures', style: `width:${grid.rightOf('vatAmount')}px` },
      h('span', { class: 'hb-rest-label' }, label),
      h(
        'output',
        { class: 'hb-num', style: `width:${grid.rightOf(field) - 10}px`, id: 'rest-figure' },
        voucher &&
          h('span', { class: balanced ? 'hb-two-strokes' : unread || rest !== 0 ? 'hb-broken-stroke' : '' }, figure),
        voucher &&
          h('span', { class: 'hb-spoken' }, balanced ? ` ${t('proven')}` : unread ? ` ${t('restUnread')}` : ''),
      ),
      vat !== 0 &&
        h(
          'span',
          { class: 'hb-num hb-quiet', style: `width:${grid.rightOf('vatAmount') - 10}px` },
          kroner(vat, locale),
        ),
    ),
    h(
      'div',
      { class: 'hb-rest-tools' },
      used > 12 && h('span', { class: 'hb-small hb-faint' }, t('lineCount', { n: whole(used, locale) })),
      button('copyLine', () => port.run('copyLine'), 'Alt K'),
      button('insertLine', () => port.run('insertLine'), 'Alt Ins'),
      button('deleteLine', () => port.run('deleteLine'), 'Alt Del'),
      voucher && isPosted(voucher) && correction(voucher, t('correct')),
      button('undo', () => port.run('undo'), 'Ctrl Z', !entry.canUndo),
      button('redo', () => port.run('redo'), 'Ctrl Y', !entry.canRedo),
      anyPosted && button('clearPosted', () => port.clear(true), ''),
      used > 0 && button(entry.desk.mode === 'sheet' ? 'newSheet' : 'clear', () => port.clear(false), ''),
      button('columnsTitle', () => port.run('columns'), 'Alt O'),
      button(port.sides ? 'signed' : 'sides', () => port.setSides(!port.sides), t('amountsAs')),
    ),
  )
}

/** In the ledger, as it stands or with other lines: then what is posted is put right there. */
const isPosted = ({ group, placed }: VoucherVerdict): boolean =>
  group.posted !== '' || placed.some(({ code }) => code === 'voucher/id-reused')

const correction = ({ group }: VoucherVerdict, text: string): HTMLElement =>
  h(
    'form',
    { method: 'post', action: `${byId('entry').dataset.vouchers}/${group.id}/correction`, target: '_blank' },
    h('button', { class: 'hb-tool', type: 'submit' }, text),
  )
