/// <reference types="office-js" />
import { fill } from '#i18n/format.ts'
import type { Issue } from '#worker/core/problem.ts'
import { Refused } from '../api/ledger-api.ts'
import { markChanges } from '../excel/mark-cells.ts'
import {
  insertRegister,
  newRowKey,
  type RegisterChange,
  type RegisterReading,
  readRegister,
  registerAddress,
  writeRegister,
} from '../excel/register-table.ts'
import type { PaneHands } from '../pane/pane-hands.ts'
import { type CellValue, textOf } from '../sheet/read-cell.ts'
import { type Desk, inTurn } from '../vouchers/desk.ts'
import type { Marked } from './judge-budget.ts'
import {
  ACCOUNTS,
  baseText,
  type ListId,
  type ListRow,
  type ListSpec,
  listKind,
  listRows,
  listTexts,
  PARTIES,
} from './list-register.ts'

/** A register's sheet as the pane tells of it. */
export type ListView = { sheet: string; rows: number; unsaved: number; wrong: readonly Marked[] }

const SPECS: Readonly<Record<ListId, ListSpec>> = { accounts: ACCOUNTS, parties: PARTIES }
type Fault = { key: string; at: number; field: string; text: string }

/** The chart, or customers and suppliers, as a sheet: changed rows are brought in, all or none, and never doubled. */
export class ListModel {
  readonly id: ListId
  readonly #hands: PaneHands
  readonly #spec: ListSpec
  #faults: Fault[] = []
  #saved = new Set<string>()
  constructor(hands: PaneHands, id: ListId) {
    this.#hands = hands
    this.id = id
    this.#spec = SPECS[id]
  }

  async insertSheet(): Promise<void> {
    const { api, run, state } = this.#hands
    await this.#hands.withDesk('insert', async (desk) => {
      const { locale } = state()
      const t = listTexts[locale]
      const kind = listKind(this.#spec)
      const records = await this.#spec.pull(api, desk.binding.company)
      const rows = records.map((record) => this.#cellsOf(record, newRowKey()))
      await run((context) =>
        insertRegister(context, kind, locale, {
          name: t.names[this.id],
          head: [t.titles[this.id], desk.binding.companyName],
          rows: rows.map((cells) => kind.columns.map(({ id }) => cells[id])),
        }),
      )
      await this.#look(desk)
    })
  }

  /** A record as cells, with what it keeps of itself. */
  #cellsOf(record: Readonly<Record<string, unknown>>, key: string): Record<string, CellValue> {
    const { locale } = this.#hands.state()
    const own = Object.fromEntries(this.#spec.fields.map(({ id }) => [id, this.#spec.cell(record, id, locale)]))
    const whole = Object.fromEntries(Object.entries(own).map(([id, value]) => [id, textOf(value)]))
    return { ...own, rowKey: key, base: baseText(key, whole) }
  }

