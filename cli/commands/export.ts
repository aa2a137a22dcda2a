import { createWriteStream } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { companyPath, query } from '../client.ts'
import { type Call, type Command, filled, optional, type Result, required, UsageError } from '../command.ts'

const where = { company: { type: 'string' }, out: { type: 'string' } } as const

export const exportSaft: Command = {
  name: 'export saft',
  usage: '--company C [--from-month M] [--to-month M] [--version 1.40] [--zip] [--out FILE]',
  words: [],
  options: {
    ...where,
    'from-month': { type: 'string' },
    'to-month': { type: 'string' },
    version: { type: 'string' },
    zip: { type: 'boolean' },
  },
  run: (call) =>
    saveOf(call, '/exports/saft', {
      fromMonth: optional(call, 'from-month'),
      toMonth: optional(call, 'to-month'),
      version: optional(call, 'version'),
      format: call.values.zip ? 'zip' : undefined,
    }),
}

export const exportJournal: Command = {
  name: 'export journal',
  usage: '--company C --format hledger|beancount [--from D] [--to D] [--out FILE]',
  words: [],
  options: { ...where, format: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
  run: (call) =>
    saveOf(call, '/exports/journal', {
      format: required(call, 'format'),
      fromDate: optional(call, 'from'),
      toDate: optional(call, 'to'),
    }),
}

/** A report or list by the name it has in the API, with what it is asked as it stands there. */
export const exportReport: Command = {
  name: 'export report',
  usage:
    'NAME --company C [--format xlsx|csv|csv-machine|pdf] [--query "kind=customer&…"] [--from D] [--to D] [--out FILE]',
  words: ['NAME'],
  options: {
    ...where,
    format: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    query: { type: 'string' },
  },
  run: (call) =>
    saveOf(call, `/exports/${call.words[0]!.split('/').map(encodeURIComponent).join('/')}`, {
      ...Object.fromEntries(new URLSearchParams(optional(call, 'query'))),
      format: optional(call, 'format'),
      fromDate: optional(call, 'from'),
      toDate: optional(call, 'to'),
    }),
}

const saveOf = (call: Call, rest: string, values: Record<string, string | undefined>): Promise<Result> =>
  save(call, companyPath(required(call, 'company'), `${rest}${query(values)}`))

/** Writes a file of the API as it comes: under `--out`, else under the name it is offered in the user's folder; `-` is standard output. */
export async function save(call: Call, path: string): Promise<Result> {
  const { body, name } = await call.client.download(path)
  const out = optional(call, 'out')
  const from = Readable.fromWeb(body as never)
  if (out === '-') {
    await pipeline(from, process.stdout, { end: false })
    return { json: null, lines: [] }
  }
  const file = out ? resolve(process.env.INIT_CWD ?? '.', out) : join(process.env.INIT_CWD ?? '.', basename(name))
  let size = 0
  from.on('data', (chunk: Uint8Array) => {
    size += chunk.length
  })
  await pipeline(from, createWriteStream(file)).catch((error: NodeJS.ErrnoException) => {
    if (!error.code?.startsWith('E')) throw error
    throw new UsageError(filled(call.texts.notWritten, { file }))
  })
  return { json: { file, size }, lines: [filled(call.texts.written, { file, size: Math.ceil(size / 1024) })] }
}
