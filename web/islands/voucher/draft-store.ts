import { BLANK, type Desk, isBlank, type Row, withRoom } from '#worker/sheets/sheet.ts'
import { hold } from '../sheets/hold.ts'
import { type KeptKnown, type Known, keptKnown, knownFrom } from './draft-sync.ts'

/**
 * What is kept of a draft on this machine: the rows, and which of them the server does not have as they stand. `sending` are
 * the vouchers that were sent and had no answer yet.
 */
export type Kept = { at: string; desk: Desk; sending: readonly string[]; known: Known }

const VERSION = 2

/** A draft as text: rows without their empty fields. */
export function keptText(kept: Kept): string {
  const { at, sending, desk } = kept
  const rows = desk.rows.map((row) => (isBlank(row) && !row.voucher && !row.key ? 0 : filledFields(row)))
  while (rows.at(-1) === 0) rows.pop()
  const known: KeptKnown = keptKnown(desk, kept.known)
  return JSON.stringify({ version: VERSION, at, sending, known, desk: { ...desk, rows } })
}

const filledFields = (row: Row): Partial<Row> =>
  Object.fromEntries(
    Object.entries(row).filter(([field, value]) =>
      field === 'dimensions' || field === 'more' ? Object.keys(value).length > 0 : value !== '',
    ),
  ) as Partial<Row>

/** A draft from its text; undefined when it is none of ours. */
export function keptFrom(text: string | null): Kept | undefined {
  if (!text) return undefined
  try {
    const kept = JSON.parse(text)
    if (kept?.version !== VERSION || !Array.isArray(kept.desk?.rows) || typeof kept.desk.id !== 'string')
      return undefined
    const rows = (kept.desk.rows as (Partial<Row> | 0)[]).map((row) => (row === 0 ? BLANK : { ...BLANK, ...row }))
    const desk: Desk = { ...kept.desk, rows: withRoom(rows) }
    return { at: String(kept.at), sending: kept.sending ?? [], desk, known: knownFrom(desk, kept.known) }
  } catch {
    return undefined
  }
}

export type DraftStore = {
  /** What this window had, or a window that is gone left behind. */
  kept: Kept | undefined
  /** False when there is no room for it. */
  save(kept: Kept): boolean
  drop(): void
}

/** Several windows may be open: each keeps a draft of its own, in the first place that no other holds. */
const PLACES = 8

/**
 * Opens the copy that a user has in this window of a company's draft: of the draft `asked` for, or of whichever stood here.
 * The place is held until the window closes; a crash lets go of it too.
 */
export async function openDraftStore(company: string, user: string, asked?: string): Promise<DraftStore> {
  const name = (place: number) => `hovedbok draft ${company} ${user} ${place}`
  const mine = `hovedbok place ${company} ${user}`
  const places = Array.from({ length: PLACES }, (_, place) => place)
  const before = Number(sessionStorage.getItem(mine) ?? -1)
  const inPlace = new Map(places.map((place) => [place, keptFrom(localStorage.getItem(name(place)))]))
  const full = places.filter((place) => inPlace.get(place))
  const own = full.filter((place) => inPlace.get(place)!.known.draft === asked)
  const empty = places.filter((place) => !inPlace.get(place))
  const wanted = asked ? [...own, ...empty] : [...new Set([before, ...full, ...empty].filter((place) => place >= 0))]
  let place = -1
  for (const candidate of wanted)
    if (await hold(name(candidate))) {
      place = candidate
      break
    }
  if (place < 0) return { kept: undefined, save: () => false, drop() {} }
  sessionStorage.setItem(mine, String(place))
  return {
    kept: keptFrom(localStorage.getItem(name(place))),
    save(kept) {
      try {
        localStorage.setItem(name(place), keptText(kept))
        return true
      } catch {
        return false
      }
    },
    drop: () => localStorage.removeItem(name(place)),
  }
}
