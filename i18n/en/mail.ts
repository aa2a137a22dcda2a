import type { mail as nb } from '../nb/mail.ts'

const signed = 'Hovedbok'
const letter = (name: string, ...paragraphs: string[]) => `${[`Hello, ${name}`, ...paragraphs, signed].join('\n\n')}\n`

export const mail: typeof nb = {
  unknownDevice: 'unknown device',
  events: {
    'signed-in': 'Sign-in',
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
      `When: ${at}\nDevice: ${device}\nPlace: ${place}`,
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
  invitation: ({ name, by, company }, link) => ({
    subject: `You have been given access to ${company} – Hovedbok`,
    text: letter(
      name,
      `${by} has given you access to ${company}. Choose a password and begin. The link works for seven days:\n${link}`,
    ),
  }),
}
