import { type IsoDate, instantOf } from '#worker/core/dates.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { ITEM_ORDERS, type ItemOrder } from '#worker/subledger/item-order.ts'
import type { ItemQuestion } from '#worker/subledger/store.ts'
import { DayPick, dayIn } from '../day-field.tsx'
import { type Page, textsOf } from '../page.tsx'
import { unreadIn } from '../unread.tsx'

/** What the address of a sub-ledger page asks for. */
export type ItemChoices = {
  kind: PartyKind
  party: string | undefined
  overdue: boolean
  asAtDate: IsoDate | undefined
  knownAt: IsoDate | undefined
  /** What the list is sorted by. */
  order?: ItemOrder | undefined
  /** Days that cannot be read. */
  unread: readonly string[]
}

export function choicesIn(c: Page): ItemChoices {
  const asked = c.req.query()
  return {
    kind: asked.kind === 'supplier' ? 'supplier' : 'customer',
    party: asked.party?.trim() || undefined,
    overdue: asked.overdue === 'true',
    asAtDate: dayIn(asked.asAtDate),
    knownAt: dayIn(asked.knownAt),
    order: orderIn(asked.order),
    unread: unreadIn(asked, ['asAtDate', 'knownAt']),
  }
}

export const orderIn = (asked: string | undefined): ItemOrder | undefined => ITEM_ORDERS.find((name) => name === asked)

export const questionOf = ({
  kind,
  party,
  asAtDate,
  knownAt,
}: Omit<ItemChoices, 'unread'>): ItemQuestion & { kind: PartyKind } => ({
  kind,
  party,
  asAtDate,
  asKnownAt: knownAt && instantOf(knownAt),
})

/** The same choices as an address, with something changed. */
export function addressOf(choices: ItemChoices, change: Partial<ItemChoices> = {}): string {
  const { kind, party, overdue, asAtDate, knownAt, order } = { ...choices, ...change }
  const query = new URLSearchParams({ kind })
  if (party) query.set('party', party)
  if (overdue) query.set('overdue', 'true')
  if (asAtDate) query.set('asAtDate', asAtDate)
  if (knownAt) query.set('knownAt', knownAt)
  if (order) query.set('order', order)
  return `?${query}`
}

/** The same choices as the export takes them. */
export const exportQuery = ({ kind, party, overdue, asAtDate, knownAt, order }: ItemChoices) => ({
  kind,
  party,
  overdue: overdue ? 'true' : undefined,
  asAtDate,
  asKnownAt: knownAt,
  order,
})

type Props = { c: Page; choices: ItemChoices; children?: any }

/** Customers or suppliers, which of their items, and the state of the books they are shown in. */
export function ItemChoicesForm({ c, choices, children }: Props) {
  const { page: words } = textsOf(c).subledger
  const { kind, party, asAtDate, knownAt } = choices
  const asked = c.req.query()
  return (
    <form class="hb-picks hb-no-print" method="get" data-auto>
      <div class="hb-choices">
        {(['customer', 'supplier'] as const).map((k) => (
          <a href={addressOf(choices, { kind: k, party: undefined })} aria-current={k === kind ? 'true' : undefined}>
            {words.kinds[k]}
          </a>
        ))}
      </div>
      <input type="hidden" name="kind" value={kind} />
      {choices.order && <input type="hidden" name="order" value={choices.order} />}
      {children}
      <label class="hb-pick">
        {words.party}
        <input type="text" name="party" value={party} placeholder={words.everyone} size={8} autocomplete="off" />
      </label>
      <DayPick label={words.asAtDate} name="asAtDate" value={asAtDate ?? asked.asAtDate} hint={words.today} />
      <DayPick label={words.knownAt} name="knownAt" value={knownAt ?? asked.knownAt} hint={words.now} />
      <button class="ds-button" data-variant="tertiary" type="submit">
        {words.show}
      </button>
      {(party || asked.asAtDate || asked.knownAt || choices.overdue) && <a href={`?kind=${kind}`}>{words.reset}</a>}
    </form>
  )
}
