import { addDays, type IsoDate } from '#worker/core/dates.ts'

/** What stands on what the demo company sends. All of it is invented; the account number has a valid check digit. */
export const DEMO_PROFILE = {
  address: 'Verkstedvegen 12',
  postalCode: '6037',
  city: 'Eidsnes',
  country: 'NO',
  email: 'post@lofthus-snekkeri.example',
  phone: '70 00 00 00',
  website: 'lofthus-snekkeri.example',
  senderEmail: 'faktura@lofthus-snekkeri.example',
  bankAccounts: [{ number: '12345678903', name: 'Drift', account: '1920' }],
}

/** People one talks to: kind and number of the party, name, role, e-mail. */
export const DEMO_CONTACTS = [
  ['customer', '10001', 'Ingrid Fossen', 'Daglig leder', 'ingrid@hotellfossen.example'],
  ['customer', '10001', 'Jonas Berg', 'Regnskap', 'jonas@hotellfossen.example'],
  ['supplier', '20001', 'Eva Lunde', 'Kundeservice', 'eva@leverandor.example'],
] as const

const RATES = [
  ['EUR', 116_500, 1],
  ['USD', 101_200, 1],
  ['SEK', 1_033_500, 100],
] as const

/** Weekly rates of the last two months, in tens of thousandths, made up round today's size and always the same. */
export const demoRates = (today: IsoDate) =>
  Array.from({ length: 9 }, (_, week) =>
    RATES.map(([currency, base, unit]) => {
      const digits = String(base + ((week * 7919) % 1_500) - 700)
      const rate = `${digits.slice(0, -4)}.${digits.slice(-4)}`
      return { currency, date: addDays(today, -7 * week), rate, unit, source: 'manual' as const }
    }),
  ).flat()
