import type { Desk } from '#worker/sheets/sheet.ts'

/** What is fetched or sent for the voucher that stands, and comes after a while: one after the other. */
export class Arriving {
  readonly #work: { readonly desk: Desk; readonly busy: boolean }
  #all: Promise<boolean> | undefined

  constructor(work: { readonly desk: Desk; readonly busy: boolean }) {
    this.#work = work
  }

  /** What posting waits for: false when some of it did not come. Undefined when nothing is on its way. */
  get all(): Promise<boolean> | undefined {
    return this.#all
  }

  /**
   * `isStill` tells whether the voucher that stood when it was asked for stands when it has come, and is neither being posted nor
   * posted meanwhile.
   */
  bring(come: (isStill: () => Promise<boolean>) => Promise<void>): Promise<void> {
    const { id } = this.#work.desk
    const isStill = async () => {
      await until(() => !this.#work.busy)
      return this.#work.desk.id === id && this.#work.desk.mode === 'voucher'
    }
    const before = this.#all ?? Promise.resolve(true)
    const brought = before.then(() => come(isStill))
    const all = brought.then(
      () => before,
      () => false,
    )
    this.#all = all
    void all.then(() => {
      if (this.#all === all) this.#all = undefined
    })
    return brought
  }
}

export function until(is: () => boolean): Promise<void> {
  if (is()) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!is()) return
      clearInterval(timer)
      resolve()
    }, 50)
  })
}
