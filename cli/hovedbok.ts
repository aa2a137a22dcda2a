// The command line: a thin client of the public API. `npm run hovedbok -- COMMAND`.
import { parseArgs } from 'node:util'
import { type CliTexts, cliTexts } from '#i18n/cli-texts.ts'
import type { Locale } from '#i18n/format.ts'
import { Client, type Environment, NoAnswer, Refusal, targetOf } from './client.ts'
import { type Command, filled, type Result, UsageError, type Values } from './command.ts'
import { backup, restore } from './commands/backup.ts'
import { createCompany, deleteCompany, keepCompany, listCompanies } from './commands/company.ts'
import { exportJournal, exportReport, exportSaft } from './commands/export.ts'
import { importSaft } from './commands/import.ts'
import { createKey } from './commands/key.ts'
import { generalLedger, trialBalance } from './commands/report.ts'
import { resetSignIn } from './commands/reset.ts'
import { upgrade } from './commands/upgrade.ts'
import { verify } from './commands/verify.ts'
import { postVouchers } from './commands/voucher.ts'

export const commands: readonly Command[] = [
  createCompany,
  listCompanies,
  deleteCompany,
  keepCompany,
  createKey,
  importSaft,
  exportSaft,
  exportJournal,
  exportReport,
  trialBalance,
  generalLedger,
  verify,
  upgrade,
  backup,
  restore,
  resetSignIn,
  postVouchers,
]

const everywhere = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  language: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
} as const

export type Written = { out: string; err: string; exitCode: number }

/** Runs one command line. Gives what it writes and the code it ends with: 0, 1 for a refusal, 2 for a wrong command. */
export async function run(args: readonly string[], env: Environment): Promise<Written> {
  const locale = localeOf(args, env)
  const texts = cliTexts[locale]
  const command = commands.find(({ name }) => name.split(' ').every((word, i) => args[i] === word))
  if (!command) {
    const asksForHelp = args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h')
    const unknown = filled(texts.unknownCommand, { command: args.join(' ') })
    if (asksForHelp) return { out: helpOf(texts, args.slice(1)), err: '', exitCode: 0 }
    return { out: '', err: `${unknown}\n\n${helpOf(texts, [])}`, exitCode: 2 }
  }
  let url = ''
  try {
    const { values, words } = read(command, args, texts)
    if (values.help) return { out: usageOf(command, texts), err: '', exitCode: 0 }
    checkWords(command, words, texts)
    const target = targetOf({ url: values.url as string, key: values.key as string }, env)
    url = target.url
    if (target.key === undefined) throw new UsageError(texts.noKey)
    const result = await command.run({ words, values, texts, locale, client: new Client(target, locale) })
    return { out: written(result, values.json === true), err: '', exitCode: result.failed ? 1 : 0 }
  } catch (error) {
    return failure(error, command, texts, url)
  }
}

const written = (result: Result, json: boolean): string =>
  json ? JSON.stringify(result.json, null, 2) : result.lines.join('\n')

function localeOf(args: readonly string[], env: Environment): Locale {
  const at = args.indexOf('--language')
  const asked =
    at >= 0 ? args[at + 1] : (args.find((a) => a.startsWith('--language='))?.slice(11) ?? env.HOVEDBOK_LANGUAGE)
  return asked === 'en' ? 'en' : 'nb'
}

function read(command: Command, args: readonly string[], texts: CliTexts): { values: Values; words: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(command.name.split(' ').length),
      options: { ...everywhere, ...command.options },
      allowPositionals: true,
    })
    return { values: values as Values, words: positionals }
  } catch (error) {
    const named = /'([^']+)'/.exec((error as Error).message)?.[1] ?? (error as Error).message
    throw new UsageError(filled(texts.unknownOption, { value: named }))
  }
}

function checkWords(command: Command, words: readonly string[], texts: CliTexts) {
  const missing = command.words[words.length]
  if (missing) throw new UsageError(filled(texts.missing, { name: missing }))
  const extra = words[command.words.length]
  if (extra !== undefined) throw new UsageError(filled(texts.tooMuch, { value: extra }))
}

/** A refusal is printed as JSON whatever was asked for, so that a script reads one shape (decisions.md 16). */
function failure(error: unknown, command: Command, texts: CliTexts, url: string): Written {
  if (error instanceof Refusal) return { out: JSON.stringify(error.problem, null, 2), err: error.message, exitCode: 1 }
  if (error instanceof NoAnswer) {
    const title = filled(texts.noAnswer, { url })
    return { out: JSON.stringify({ status: 503, code: 'service/busy', title }, null, 2), err: title, exitCode: 1 }
  }
  if (error instanceof UsageError)
    return { out: '', err: `${error.message}\n\n${usageOf(command, texts)}`, exitCode: 2 }
  throw error
}

const usageOf = (command: Command, texts: CliTexts): string =>
  [
    texts.about[command.name],
    '',
    `${texts.usage}: npm run hovedbok -- ${`${command.name} ${command.usage}`.trim()}`,
    '',
    `${texts.options}:`,
    ...texts.everywhere.map((line) => `  ${line}`),
  ].join('\n')

function helpOf(texts: CliTexts, about: readonly string[]): string {
  const one = commands.find(({ name }) => name === about.join(' '))
  if (one) return usageOf(one, texts)
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    `${texts.usage}: npm run hovedbok -- …`,
    '',
    `${texts.commands}:`,
    ...commands.map(({ name }) => `  ${name.padEnd(width)}  ${texts.about[name]}`),
    '',
    `${texts.options}:`,
    ...texts.everywhere.map((line) => `  ${line}`),
    '',
    texts.more,
  ].join('\n')
}

if (import.meta.main) {
  const { out, err, exitCode } = await run(process.argv.slice(2), process.env)
  if (out !== '') process.stdout.write(`${out}\n`)
  if (err !== '') process.stderr.write(`${err}\n`)
  process.exitCode = exitCode
}
