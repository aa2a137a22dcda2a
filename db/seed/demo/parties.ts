import type { PartyKind } from '#worker/ledger/account.ts'

/** A customer or supplier of the demo company. All are invented. */
export type DemoParty = {
  kind: PartyKind
  number: string
  name: string
  organisationNumber: string | null
  address: string
  postalCode: string
  city: string
  country: string
  email: string | null
  bankAccount: string | null
  paymentTermsDays: number
}

type Row = readonly [name: string, address: string, postalCode: string, city: string, terms: number, country?: string]

const CUSTOMERS: readonly Row[] = [
  ['Hotell Fossen AS', 'Fossevegen 2', '6037', 'Eidsnes', 30],
  ['Eidsnes kommune', 'Rådhusgata 1', '6037', 'Eidsnes', 30],
  ['Bygg og Tømmer Sunnvik AS', 'Kaivegen 18', '6010', 'Sunnvik', 30],
  ['Arkitektkontoret Linje AS', 'Strandgata 4', '6010', 'Sunnvik', 14],
  ['Kystbo Eiendom AS', 'Havnegata 31', '6010', 'Sunnvik', 30],
  ['Fjordgløtt Borettslag', 'Fjordgløttvegen 7', '6037', 'Eidsnes', 14],
  ['Møller og Dal Entreprenør AS', 'Industrivegen 22', '6020', 'Dalsgrend', 30],
  ['Kafé Kvisten AS', 'Torget 3', '6010', 'Sunnvik', 14],
  ['Tannlegene på Brygga AS', 'Brygga 9', '6010', 'Sunnvik', 14],
  ['Nordvik Rør AS', 'Verkstedvegen 5', '6020', 'Dalsgrend', 14],
  ['Solstrand Hytteutleie AS', 'Solstrandvegen 60', '6045', 'Ytre Solstrand', 30],
  ['Bakkane Gard', 'Bakkane 12', '6038', 'Bakkane', 14],
  ['Hytteforeningen Kollen', 'Kollvegen 1', '6048', 'Kollen', 14],
  ['Kari og Olav Bergheim', 'Granlia 15', '6037', 'Eidsnes', 14],
  ['Sigrid Aasebø', 'Nedre Lia 3', '6010', 'Sunnvik', 14],
  ['Per Magnus Tveit', 'Tveitvegen 44', '6038', 'Bakkane', 14],
  ['Hanne Lise Kroken', 'Krokgata 8', '6020', 'Dalsgrend', 14],
  ['Rune Strømsvåg', 'Strømsvåg 2', '6045', 'Ytre Solstrand', 14],
  ['Helsehuset Dalsgrend SA', 'Sentrumsvegen 11', '6020', 'Dalsgrend', 30],
  ['Skipsinnredning Vest AS', 'Verftsgata 100', '6010', 'Sunnvik', 30],
  ['Ferjekaia Brygghus AS', 'Ferjekaia 1', '6037', 'Eidsnes', 14],
  ['Midtfjord Idrettslag', 'Stadionvegen 6', '6037', 'Eidsnes', 14],
  ['Barnehagen Furutoppen AS', 'Furutoppen 2', '6020', 'Dalsgrend', 30],
  ['Fjällkök i Norr AB', 'Storgatan 12', '831 30', 'Östersund', 30, 'SE'],
  ['Havblikk Seniorboliger AS', 'Havblikk 40', '6010', 'Sunnvik', 30],
]

