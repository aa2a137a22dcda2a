import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Account } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { BLANK } from '#worker/sheets/sheet.ts'
import type { Work } from './commands.ts'
import { edited } from './edit.ts'
import { h, icon } from './element.ts'
import type { Found, Making, Option } from './search.ts'
import { type Line, sendJson } from './send.ts'

const NEW = {
  customer: { offer: 'makeCustomer', title: 'newCustomer' },
  supplier: { offer: 'makeSupplier', title: 'newSupplier' },
  account: { offer: 'makeAccount', title: 'newAccount' },
} as const satisfies Record<Making['what'], { offer: EntryKey; title: EntryKey }>

/** What was found, and last of all what could be made of the text. It is never what Enter takes unasked. */
export function withMaking(found: Found, text: string, books: Books, locale: Locale): Found {
  const offered = makingsOf(text.trim(), books, found.options.length === 0).map((making): Option => {
    const named = making.what === 'account' ? making.number : making.name
    return { value: text, code: '+', name: entryText(locale, NEW[making.what].offer, { name: named }), making }
  })
  return offered.length === 0 ? found : { ...found, options: [...found.options, ...offered] }
}

function makingsOf(text: string, books: Books, isUnknown: boolean): Making[] {
  const sign = /^[-+]/.exec(text)?.[0]
  if (sign) {
    const name = text.slice(1).trim()
    return isName(name) ? [{ what: sign === '-' ? 'supplier' : 'customer', name }] : []
  }
  const { account, party } = accountAndParty(text)
  const control = books.accounts.get(account)?.control
  if (control) return party && isName(party) ? [{ what: control, name: party, controlAccount: account }] : []
  if (!isUnknown) return []
  if (/^\d{4,10}$/.test(text)) return [{ what: 'account', number: text }]
  return isName(text)
    ? [
        { what: 'supplier', name: text },
        { what: 'customer', name: text },
      ]
    : []
}

const isName = (text: string): boolean => text.length > 1 && /\p{Letter}/u.test(text)

/** Makes it for a row, wherever that row has come to stand when it is made. */
export function makeFor(row: number, making: Making, { entry, grid }: Pick<Work, 'entry' | 'grid'>): void {
  const { key } = entry.desk.rows[row] ?? BLANK
  const at = () => (key === '' ? row : entry.desk.rows.findIndex((other) => other.key === key))
  const before = new Set(entry.court.books.parties.keys())
  const port = {
    locale: entry.court.locale,
    line: entry.line,
    find: async (name: string) => {
      await entry.renewBooks()
      return madeSince(before, entry.court.books, making.what, name)
    },
    close: () => grid.select(Math.max(at(), 0), 'account'),
    made: (account: string) =>
      void entry.renewBooks().then(() => {
        if (at() < 0) return
        entry.change(edited(entry.desk, [{ row: at(), field: 'account', value: account }], entry.setting))
        grid.select(at(), grid.fieldOf('amount'))
      }),
  }
  setTimeout(() => openMaking(making, port)) // when the grid has gone on from the cell, and left the focus
}

/** The account field of a party of that name that has come since; undefined when none has. */
export function madeSince(
  before: ReadonlySet<string>,
  { parties }: Pick<Books, 'parties'>,
  kind: Making['what'],
  name: string,
): string | undefined {
  for (const [key, party] of parties)
    if (!before.has(key) && party.kind === kind && party.name === name) return `${party.controlAccount}:${party.number}`
  return undefined
}

type Port = {
  readonly locale: Locale
  readonly line: Line
  /** What the account field is to say. */
  made(account: string): void
  /** What was made of that name all the same, though no answer came. */
  find(name: string): Promise<string | undefined>
  close(): void
}

/** Makes a party or an account without leaving the voucher. The API judges it, and its words are shown where it refuses. */
function openMaking(making: Making, port: Port): void {
  const t = (key: EntryKey) => entryText(port.locale, key)
  const says = h('div', { class: 'hb-fault', role: 'alert' })
  const fields =
    making.what === 'account'
      ? [field('number', t('makeNumber'), making.number, true), field('nameNb', t('makeName'), '', true)]
      : [
          field('name', t('makeName'), making.name, true),
          field('organisationNumber', t('makeOrganisationNumber')),
          ...(making.what === 'supplier' ? [field('defaultAccount', t('makeDefaultAccount'))] : []),
        ]
  const submit = h('button', { type: 'submit', class: 'ds-button' }, t('make'))
  const cancel = () => dialog.close()
  const form = h(
    'form',
    { class: 'hb-form', autocomplete: 'off', novalidate: true },
    ...fields,
    says,
    h(
      'div',
      { class: 'hb-form-actions' },
      submit,
      h('button', { type: 'button', class: 'ds-button', 'data-variant': 'tertiary', onclick: cancel }, t('makeNot')),
    ),
  )
  const dialog = h(
    'dialog',
    { class: 'ds-dialog hb-dialog', id: 'making', 'aria-labelledby': 'making-title' },
    h('h2', { id: 'making-title' }, t(NEW[making.what].title)),
    form,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
  })
  dialog.addEventListener('close', () => {
    dialog.remove()
    port.close()
  })
  document.body.append(dialog)
  dialog.showModal()
  const inputs = [...form.querySelectorAll('input')]
  ;(inputs.find((input) => input.value === '') ?? inputs[0]!).focus()

  let isLost = false
  async function send(): Promise<void> {
    if (submit.disabled) return
    const body = Object.fromEntries(
      inputs
        .map((input) => [input.name, input.value.trim()] as const)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => [name, name === 'organisationNumber' ? value.replace(/\s/g, '') : value]),
    )
    submit.disabled = true
    const found = isLost ? await port.find(body.name ?? '') : undefined
    if (found) {
      dialog.close()
      return port.made(found)
    }
    const sent =
      making.what === 'account'
        ? await sendJson<Account>(port.line, '/accounts', body)
        : await sendJson<{ controlAccount: string; number: string }>(port.line, '/parties', {
            ...body,
            kind: making.what,
            ...(making.controlAccount && { controlAccount: making.controlAccount }),
          })
    submit.disabled = false
    isLost = sent.kind === 'lost'
    if (sent.kind === 'done') {
      const { answer } = sent
      dialog.close()
      port.made('controlAccount' in answer ? `${answer.controlAccount}:${answer.number}` : answer.number)
    } else if (sent.kind === 'refused') refuse(sent.issues, sent.title)
    else if (sent.kind === 'lost') refuse([], t('makeLost'))
    else {
      refuse([], t('makeSignedOut'))
      says.append(' ', h('a', { href: '/', target: '_blank' }, t('signIn')))
    }
  }

  /** In words, and at the field where it is one's fault. */
  function refuse(issues: readonly { pointer: string; message?: string }[], title: string): void {
    const own = new Map(issues.map((issue) => [issue.pointer.slice(2), issue.message ?? title]))
    for (const input of inputs) input.setAttribute('aria-invalid', String(own.has(input.name)))
    says.replaceChildren(icon('error'), own.size > 0 ? [...own.values()].join(' ') : title)
    inputs.find((input) => own.has(input.name))?.focus()
  }
}

function field(name: string, label: string, value = '', required = false): HTMLElement {
  const id = `making-${name}`
  return h(
    'div',
    { class: 'ds-field' },
    h('label', { class: 'ds-label', for: id }, label),
    h('input', { class: 'ds-input', type: 'text', id, name, value, required, maxlength: 256 }),
  )
}
