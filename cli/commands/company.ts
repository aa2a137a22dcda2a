import { companyPath } from '../client.ts'
import { type Call, type Command, filled, optional, required, UsageError } from '../command.ts'
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

type Deletion = { id: string; deletesAt: string }

/** Asked for now, carried out when the time for undoing it is over. */
export const deleteCompany: Command = {
  name: 'company delete',
  usage: '--company C --name NAME [--ground kept-elsewhere|no-bookkeeping]',
  words: [],
  options: { company: { type: 'string' }, name: { type: 'string' }, ground: { type: 'string' } },
  async run(call) {
    const body = { name: required(call, 'name'), ground: optional(call, 'ground') }
    const asked = await call.client.call<Deletion>(companyPath(required(call, 'company'), '/deletion'), { body })
    return {
      json: asked,
      lines: [filled(call.texts.toBeDeleted, { id: asked.id, until: asked.deletesAt.slice(0, 10) })],
    }
  },
}

export const keepCompany: Command = {
  name: 'company keep',
  usage: '--company C',
  words: [],
  options: { company: { type: 'string' } },
  async run(call) {
    const company = required(call, 'company')
    await call.client.call(companyPath(company, '/deletion'), { method: 'DELETE' })
    return { json: { company }, lines: [filled(call.texts.kept, { company })] }
  },
}
