export type VoucherNumber = { series: string; fiscalYear: number; number: number }
type Numbers = { series: string; fiscalYear: number; last: number; numbers: Set<number> }

/** The numbers of all vouchers, by series and year, taken one by one: books of hundreds of thousands are gone through. */
export class VoucherNumbers {
  readonly #series = new Map<string, Numbers>()
  readonly #doubles: VoucherNumber[] = []

  take(series: string, fiscalYear: number, number: number): void {
    const key = `${series} ${fiscalYear}`
    const own = this.#series.get(key) ?? { series, fiscalYear, last: 0, numbers: new Set() }
    if (own.numbers.has(number)) this.#doubles.push({ series, fiscalYear, number })
    own.numbers.add(number)
    own.last = Math.max(own.last, number)
    this.#series.set(key, own)
  }

  get series(): { series: string; fiscalYear: number; last: number }[] {
    return [...this.#series.values()].map(({ numbers: _, ...rest }) => rest)
  }

  /** Numbers that are missing from 1 on, then those that stand twice. */
  get gaps(): VoucherNumber[] {
    const gaps: VoucherNumber[] = []
    for (const { series, fiscalYear, last, numbers } of this.#series.values())
      if (numbers.size < last)
        for (let number = 1; number <= last; number++)
          if (!numbers.has(number)) gaps.push({ series, fiscalYear, number })
    return [...gaps, ...this.#doubles]
  }
}
