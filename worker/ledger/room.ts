/** What is told at once to those who have a page of the company open. The truth is read where it is kept; this only says when. */
export type LiveMessage =
  | { type: 'people'; people: readonly Person[] }
  | { type: 'draft'; draft: string; version: number; name: string; by: string; tab: string }
  /** A sheet that several fill in was saved: a budget, the opening balance of a day, or the movements of a take-over. */
  | { type: 'sheet'; sheet: SheetKind; id: string; version: number; name: string; by: string; tab: string }
  /** Open items were matched, or a match undone. */
  | { type: 'match'; ledgerVersion: number; name: string; by: string }
  | { type: 'posted'; ledgerVersion: number; name: string; by: string; vouchers: readonly PostedName[] }
export type SheetKind = 'budget' | 'opening-balance' | 'movements'
/** A window that is open: whose, and which draft it shows. */
export type Person = { tab: string; user: string; name: string; draft: string | null }
export type PostedName = { id: string; series: string; fiscalYear: number; number: number }

type Seat = { person: Person; send: (text: string) => void; leave: () => void }

type Booked = LiveMessage & { type: 'posted' | 'match' }

/** Vouchers named in one message; beyond them the message says that there are more by its version alone. */
const MOST_NAMED = 100
/** Postings and matches are told at most so often: a job of thousands is one message or a few. In milliseconds. */
const PAUSE_MS = 250
const HEARTBEAT_MS = 10_000
/** Windows that one person may have open, and that a company may. Whoever comes then is told not to come back. */
const [MOST_OF_ONE, MOST] = [20, 500]
/** How long one stream lives. The browser opens the next by itself, and its right to is asked again. */
const STREAM_MS = 60_000

/**
 * Those who have a page of one company open right now, and what they are told. Lives in the memory of the company's one
 * Durable Object: with nobody here, telling costs nothing. Gone with it, everybody comes back by themselves within a second.
 */
export class Room {
  private readonly seats = new Set<Seat>()
  private readonly waiting = new Map<Booked['type'], Booked>()
  private heartbeat: ReturnType<typeof setInterval> | undefined

  get isEmpty(): boolean {
    return this.seats.size === 0
  }

  /** A stream of server-sent events for as long as somebody reads it, a minute at most; none when there is no seat left. */
  join(person: Person): ReadableStream<Uint8Array> | undefined {
    const own = [...this.seats].filter((seat) => seat.person.user === person.user)
    if (own.length >= MOST_OF_ONE || this.seats.size >= MOST) return undefined
    const utf8 = new TextEncoder()
    let seat: Seat
    return new ReadableStream<Uint8Array>({
      start: (out) => {
        const leave = () => {
          clearTimeout(end)
          if (!this.seats.delete(seat)) return
          if (this.isEmpty) clearInterval(this.heartbeat)
          else this.tellPeople()
        }
        const close = () => {
          leave()
          out.close()
        }
        const end = setTimeout(close, STREAM_MS)
        seat = { person, send: (text) => out.enqueue(utf8.encode(text)), leave }
        if (this.isEmpty) this.heartbeat = setInterval(() => this.sendAll(': here\n\n'), HEARTBEAT_MS)
        this.seats.add(seat)
        seat.send('retry: 1000\n\n')
        this.tellPeople()
      },
      cancel: () => seat.leave(),
    })
  }

  tell(message: LiveMessage): void {
    this.sendAll(`data: ${JSON.stringify(message)}\n\n`)
  }

  /** Tells of vouchers that were posted, or of items that were matched: those of a short while together. */
  tellBooked(news: Booked): void {
    if (this.isEmpty) return
    const before = this.waiting.get(news.type)
    this.waiting.set(news.type, together(before, news))
    if (before) return
    setTimeout(() => {
      const message = this.waiting.get(news.type)
      this.waiting.delete(news.type)
      if (message) this.tell(message)
    }, PAUSE_MS)
  }

  private tellPeople(): void {
    this.tell({ type: 'people', people: [...this.seats].map((seat) => seat.person) })
  }

  private sendAll(text: string): void {
    for (const seat of [...this.seats]) {
      try {
        seat.send(text)
      } catch {
        seat.leave() // its reader went without a word
      }
    }
  }
}

function together(before: Booked | undefined, news: Booked): Booked {
  if (news.type === 'match') return news
  const earlier = before?.type === 'posted' ? before.vouchers : []
  return { ...news, vouchers: [...earlier, ...news.vouchers].slice(-MOST_NAMED) }
}
