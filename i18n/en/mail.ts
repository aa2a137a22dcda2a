import type { mail as nb } from '../nb/mail.ts'

const signed = 'Hovedbok'
const letter = (name: string, ...paragraphs: string[]) => `${[`Hello, ${name}`, ...paragraphs, signed].join('\n\n')}\n`

export const mail: typeof nb = {
  unknownDevice: 'unknown device',
  events: {
    created: 'The user was made',
    'signed-in': 'Sign-in',
    'signed-out': 'Sign-out',
    'session-ended': 'A device was signed out',
    'addin-signed-in': 'Sign-in in Excel',
    'sign-in-failed': 'Sign-in refused',
    'code-failed': 'Code or passkey not accepted',
    'factors-reset': 'Sign-in was reset by the operator',
    'new-device': 'Sign-in from a new device',
    locked: 'Many wrong passwords',
    'password-changed': 'The password was changed',
    'passkey-added': 'A passkey was added',
    'passkey-removed': 'A passkey was removed',
    'codes-on': 'A code app was connected',
    'codes-off': 'The code app was disconnected',
    'recovery-used': 'A recovery code was used',
    'recovery-made': 'New recovery codes were made',
    'signed-out-everywhere': 'Signed out everywhere',
    'provider-joined': 'Sign-in elsewhere was connected',
    'provider-left': 'Sign-in elsewhere was disconnected',
    'address-verified': 'The e-mail address was verified',
  },
  notice: ({ name, what, device, place, at }, link) => ({
    subject: `${what} – Hovedbok`,
    text: letter(
      name,
      `${what}.`,
      [`When: ${at}`, device && `Device: ${device}`, place && `Place: ${place}`].filter(Boolean).join('\n'),
      `If it was you, there is nothing to do. If it was not, see where you are signed in, sign out everywhere and change your password:\n${link}`,
    ),
  }),
  password: ({ name }, link) => ({
    subject: 'Choose a new password – Hovedbok',
    text: letter(
      name,
      `Choose a new password here. The link works for 30 minutes, once:\n${link}`,
      'If you did not ask for this, ignore it. The password has not been changed.',
    ),
  }),
  address: ({ name }, link) => ({
    subject: 'Verify your e-mail address – Hovedbok',
    text: letter(name, `Confirm that the address is yours. The link works for 24 hours:\n${link}`),
  }),
  invitation: ({ name, by, place, role, until }, link) => ({
    subject: `You are invited to ${place} – Hovedbok`,
    text: letter(
      name,
      `${by} invites you to ${place} as ${role}.`,
      `Accept here. The link works until ${until}, once, and for ${place} alone:\n${link}`,
      `Don’t know ${by}? Then ignore this e-mail. Nobody gets access before the link is used.`,
    ),
  }),
  alerts: ({ name }, lines, link) => ({
    subject: `${lines[0]!.length > 80 ? `${lines[0]!.slice(0, 79)}…` : lines[0]} – Hovedbok`,
    text: letter(
      name,
      lines.map((line) => `– ${line}`).join('\n'),
      `See your alerts, and choose which you want by e-mail:\n${link}`,
    ),
  }),
}
