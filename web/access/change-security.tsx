import { fill } from '#i18n/format.ts'
import { forgetSessions } from '#worker/access/identify.ts'
import { endApp } from '#worker/access/list-apps.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { addPasskey, removePasskey } from '#worker/identity/check-passkey.ts'
import { deleteProviderAccount, readFactors, readProviderAccounts } from '#worker/identity/factor-store.ts'
import { newRecoveryCodes, removeCodeApp } from '#worker/identity/keep-code-app.ts'
import { changePassword, confirmPassword, sendAddressLink } from '#worker/identity/keep-password.ts'
import { demandProof, isFresh } from '#worker/identity/prove.ts'
import { providersOf } from '#worker/identity/provider.ts'
import { contextOf, personOf } from '#worker/identity/request.ts'
import { signOutEverywhere } from '#worker/identity/sign-out.ts'
import { readProof } from '#worker/identity/store.ts'
import { tell } from '#worker/identity/tell-user.ts'
import { tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { madeIn } from './passkey-form.tsx'
import { recoveryCodesPage } from './recovery-page.tsx'
import { needsPassword, securityPage, type Told } from './security-page.tsx'

/**
 * What lets somebody in is changed by its owner only, not by whoever sits at their screen: by a fresh passkey or code; by the
 * password while they have no other factor; by having signed in just now when they have neither.
 * @throws Problem 403 step-up/required; 401 password/wrong, sign-in/required; 429 request/too-many.
 */
export async function confirmOwner(c: Page, fields: Fields): Promise<void> {
  const { user, session } = await personOf(c)
  const ctx = contextOf(c)
  const factors = await readFactors(ctx.control, user.id)
  if (needsPassword(user, factors)) return confirmPassword(ctx, user, fields.currentPassword ?? '')
  const proof = await readProof(ctx.control, session)
  if (factors.codeApp || factors.passkeys > 0 || proof?.method === 'demo') return demandProof(c)
  if (!isFresh(proof?.createdAt, ctx.now)) throw new Problem(401, 'sign-in/required')
}

/** Does what a form of the page asks for, once its owner has confirmed it. */
async function change(
  c: Page,
  section: Told['section'],
  work: (person: Awaited<ReturnType<typeof personOf>>, fields: Fields) => Promise<Response>,
): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const person = await personOf(c)
      await confirmOwner(c, fields)
      return work(person, fields)
    },
    (tried) => securityPage(c, { tried, ...(section && { section }) }),
  )
}

const said = (c: Page, message: string): Promise<Response> => securityPage(c, { message })

export const submitPasskey = (c: Page): Promise<Response> =>
  change(c, 'passkeys', async ({ user }, fields) => {
    const codes = await addPasskey(contextOf(c), user, madeIn(fields.made))
    return codes.length > 0 ? recoveryCodesPage(c, codes) : said(c, textsOf(c).security.saved['passkey-added'])
  })

export const submitPasskeyRemoval = (c: Page): Promise<Response> =>
  change(c, undefined, async ({ user }) => {
    await removePasskey(contextOf(c), user, c.req.param('passkey') ?? '')
    return said(c, textsOf(c).security.saved['passkey-removed'])
  })

export const submitCodeAppRemoval = (c: Page): Promise<Response> =>
  change(c, undefined, async ({ user }) => {
    await removeCodeApp(contextOf(c), user)
    return said(c, textsOf(c).security.saved['codes-off'])
  })

export const submitRecoveryCodes = (c: Page): Promise<Response> =>
  change(c, undefined, async ({ user }) => recoveryCodesPage(c, await newRecoveryCodes(contextOf(c), user)))

export const submitPassword = (c: Page): Promise<Response> =>
  change(c, 'password', async ({ user, session }, fields) => {
    await changePassword(contextOf(c), user, fields.password ?? '', session)
    forgetSessions()
    return said(c, textsOf(c).security.password.changed)
  })

export async function submitAddressLink(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      const { user } = await personOf(c)
      await sendAddressLink(contextOf(c), user)
      return said(c, fill(textsOf(c).security.address.sent, { email: user.email }, c.var.locale))
    },
    (tried) => securityPage(c, { tried }),
  )
}

/** Ending a session needs no proof: who finds a stranger there must not be kept from it. */
export async function submitDeviceEnd(c: Page): Promise<Response> {
  const { user } = await personOf(c)
  await endApp(contextOf(c), user, pathText(c, 'session'))
  forgetSessions()
  return said(c, textsOf(c).security.devices.ended)
}

export async function submitDevicesEnd(c: Page): Promise<Response> {
  const { user, session } = await personOf(c)
  await signOutEverywhere(contextOf(c), user, session)
  forgetSessions()
  return said(c, textsOf(c).security.devices.endedAll)
}

export const submitProviderRemoval = (c: Page): Promise<Response> =>
  change(c, undefined, async ({ user }) => {
    const ctx = contextOf(c)
    const provider = providersOf(c.env.OIDC_PROVIDERS).find(({ key }) => key === pathText(c, 'provider'))
    const accounts = await readProviderAccounts(ctx.control, user.id)
    const joined = accounts.find(({ issuer }) => issuer === provider?.issuer)
    if (!joined) throw new Problem(404, 'request/not-found')
    await tell(ctx, user, 'provider-left', { work: [deleteProviderAccount(user.id, joined.issuer, joined.subject)] })
    return said(c, textsOf(c).security.saved['provider-left'])
  })
