import { describe, expect, test } from 'vitest'
import { AnsweredSaft } from '#worker/saft/saft-answers.ts'
import { proposeAccounts } from '#worker/saft-switch/account-proposal.ts'
import { MOST_MET, PartyMeetings } from '#worker/saft-switch/party-proposal.ts'

describe('accounts of a file', () => {
  const account = (number: string, name: string, more: object = {}) => ({
    number,
    name,
    groupingCategory: '',
    groupingCode: '',
    standardAccount: '',
    opening: 0,
    closing: 0,
    lines: 0,
    control: null,
    ...more,
  })
  const ours = (number: string, nameNb: string, type: string, grouping: [string, string] | null = null) =>
    ({ number, nameNb, type, groupingCategory: grouping?.[0] ?? null, groupingCode: grouping?.[1] ?? null }) as never
  const chart = [
    ours('1499', 'Mellomkonto kunder', 'asset'),
    ours('1500', 'Kundefordringer', 'asset', ['balanseverdiForOmloepsmiddel', '1500']),
    ours('1920', 'Bankinnskudd', 'asset', ['balanseverdiForOmloepsmiddel', '1920']),
    ours('3000', 'Salgsinntekt, avgiftspliktig', 'income', ['salgsinntekt', '3000']),
    ours('6340', 'Lys, varme', 'expense', ['annenDriftskostnad', '6340']),
  ]
  test('become ours, each with the reason why; what has two meanings is asked about', () => {
    const file = [
      account('1499', 'Forskudd til leverandører', { standardAccount: '14' }),
      account('1510', 'Kunder', { groupingCategory: 'balanseverdiForOmloepsmiddel', groupingCode: '1500' }),
      account('1920', 'Driftskonto', { groupingCategory: 'balanseverdiForOmloepsmiddel', groupingCode: '1920' }),
      account('1925', 'Sparekonto', { groupingCategory: 'balanseverdiForOmloepsmiddel', groupingCode: '1920' }),
      account('3010', 'Salgsinntekt avgiftspliktig'),
      account('6300', 'Strøm', { standardAccount: '6340' }),
      account('X9', 'Ukjent'),
    ]
    const found = proposeAccounts(file, chart).map(({ number, to, reason }) => `${number} ${to} ${reason}`)
    expect(found).toEqual([
      '1499 null asked',
      '1510 1500 grouping',
      '1920 1920 number',
      '1925 1925 kept',
      '3010 3000 name',
      '6300 6340 standard-account',
      'X9 null asked',
    ])
  })
})

test('parties met beyond those listed are counted; a new number is nobody else’s of the file', () => {
  const party = (i: number, name: string) => ({
    kind: 'customer' as const,
    number: String(i),
    name,
    organisationNumber: null,
  })
  const many = Array.from({ length: MOST_MET + 1 }, (_, i) => i + 1)
  const meetings = new PartyMeetings(many.map((i) => party(i, `Vår ${i}`)))
  for (const i of [...many, ...many]) meetings.add({ ...party(i, `Deres ${i}`), id: String(i), registrationNumber: '' })
  expect([meetings.result().length, meetings.beyond]).toEqual([MOST_MET, 1])
  const reader = { takeParties: () => [{ kind: 'customer', id: 'K5', balances: [] }] } as never
  const answers = { parties: [], accounts: new Map(), partyNumbers: new Map([['customer 1', 'K5']]) }
  const content = new AnsweredSaft(reader, { ...answers, newNumbers: new Set(['customer K5']) } as never)
  expect(() => content.takeParties()).toThrow('party/exists')
})
