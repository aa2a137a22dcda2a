/** E-mails, as plain text. */
const signed = 'Hovedbok'
const letter = (name: string, ...paragraphs: string[]) => `${[`Hei, ${name}`, ...paragraphs, signed].join('\n\n')}\n`

type Facts = { name: string; what: string; device: string; place: string; at: string }
type Person = { name: string }

export const mail = {
  unknownDevice: 'ukjent enhet',
  events: {
    'signed-in': 'Innlogging',
    'new-device': 'Innlogging fra en ny enhet',
    locked: 'Mange feil passord',
    'password-changed': 'Passordet er endret',
    'passkey-added': 'En passkey er lagt til',
    'passkey-removed': 'En passkey er fjernet',
    'codes-on': 'Kode-app er koblet til',
    'codes-off': 'Kode-app er koblet fra',
    'recovery-used': 'En gjenopprettingskode er brukt',
    'recovery-made': 'Nye gjenopprettingskoder er laget',
    'signed-out-everywhere': 'Logget ut overalt',
    'provider-joined': 'Innlogging hos en annen er koblet til',
    'provider-left': 'Innlogging hos en annen er koblet fra',
    'address-verified': 'E-postadressen er bekreftet',
  },
  notice: ({ name, what, device, place, at }: Facts, link: string) => ({
    subject: `${what} – Hovedbok`,
    text: letter(
      name,
      `${what}.`,
      `Når: ${at}\nEnhet: ${device}\nSted: ${place}`,
      `Var det deg, trenger du ikke gjøre noe. Var det ikke deg, se hvor du er logget inn, logg ut overalt og bytt passord:\n${link}`,
    ),
  }),
  password: ({ name }: Person, link: string) => ({
    subject: 'Velg nytt passord – Hovedbok',
    text: letter(
      name,
      `Velg et nytt passord her. Lenken virker i 30 minutter og bare én gang:\n${link}`,
      'Har du ikke bedt om dette, kan du se bort fra e-posten. Passordet er ikke endret.',
    ),
  }),
  address: ({ name }: Person, link: string) => ({
    subject: 'Bekreft e-postadressen – Hovedbok',
    text: letter(name, `Bekreft at adressen er din. Lenken virker i 24 timer:\n${link}`),
  }),
  invitation: ({ name, by, company }: Person & { by: string; company: string }, link: string) => ({
    subject: `Du har fått tilgang til ${company} – Hovedbok`,
    text: letter(
      name,
      `${by} har gitt deg tilgang til ${company}. Velg passord og kom i gang. Lenken virker i sju dager:\n${link}`,
    ),
  }),
}
