import { BLANK, type Desk, isBlank, type Row, withRoom } from './sheet.ts'

/** What is kept of a draft. `sending` are the ids that were sent and had no answer yet. */
export type Kept = { at: string; desk: Desk; sending: readonly string[]; answers?: unknown }

const VERSION = 1

/** A draft as text: rows without their empty fields. */
export function keptText(kept: Kept): string {
  const rows = kept.desk.rows.map((row) => (isBlank(row) && !row.voucher ? 0 : filledFields(row)))
  while (rows.at(-1) === 0) rows.pop()
  return JSON.stringify({ version: VERSION, at: kept.at, sending: kept.sending, desk: { ...kept.desk, rows } })
}

const filledFields = (row: Row): Partial<Row> =>
  Object.fromEntries(
    Object.entries(row).filter(([field, value]) =>
      field === 'dimensions' ? Object.keys(value).length > 0 : value !== '',
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
    return { at: String(kept.at), sending: kept.sending ?? [], desk: { ...kept.desk, rows: withRoom(rows) } }
  } catch {
    return undefined
  }
}

export type DraftStore = {
  kept: Kept | undefined
  /** False when there is no room for it. */
  save(kept: Kept): boolean
  drop(): void
}

/** Several windows may be open: each keeps a draft of its own, in the first place that no other holds. */
const PLACES = 8

/** Opens the draft that a user has in this window for a company. The place is held until the window closes; a crash lets go of it too. */
export async function openDraftStore(company: string, user: string): Promise<DraftStore> {
  const name = (place: number) => `hovedbok draft ${company} ${user} ${place}`
  const mine = `hovedbok place ${company} ${user}`
  const places = Array.from({ length: PLACES }, (_, place) => place)
  const before = Number(sessionStorage.getItem(mine) ?? -1)
  const full = places.filter((place) => keptFrom(localStorage.getItem(name(place))))
  const wanted = [...new Set([before, ...full, ...places].filter((place) => place >= 0))]
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

/** Takes a lock for as long as the window lives; false when another window has it. */
function hold(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock ? new Promise<never>(() => {}) : undefined
      })
      .catch(() => resolve(true))
  })
}
