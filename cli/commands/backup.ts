import { companyPath, userPath } from '../client.ts'
import { type Command, filled, optional, required } from '../command.ts'
import { save } from './export.ts'
import { blobOf } from './import.ts'

/** A company whole, as one file that can be read without us and restored. */
export const backup: Command = {
  name: 'backup',
  usage: '--company C [--out FILE]',
  words: [],
  options: { company: { type: 'string' }, out: { type: 'string' } },
  run: (call) => save(call, companyPath(required(call, 'company'), '/archive')),
}

type Restored = {
  company: string
  name: string
  ledgerVersion: number
  checks: number
  vouched: { day: string; ledgerVersion: number } | null
}

/** The archive as a new company, verified before it opens. */
export const restore: Command = {
  name: 'restore',
  usage: 'FILE [--name NAME]',
  words: ['FILE'],
  options: { name: { type: 'string' } },
  async run(call) {
    const raw = await blobOf(userPath(call.words[0]!, process.env), call.texts.noFile)
    const name = optional(call, 'name')
    const query = name === undefined ? '' : `?${new URLSearchParams({ name })}`
    const headers = { 'content-type': 'application/zip' }
    const done = await call.client.call<Restored>(`/restorations${query}`, { method: 'POST', raw, headers })
    const { company, ledgerVersion, checks, vouched } = done
    return {
      json: done,
      lines: [
        filled(call.texts.restored, { name: done.name, company, version: ledgerVersion, checks }),
        vouched
          ? filled(call.texts.vouched, { day: vouched.day, version: vouched.ledgerVersion })
          : call.texts.notVouched,
      ],
    }
  },
}
