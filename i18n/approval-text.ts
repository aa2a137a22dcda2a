import { approvals as en } from './en/approvals.ts'
import { deletion as deletionEn } from './en/deletion.ts'
import { members as membersEn } from './en/members.ts'
import { permissionPhrases as phrasesEn } from './en/permissions.ts'
import { shell as shellEn } from './en/shell.ts'
import { fill, type Locale } from './format.ts'
import { approvals as nb } from './nb/approvals.ts'
import { deletion as deletionNb } from './nb/deletion.ts'
import { members as membersNb } from './nb/members.ts'
import { permissionPhrases as phrasesNb } from './nb/permissions.ts'
import { shell as shellNb } from './nb/shell.ts'

/** A line of what somebody confirms. */
export const approvalText = (
  kind: keyof typeof nb,
  params: Readonly<Record<string, string | number>>,
  locale: Locale,
): string => fill((locale === 'nb' ? nb : en)[kind], params, locale)

/** A role in words: one of the table, or a company's own by its name. */
export const roleWord = (role: string, roleName: string | null | undefined, locale: Locale): string =>
  roleName ?? ((locale === 'nb' ? shellNb : shellEn).roles as Record<string, string>)[role]?.toLowerCase() ?? role

/** A role in an office, in words. */
export const officeRoleWord = (role: string, locale: Locale): string =>
  ((locale === 'nb' ? membersNb : membersEn).office.roles as Record<string, string>)[role]?.toLowerCase() ?? role

/** What a permission lets one do, in words. */
export const rightWord = (permission: string, locale: Locale): string =>
  ((locale === 'nb' ? phrasesNb : phrasesEn) as Record<string, string>)[permission] ?? permission

/** Why a company may be deleted, in words. */
export const groundWord = (ground: Exclude<keyof typeof deletionNb.grounds, ''>, locale: Locale): string =>
  (locale === 'nb' ? deletionNb : deletionEn).grounds[ground]