const SUPPLIERS: readonly Row[] = [
  ['Innlandet Trelast AS', 'Sagbruksvegen 3', '2200', 'Kongsdal', 30],
  ['Plategrossisten Møre AS', 'Lagerfaret 8', '6015', 'Sunnvik', 30],
  ['Beslag og Lås AS', 'Låsgata 6', '6010', 'Sunnvik', 14],
  ['Glassmester Hauge AS', 'Hauggata 17', '6010', 'Sunnvik', 30],
  ['Overflate Teknikk AS', 'Malervegen 1', '6020', 'Dalsgrend', 30],
  ['Nordisk Maskinservice AS', 'Verkstedgata 25', '7010', 'Leirvang', 30],
  ['Eidsnes Næringsbygg AS', 'Sagveien 10', '6037', 'Eidsnes', 14],
  ['Midtfjord Kraft AS', 'Kraftvegen 2', '6037', 'Eidsnes', 14],
  ['Vestnett Telefon AS', 'Postboks 300', '5003', 'Vågen', 14],
  ['Kontor og Tall Regnskap AS', 'Torget 8', '6010', 'Sunnvik', 14],
  ['Fjordtank AS', 'Kaia 4', '6037', 'Eidsnes', 14],
  ['Kystkjøp Storhusholdning AS', 'Engrosvegen 9', '6015', 'Sunnvik', 14],
  ['Trygg Kyst Forsikring AS', 'Forsikringsgata 1', '5003', 'Vågen', 30],
  ['Skyverk Ireland Ltd', '4 Grange Quay', 'D02', 'Dublin', 14, 'IE'],
  ['Hettinger Beschläge GmbH', 'Holzweg 14', '32278', 'Kirchlengern', 30, 'DE'],
  ['Tegnverk Norge AS', 'Nedre gate 8', '0551', 'Oslo', 30],
  ['Kontorpakke AS', 'Pakkevegen 2', '6015', 'Sunnvik', 14],
  ['Solberg Malerservice AS', 'Penselvegen 7', '6020', 'Dalsgrend', 30],
  ['Elektro Kontakt Sunnvik AS', 'Ampervegen 12', '6010', 'Sunnvik', 30],
  ['Transport Brødrene Nes AS', 'Nesvegen 33', '6038', 'Bakkane', 14],
  ['Midtfjord Miljø IKS', 'Gjenvinningsvegen 5', '6037', 'Eidsnes', 30],
  ['Lokalavisa Fjordposten AS', 'Avisgata 2', '6010', 'Sunnvik', 14],
  ['Fjordreiser Hotell og Ferge AS', 'Ferjekaia 3', '6037', 'Eidsnes', 14],
  ['Snekkernes Landslag', 'Håndverksgata 20', '0182', 'Oslo', 30],
  ['Kyst Pensjon AS', 'Forsikringsgata 3', '5003', 'Vågen', 14],
  ['Verktøy og Vern AS', 'Industrivegen 4', '6020', 'Dalsgrend', 30],
]

/** Weights of the modulus 11 control digit. */
const ORGANISATION = [3, 2, 7, 6, 5, 4, 3, 2]
const BANK_ACCOUNT = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

/** Persons, associations and foreign companies have no Norwegian organisation number. */
const WITHOUT_NUMBER = /^(?:Kari|Sigrid|Per|Hanne|Rune|Hytteforeningen|Bakkane)/

export const demoParties: readonly DemoParty[] = [
  ...CUSTOMERS.map((row, i) => partyOf('customer', row, i)),
  ...SUPPLIERS.map((row, i) => partyOf('supplier', row, i)),
]

function partyOf(kind: PartyKind, [name, address, postalCode, city, terms, country = 'NO']: Row, i: number): DemoParty {
  const first = kind === 'customer' ? 10_001 : 20_001
  const hasNumber = country === 'NO' && !WITHOUT_NUMBER.test(name)
  return {
    kind,
    number: String(first + i),
    name,
    organisationNumber: hasNumber
      ? withCheckDigit(39_910_100 + (kind === 'customer' ? 0 : 400) + i * 7, ORGANISATION)
      : null,
    address,
    postalCode,
    city,
    country,
    email: kind === 'customer' ? `faktura@${domainOf(name)}.example` : null,
    bankAccount: kind === 'supplier' && country === 'NO' ? withCheckDigit(1_503_224_800 + i * 11, BANK_ACCOUNT) : null,
    paymentTermsDays: terms,
  }
}

/** The next number from `start` on that can have a modulus 11 control digit, with it. */
function withCheckDigit(start: number, weights: readonly number[]): string {
  for (let n = start; ; n++) {
    const digits = String(n).padStart(weights.length, '0')
    const control = (11 - (weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11)) % 11
    if (control < 10) return `${digits}${control}`
  }
}

function domainOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\b(?:as|sa|iks|ab)$/, '')
    .replaceAll('æ', 'ae')
    .replaceAll(/[øö]/g, 'o')
    .replaceAll(/[åäé]/g, 'a')
    .replaceAll(/[^a-z]/g, '')
}