  async look(): Promise<void> {
    const desk = this.#hands.desk()
    if (desk) await inTurn(desk, () => this.#look(desk)).catch((error) => this.#hands.fail(error))
  }

  #read = (): Promise<RegisterReading | undefined> =>
    this.#hands.run((context) => readRegister(context, listKind(this.#spec)))

  async #look(_: Desk): Promise<void> {
    const { state, set, run } = this.#hands
    const reading = await this.#read()
    if (!reading) {
      set({ lists: { ...state().lists, [this.id]: undefined } })
      return
    }
    const t = listTexts[state().locale]
    const rows = listRows(reading, this.#spec)
    const faults = [...this.#faults, ...this.#twins(rows)]
    const wrong = faults.map(({ at, field, text }) => ({ address: registerAddress(reading, at, field) ?? '', text }))
    const changes = rows.flatMap((row): RegisterChange[] => {
      const own = faults.filter((fault) => fault.at === row.at)
      const isChanged = Object.keys(row.changed).length > 0
      const status =
        own.length > 0
          ? 'error'
          : row.isNew
            ? 'new'
            : isChanged
              ? 'changed'
              : this.#saved.has(row.key)
                ? 'saved'
                : 'unchanged'
      const wanted = { status: t.states[status], message: own.map((fault) => fault.text).join(' ') }
      return Object.entries(wanted).flatMap(([column, value]) =>
        textOf(reading.rows[row.at]!.cells[column]) === value ? [] : [{ at: row.at, column, value }],
      )
    })
    changes.push(...markChanges(reading, wrong, []))
    if (changes.length > 0) await run((context) => writeRegister(context, listKind(this.#spec), reading, changes))
    const unsaved = rows.filter((row) => row.isNew || Object.keys(row.changed).length > 0).length
    set({ lists: { ...state().lists, [this.id]: { sheet: reading.sheet, rows: rows.length, unsaved, wrong } } })
  }

  /** A number that stands on two rows: neither could be told from the other. */
  #twins(rows: readonly ListRow[]): Fault[] {
    const { locale } = this.#hands.state()
    const numbered = rows.filter(({ whole }) => (whole.number ?? '') !== '')
    return [...Map.groupBy(numbered, ({ whole }) => this.#nameOf(whole)).values()].flatMap((same) => {
      const owner = same.find(({ isNew }) => !isNew) ?? same[0]
      return same.flatMap((row) => {
        if (row === owner) return []
        const { at, key, whole } = row
        return [{ key, at, field: 'number', text: fill(listTexts[locale].twice, { number: whole.number! }, locale) }]
      })
    })
  }

  /** Brings in the rows that changed. What is wrong is told at its cell, and then none is saved. */
  async save(): Promise<void> {
    await this.#hands.withDesk('save', (desk) => inTurn(desk, () => this.#save(desk)))
  }
  async #save(desk: Desk): Promise<void> {
    const { api, run } = this.#hands
    const reading = await this.#read()
    if (!reading) return
    const all = listRows(reading, this.#spec)
    const rows = all.filter((row) => row.isNew || Object.keys(row.changed).length > 0)
    this.#faults = []
    if (rows.length > 0 && this.#twins(all).length === 0) {
      const path = `/api/v1/companies/${desk.binding.company}/${this.#spec.list}/import`
      const body = { [this.#spec.list]: rows.map(({ changed, whole }) => this.#spec.body(changed, whole)) }
      try {
        const { body: answer } = await api.call<{ rows?: { number: string | null }[] }>(path, { body })
        const changes = rows.flatMap(({ at, key, whole }, i): RegisterChange[] => {
          const own = key || newRowKey()
          const number = whole.number || answer.rows?.[i]?.number || ''
          this.#saved.add(own)
          return [
            ...(whole.number === '' && number !== '' ? [{ at, column: 'number', value: number }] : []),
            { at, column: 'rowKey', value: own },
            { at, column: 'base', value: baseText(own, { ...whole, number }) },
          ]
        })
        await run((context) => writeRegister(context, listKind(this.#spec), reading, changes))
      } catch (error) {
        if (!(error instanceof Refused) || error.issues.length === 0) throw error
        this.#faults = error.issues.flatMap((issue) => faultOf(issue, rows))
      }
    }
    await this.#look(desk)
  }

  /** Reads the register again: rows that are unchanged here follow it, and those that are new there come below. */
  async refresh(): Promise<void> {
    await this.#hands.withDesk('refresh', (desk) =>
      inTurn(desk, async () => {
        const { api, run } = this.#hands
        const reading = await this.#read()
        if (!reading) return
        const rows = listRows(reading, this.#spec)
        // Of rows with one number, the one that was read from the register follows it, else the first; the others are copies, and are at fault.
        const known = Map.groupBy(rows, (row) => this.#nameOf(row.whole))
        let free = Math.max(-1, ...rows.map((row) => row.at)) + 1
        const records = await this.#spec.pull(api, desk.binding.company)
        const changes = records.flatMap((record): RegisterChange[] => {
          const cells = this.#cellsOf(record, '')
          const whole = Object.fromEntries(this.#spec.fields.map(({ id }) => [id, textOf(cells[id])]))
          const same = known.get(this.#nameOf(whole))
          const row = same?.find(({ isNew }) => !isNew) ?? same?.[0]
          if (row && (row.isNew || Object.keys(row.changed).length > 0)) return []
          const key = row?.key || newRowKey()
          const at = row?.at ?? free++
          const wanted = { ...this.#cellsOf(record, key) }
          return Object.entries(wanted).flatMap(([column, value]) =>
            row && textOf(reading.rows[at]!.cells[column]) === textOf(value) ? [] : [{ at, column, value }],
          )
        })
        this.#faults = []
        await run((context) => writeRegister(context, listKind(this.#spec), reading, changes))
        await this.#look(desk)
      }),
    )
  }
  #nameOf = (whole: Readonly<Record<string, string>>): string => `${whole.kind ?? ''} ${whole.number ?? ''}`

  async goTo(address: string): Promise<void> {
    const view = this.#hands.state().lists[this.id]
    if (view && address) await this.#hands.goTo(address, view.sheet)
  }
}

/** An issue of a row, at the row it was sent from. */
function faultOf({ pointer, message = '' }: Issue, rows: readonly ListRow[]): Fault[] {
  const found = /^#\/\w+\/(\d+)\/([\w-]+)/.exec(pointer)
  const row = found && rows[Number(found[1])]
  return row ? [{ key: row.key, at: row.at, field: found[2]!, text: message }] : []
}
