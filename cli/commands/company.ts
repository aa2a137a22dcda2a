import { type Call, type Command, filled, optional, UsageError } from '../command.ts'
import { tableOf } from '../table.ts'

export const createCompany: Command = {
  name: 'company create',
  usage: 'NAME --orgnr N [--from-year Y] [--to-year Y] [--no-vat]',
  words: ['NAME'],
  options: {
    orgnr: { type: 'string' },
    'from-year': { type: 'string' },
    'to-year': { type: 'string' },
    'no-vat': { type: 'boolean' },
  },
  async run(call) {
    const made = await call.client.call<{ id: string }>('/companies', {
      body: {
        name: call.words[0],
        organisationNumber: optional(call, 'orgnr')?.replace(/\s/g, ''),
        fromYear: yearOf(call, 'from-year'),
        toYear: yearOf(call, 'to-year'),
        vatRegistered: !call.values['no-vat'],
      },
    })
    return { json: made, lines: [filled(call.texts.created, made)] }
  },
}

function yearOf(call: Call, name: string): number | undefined {
  const value = optional(call, name)
  if (value === undefined) return undefined
  if (!/^\d{4}$/.test(value)) throw new UsageError(filled(call.texts.notANumber, { name: `--${name}` }))
  return Number(value)
}

type Company = { id: string; name: string; organisationNumber: string | null; role: string }

export const listCompanies: Command = {
  name: 'company list',
  usage: '',
  words: [],
  options: {},
  async run({ client, texts }) {
    const answer = await client.call<{ companies: Company[] }>('/companies')
    const { columns } = texts
    const lines = tableOf<Company>(
      [
        { head: columns.id, of: (c) => c.id },
        { head: columns.organisationNumber, of: (c) => c.organisationNumber ?? '' },
        { head: columns.name, of: (c) => c.name },
        { head: columns.role, of: (c) => c.role },
      ],
      answer.companies,
    )
    return { json: answer, lines }
  },
}
