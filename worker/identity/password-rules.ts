import { textFile } from '#worker/http/text-file.ts'

/** Shortest password, in characters. Source: NIST SP 800-63B asks 8 with a second factor and 15 without; ours has limits on tries. */
export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 1_024
/** Words of our own that people here would choose. */
const OURS =
  'passord velkommen sommer vinter hosten norge oslo bergen regnskap hovedbok bokforing tripletex admin'.split(' ')

let common: ReadonlySet<string> | undefined
/** What is tried first, read when an isolate's first password is chosen and kept. */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= new Set([
    ...OURS,
    ...(await textFile('worker/identity/common-passwords.txt')).replace(/^#.*$/gm, '').trim().split(/\s+/),
  ])
  return common
}

export type PasswordFault = 'password/too-short' | 'password/common'

/**
 * What is wrong with a password that somebody chooses, if anything: too short, the address itself, or what is tried first: a
 * common password, one with figures or signs around it, or one that only repeats.
 */
export async function passwordFault(password: string, email: string): Promise<PasswordFault | undefined> {
  const letters = password.normalize('NFKC').toLowerCase()
  if ([...letters].length < PASSWORD_MIN || password.length > PASSWORD_MAX) return 'password/too-short'
  const own = [email.toLowerCase(), email.toLowerCase().split('@')[0]!]
  const core = letters.replace(/^[^a-zæøå]+|[^a-zæøå]+$/g, '')
  const repeated = /^(.{1,8}?)\1+$/.exec(core)?.[1] ?? core
  const guessed = [letters, core, repeated]
  const common = await commonPasswords()
  if (core.length < 4 || guessed.some((text) => common.has(text) || own.includes(text)) || repeated.length < 4)
    return 'password/common'
  return undefined
}
