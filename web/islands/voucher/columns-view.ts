import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Column } from './columns.ts'
import { h } from './element.ts'
import { type Layouts, type Sharing, withColumn, withMoved } from './layouts.ts'

type Port = {
  readonly locale: Locale
  readonly layouts: Layouts
  /** Every column there is, shown or not. */
  offered(): readonly Column[]
  /** Those that are shown, in their order. */
  shown(): readonly Column[]
  /** How many are frozen now. */
  frozen(): number
  close(): void
}

/** Where columns are moved, hidden, frozen, filled in and repeated, and layouts saved under a name. All of it by keyboard. */
export function openColumns(port: Port): void {
  const { locale, layouts } = port
  const t = (key: Parameters<typeof entryText>[1], params = {}) => entryText(locale, key, params)
  const body = h('div', {})
  const dialog = h(
    'dialog',
    { class: 'ds-dialog hb-dialog', id: 'columns', 'data-wide': true, 'aria-labelledby': 'columns-title' },
    h('h2', { id: 'columns-title' }, t('columnsTitle')),
    h('p', {}, t('columnsIntro')),
    body,
  )
  dialog.addEventListener('close', () => {
    dialog.remove()
    port.close()
  })
  document.body.append(dialog)
  show()
  dialog.showModal()

  function change(field: string, what: Parameters<typeof withColumn>[3]): void {
    layouts.change(withColumn(layouts.definition, port.shown(), field, what))
    show(`${field} ${Object.keys(what)[0]}`)
  }

  function move(field: string, step: 1 | -1): void {
    const order = port.shown()
    const from = order.findIndex((column) => column.field === field)
    const to = Math.min(Math.max(from + step, 0), order.length - 1)
    layouts.change(withMoved(layouts.definition, order, from, to))
    show(`${field} ${step}`)
  }

  /** Draws anew, and puts the focus back where it was. */
  function show(focus?: string): void {
    body.replaceChildren(chooser(), table(), frozen(), saver(), foot())
    if (focus) body.querySelector<HTMLElement>(`[data-focus-key="${CSS.escape(focus)}"]`)?.focus()
  }

  function chooser(): HTMLElement {
    const select = h(
      'select',
      { class: 'ds-input', id: 'layout-choice', 'data-focus-key': 'choice' },
      h('option', { value: '' }, t('layoutStandard')),
      ...layouts.all.map((layout) =>
        h(
          'option',
          { value: layout.id, selected: layout.id === layouts.chosen?.id },
          layout.shared ? `${layout.name} (${t(layout.office ? 'layoutOffice' : 'layoutShared')})` : layout.name,
        ),
      ),
    )
    select.addEventListener('change', () => {
      layouts.choose(select.value)
      show('choice')
    })
    const own = layouts.chosen
    const mayRemove = own !== undefined
    const remove = () => {
      layouts.remove(own!.id)
      show('choice')
    }
    return h(
      'div',
      { class: 'hb-layout-choice' },
      h('label', { class: 'ds-label', for: 'layout-choice' }, t('layout')),
      select,
      mayRemove && h('button', { type: 'button', class: 'hb-tool', onclick: remove }, t('layoutRemove')),
    )
  }

  function table(): HTMLElement {
    const shown = port.shown()
    const hidden = port.offered().filter((column) => !shown.some((other) => other.field === column.field))
    const head = ['columnShown', 'columnOrder', 'columnFill', 'columnRepeats'] as const
    return h(
      'table',
      { class: 'hb-table', 'data-density': 'tight' },
      h('thead', {}, h('tr', {}, ...head.map((key) => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, ...[...shown, ...hidden].map((column) => line(column, shown.includes(column)))),
    )
  }

  function line(column: Column, isShown: boolean): HTMLElement {
    const { field, title } = column
    const known = layouts.definition?.columns.find((other) => other.field === field)
    const box = h('input', {
      type: 'checkbox',
      id: `column-${field}`,
      'data-focus-key': `${field} hidden`,
    })
    box.checked = isShown
    box.addEventListener('change', () => change(field, { hidden: !box.checked }))
    const fill = h('input', {
      class: 'ds-input',
      type: 'text',
      value: known?.fill ?? '',
      maxlength: 255,
      'aria-label': t('columnFillOf', { column: title }),
      'data-focus-key': `${field} fill`,
    })
    fill.addEventListener('change', () => change(field, { fill: fill.value.trim() }))
    const repeats = h('input', {
      type: 'checkbox',
      'aria-label': t('columnRepeatsOf', { column: title }),
      'data-focus-key': `${field} repeats`,
    })
    repeats.checked = known?.repeats ?? false
    repeats.addEventListener('change', () => change(field, { repeats: repeats.checked }))
    const step = (way: 1 | -1, key: 'columnLeft' | 'columnRight') =>
      h(
        'button',
        {
          type: 'button',
          class: 'hb-tool hb-step',
          'aria-label': t(key, { column: title }),
          'data-focus-key': `${field} ${way}`,
          onclick: () => move(field, way),
        },
        way < 0 ? '←' : '→',
      )
    const isTyped = column.kind !== 'computed'
    return h(
      'tr',
      {},
      h('td', {}, h('label', { class: 'hb-check' }, box, ` ${title}`)),
      h('td', {}, isShown && step(-1, 'columnLeft'), isShown && step(1, 'columnRight')),
      h('td', {}, isTyped && fill),
      h('td', {}, isTyped && repeats),
    )
  }

  function frozen(): HTMLElement {
    const input = h('input', {
      class: 'ds-input',
      id: 'columns-frozen',
      type: 'number',
      min: 0,
      max: 10,
      value: port.frozen(),
    })
    input.addEventListener('change', () => {
      const n = Math.min(Math.max(Math.trunc(Number(input.value) || 0), 0), 10)
      layouts.change({ ...withColumn(layouts.definition, port.shown(), port.shown()[0]!.field, {}), frozen: n })
    })
    return h(
      'div',
      { class: 'hb-layout-choice' },
      h('label', { class: 'ds-label', for: 'columns-frozen' }, t('columnsFrozen')),
      input,
    )
  }

  function saver(): HTMLElement {
    const name = h('input', { class: 'ds-input', id: 'layout-name', type: 'text', maxlength: 60 })
    const { office } = layouts
    const ways = ['oneself', 'company', ...(office ? (['office'] as const) : [])] as const
    const words = { oneself: 'layoutOneself', company: 'layoutShare', office: 'layoutShareOffice' } as const
    const sharing = h(
      'select',
      { class: 'ds-input', 'aria-label': t('layoutFor') },
      ...ways.map((way) => h('option', { value: way }, t(words[way], { office: office ?? '' }))),
    )
    const save = () => {
      if (name.value.trim() === '') return name.focus()
      layouts.saveAs(name.value.trim(), sharing.value as Sharing)
      show('choice')
    }
    return h(
      'div',
      { class: 'hb-layout-choice' },
      h('label', { class: 'ds-label', for: 'layout-name' }, t('layoutSaveAs')),
      name,
      sharing,
      h('button', { type: 'button', class: 'ds-button', 'data-variant': 'secondary', onclick: save }, t('layoutSave')),
    )
  }

  function foot(): HTMLElement {
    const done = { type: 'button', class: 'ds-button', onclick: () => dialog.close() }
    return h('div', { class: 'hb-form-actions' }, h('button', done, t('columnsDone')))
  }
}
