import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { companyPath, userPath } from '../client.ts'
import { type Command, filled, optional, UsageError } from '../command.ts'

type Sentence = { message: string; count?: number }
type Imported = {
  company: { id: string; name: string }
  counts: { vouchers: number; entries: number; accounts: number; customers: number; suppliers: number }
  differences: Sentence[]
  told: Sentence[]
  replayed?: boolean
}

/** Differences told one by one to people; scripts get all. */
const SHOWN = 50

export const importSaft: Command = {
  name: 'import saft',
  usage: 'FILE [--company C [--other-company]]',
  words: ['FILE'],
  options: { company: { type: 'string' }, 'other-company': { type: 'boolean' } },
  async run(call) {
    const { client, texts } = call
    const file = userPath(call.words[0]!, process.env)
    const raw = await blobOf(file, texts.noFile)
    const company = optional(call, 'company')
    const headers = { 'content-type': 'application/xml', 'x-file-name': encodeURIComponent(basename(file)) }
    const asked = call.values['other-company'] === true ? '?otherCompany=true' : ''
    const path = company === undefined ? '/imports/saft' : companyPath(company, `/imports/saft${asked}`)
    const done = await client.call<Imported>(path, { method: 'POST', raw, headers })
    const { counts, differences, told } = done
    const lines = [
      filled(texts.imported, {
        ...counts,
        company: done.company.name,
        id: done.company.id,
        parties: counts.customers + counts.suppliers,
      }),
      ...(done.replayed ? [texts.importedBefore] : []),
      ...(differences.length === 0
        ? [texts.proven]
        : [filled(texts.differences, { count: differences.length }), ...bullets(differences.slice(0, SHOWN))]),
      ...(differences.length > SHOWN ? [`  … ${differences.length - SHOWN}`] : []),
      ...(told.length === 0 ? [] : [texts.told, ...bullets(told, texts.times)]),
    ]
    return { json: done, lines }
  },
}

/** The blob is read as it is sent, however large the file. `openAsBlob` throws at once what is not there, before its promise. */
export async function blobOf(file: string, noFile: string): Promise<Blob> {
  try {
    return await openAsBlob(file)
  } catch {
    throw new UsageError(filled(noFile, { file }))
  }
}

const bullets = (sentences: readonly Sentence[], times = ''): string[] =>
  sentences.map(
    ({ message, count = 1 }) => `  • ${message}${times && count > 1 ? ` (${filled(times, { count })})` : ''}`,
  )
