/** E-mails, as plain text. */
const signed = 'Hovedbok'
const letter = (name: string, ...paragraphs: string[]) => `${[`Hei, ${name}`, ...paragraphs, signed].join('\n\n')}\n`

type Facts = { name: string; what: string; device: string; place: string; at: string }
type Person = { name: string }
type Invited = Person & { by: string; place: string; role: string; until: string }

export const mail = {
  unknownDevice: 'ukjent enhet',
  events: {
    created: 'Brukeren er opprettet',
    'signed-in': 'Innlogging',
    'signed-out': 'Utlogging',
    'session-ended': 'En enhet er logget ut',
    'addin-signed-in': 'Innlogging i Excel',
    'sign-in-failed': 'Innlogging avvist',
    'code-failed': 'Kode eller passkey ikke godtatt',
    'factors-reset': 'Innloggingen er nullstilt av driften',
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
      [`Når: ${at}`, device && `Enhet: ${device}`, place && `Sted: ${place}`].filter(Boolean).join('\n'),
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
  invitation: ({ name, by, place, role, until }: Invited, link: string) => ({
    subject: `Du er invitert til ${place} – Hovedbok`,
    text: letter(
      name,
      `${by} inviterer deg til ${place} som ${role}.`,
      `Ta imot her. Lenken virker til og med ${until}, bare én gang, og gjelder bare ${place}:\n${link}`,
      `Kjenner du ikke ${by}? Da kan du se bort fra e-posten. Ingen får tilgang før lenken er brukt.`,
    ),
  }),
  alerts: ({ name }: Person, lines: readonly string[], link: string) => ({
    subject: `${lines[0]!.length > 80 ? `${lines[0]!.slice(0, 79)}…` : lines[0]} – Hovedbok`,
    text: letter(
      name,
      lines.map((line) => `– ${line}`).join('\n'),
      `Se varslene, og velg hvilke du vil ha på e-post:\n${link}`,
    ),
  }),
}
