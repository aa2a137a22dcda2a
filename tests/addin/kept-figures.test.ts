import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { KeptFigures } from '#addin/functions/figure-source.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { calculating } from './support/calculating.ts'
import { thisYear as year } from './support/open-window.ts'

const app = testApp()
const formula = `=LEDGER.SALDO(1920,${year})`
let company: Awaited<ReturnType<typeof app.company>>
let kept: KeptFigures | undefined
/** A page that keeps its figures where the one before it did. */
function page(fails: () => boolean) {
  const own = calculating(app, company, { fails })
  own.runtime.around.keeper = () => ({ load: async () => kept, save: async (news) => void (kept = news) })
  return own
}
const post = () => company.call('/vouchers', { body: simpleDraft({ voucherDate: `${year}-01-15` }) })

beforeAll(async () => {
  company = await app.company()
  await post()
})

describe('figures that outlive the page', () => {
  test('are told when nobody answers, with the version they were of; what was never asked for is an error with words', async () => {
    const first = page(() => false)
    const figure = await first.value(formula)
    expect(figure).not.toBe(0)
    await vi.waitFor(() => expect(kept?.figures).toHaveLength(1))
    await post()

    const second = page(() => true)
    expect(await second.value(formula)).toBe(figure)
    const { state } = second.runtime.source(company.id)
    expect([state.offline, state.ledgerVersion, state.takenAt]).toEqual([true, 1, kept!.takenAt])
    expect(await second.value(`=LEDGER.SALDO(2400,${year})`)).toBe('#N/A')
    expect(second.calculation.errorTexts.get('Ark1!A1')).toBe('Ingen kontakt. Siste verdi beholdes.')
  })

  test('never mix with those of a newer version, and are not kept as such', async () => {
    let down = true
    const own = page(() => down)
    const old = await own.value(formula)
    down = false
    await own.runtime.renew()
    own.calculation.start()
    await own.calculation.idle()
    expect(own.workbook.cell(own.workbook.sheets[0]!, 0, 0)!.value).toBe(2 * Number(old))
    expect(own.runtime.source(company.id).state).toMatchObject({ offline: false, ledgerVersion: 2 })
    await vi.waitFor(() => expect(kept?.ledgerVersion).toBe(2))
  })

  test('a refusal is no lost connection: what one may no longer see is not shown', async () => {
    const own = page(() => false)
    own.runtime.around.api.figures = async () => {
      const { Refused } = await import('#addin/api/ledger-api.ts')
      throw new Refused(403, { code: 'access/denied', title: 'Du har ikke tilgang.' })
    }
    expect(await own.value(formula)).toBe('#N/A')
    expect(own.calculation.errorTexts.get('Ark1!A1')).toBe('Du har ikke tilgang.')
  })
})
