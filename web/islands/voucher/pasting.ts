import type { Answers, Question, Told } from '#worker/sheets/paste-cells.ts'
import { readBlock, readTable } from '#worker/sheets/paste-table.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'
import { isBlank } from '#worker/sheets/sheet.ts'
import { correctionOn } from './correction.ts'
import { asOne, fieldsFrom, withPastedVouchers } from './desk-actions.ts'
import { edited } from './edit.ts'
import type { Entry } from './entry.ts'
import type { PasteMemory } from './paste-memory.ts'
import { withPastedIds } from './pasted-ids.ts'

/** More than a browser's draft should hold; a larger load is an import. */
export const MOST_ROWS = 20_000

/** How a paste was read. */
export type Pasted = {
  rows: number
  /** None for a block of cells that was pasted where it stood. */
  vouchers: number | undefined
  told: readonly Told[]
  questions: readonly Question[]
}
type Place = { row: number; field: string }
export type Outcome = { pasted: Pasted | undefined; at: Place } | { tooMany: number }
type Last = {
  text: string
  at: Place
  before: Entry['desk']
  answers: Answers
  source: string
}

/** Takes what is pasted: a list as vouchers or lines, or a block of cells where it stands; and answers about it later. */
export class Pasting {
  readonly #entry: Entry
  readonly #fields: () => readonly string[]
  readonly #memory: PasteMemory
  /** What was last copied here: it goes back cell by cell, however much it looks like a list. */
  ownCopy = ''
  #last: Last | undefined
  #isTakenBack = false

  constructor(entry: Entry, fields: () => readonly string[], memory: PasteMemory) {
    this.#entry = entry
    this.#fields = fields
    this.#memory = memory
  }

  paste(text: string, at: Place): Outcome {
    const rows = text.split('\n').length
    if (rows > MOST_ROWS) return { tooMany: rows }
    return this.#read({ text, at, before: this.#entry.desk, answers: {}, source: '' })
  }

  answer(of: keyof Answers, value: string): Outcome | undefined {
    if (!this.#last) return undefined
    const answers = { ...this.#last.answers, [of]: value } as Answers
    if (this.#last.source) this.#memory.remember(this.#last.source, answers)
    return this.#read({ ...this.#last, answers })
  }

  undo(): void {
    if (!this.#last) return
    this.#isTakenBack = true
    this.#entry.change(this.#last.before)
  }
  /** Where what was pasted last began, when it has just been taken back, here or as any other step. */
  takenBack(): Place | undefined {
    const last = this.#last
    if (!last || !(this.#isTakenBack || this.#entry.isBack(last.before))) return undefined
    this.#isTakenBack = false
    this.#last = undefined
    return last.at
  }
  asOne(): void {
    this.#entry.change(asOne(this.#entry.desk))
  }

  #read(asked: Last): Outcome {
    const { text, before } = asked
    let last = asked
    const entry = this.#entry
    const cells = cellsOf(text)
    const isOwn = this.ownCopy !== '' && text.trim() === this.ownCopy.trim()
    const read = (answers: Answers) => (isOwn ? undefined : readTable(cells, entry.court.books, answers, before.header))
    let table = read(last.answers)
    if (table && Object.keys(last.answers).length === 0) {
      const remembered = this.#memory.answersFor(table.source)
      if (Object.keys(remembered).length > 0) table = read(remembered)
      last = { ...last, answers: remembered }
    }
    if (!table) return this.#block(cells, last)
    this.#last = { ...last, source: table.source }
    const plain = table.lines.map(({ row }) => row)
    const rows = withPastedIds(plain, entry.line.base, table.source, before.header)
    const pasted = withPastedVouchers(before, rows, table.vouchers)
    entry.change(correctionOn(before) ? asOne(pasted) : pasted) // one voucher takes the place of one
    const first = Math.max(
      entry.desk.rows.findIndex((row) => row.account === rows[0]!.account && !isBlank(row)),
      0,
    )
    return {
      pasted: { rows: rows.length, vouchers: table.vouchers, told: table.told, questions: table.questions },
      at: { row: first, field: 'account' },
    }
  }

  #block(cells: readonly string[][], last: Last): Outcome {
    const entry = this.#entry
    const { at, before } = last
    const { edits, told, questions } = readBlock(cells, at.row, fieldsFrom(this.#fields(), at.field), last.answers)
    this.#last = { ...last, source: '' }
    entry.change(edited(before, edits, entry.setting))
    const quiet = told.length === 0 && questions.length === 0
    return { pasted: quiet ? undefined : { rows: cells.length, vouchers: undefined, told, questions }, at }
  }
}
