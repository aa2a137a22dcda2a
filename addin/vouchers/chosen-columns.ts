import { inChosenOrder } from '#worker/screens/chosen-order.ts'
import type { LayoutDefinition, ScreenLayout } from '#worker/screens/screen-layout.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import { CARRIED, type SheetColumn } from '../sheet/voucher-columns.ts'

/** What the grid calls a column that the sheet has another word for. */
const GRID_FIELDS: Readonly<Record<string, string>> = { reference: 'voucher', voucherDate: 'date' }
const fieldOf = ({ id }: SheetColumn): string => GRID_FIELDS[id] ?? id
/** A character of a sheet's column, in the pixels of the grid. */
const PIXELS = 7.5

/** The layout of the voucher grid that somebody uses, for their sheets as well; undefined when they have chosen none. */
export async function readChosenLayout(api: LedgerApi, company: string): Promise<LayoutDefinition | undefined> {
  try {
    const chosenIn = (where: string) =>
      api.call<{ value: Record<string, string> }>(`/api/v1/me/settings/voucher-entry${where}`)
    const [{ layouts }, { body: here }, { body: before }] = await Promise.all([
      api.get<{ layouts: ScreenLayout[] }>(company, 'screen-layouts', { screen: 'voucher-entry' }),
      chosenIn(`.${company}`),
      chosenIn(''),
    ])
    // A sheet has vouchers of all types: the layout for none in particular, else the one chosen first.
    const [id] = [here, before].flatMap(({ value }) => value.none ?? value.last ?? [])
    return layouts.find((layout) => layout.id === id)?.definition
  } catch {
    return undefined // a sheet with the columns that come with the product is better than none
  }
}

/** The sheet's columns as somebody has laid out their grid: in that order, as wide, and hidden where they are hidden there. */
export function columnsAsChosen(
  columns: readonly SheetColumn[],
  chosen: LayoutDefinition | undefined,
): readonly SheetColumn[] {
  if (!chosen) return columns
  const wanted = new Map(chosen.columns.map((column) => [column.field, column]))
  return inChosenOrder(columns, fieldOf, chosen).map((column): SheetColumn => {
    const choice = wanted.get(fieldOf(column))
    if (!choice || column.view === 'hidden' || KEPT.has(column.id)) return column
    const { view: _, ...own } = column
    const width = choice.width === undefined ? column.width : Math.max(3, Math.round(choice.width / PIXELS))
    return { ...own, width, ...(choice.hidden && { view: 'asked' }) }
  })
}

/** How a voucher does is always in sight. */
const KEPT = new Set<string>(['status', 'message', ...CARRIED])
