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
  sealed: { day: string; ledgerVersion: number } | null
}

/** The archive as a new company, verified before it opens. */
export const restore: Command = {
  name: 'restore',
  usage: 'FILE [--name NAME] [--despite DAY]',
  words: ['FILE'],
  options: { name: { type: 'string' }, despite: { type: 'string' } },
  async run(call) {
    const raw = await blobOf(userPath(call.words[0]!, process.env), call.texts.noFile)
    const wanted = new URLSearchParams()
    for (const option of ['name', 'despite']) {
      const value = optional(call, option)
      if (value !== undefined) wanted.set(option, value)
    }
    const headers = { 'content-type': 'application/zip' }
    const done = await call.client.call<Restored>(`/restorations?${wanted}`, { method: 'POST', raw, headers })
    const { company, ledgerVersion, checks, vouched, sealed } = done
    return {
      json: done,
      lines: [
        filled(call.texts.restored, { name: done.name, company, version: ledgerVersion, checks }),
        vouched
          ? filled(call.texts.vouched, { day: vouched.day, version: vouched.ledgerVersion })
          : call.texts.notVouched,
        ...(sealed ? [filled(call.texts.sealed, { day: sealed.day, version: sealed.ledgerVersion })] : []),
      ],
    }
  },
}
