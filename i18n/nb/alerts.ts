/** What a person should know of, and the page that lists it. */
export const alerts = {
  title: 'Varsler',
  intro:
    'Det du bør vite om kontoen din og selskapene du er administrator i. Et varsel forsvinner når årsaken er borte.',
  none: 'Ingen varsler.',
  unseen: '{count} {count#nytt varsel/nye varsler}',
  new: 'Nytt',
  seen: 'Merk alle som sett',
  muting: 'Hvordan du vil ha varslene',
  ways: { mail: 'Her og på e-post', list: 'Bare her', muted: 'Ikke i det hele tatt' },
  save: 'Lagre valgene',
  saved: 'Valgene er lagret.',
  column: { at: 'Når', text: 'Hva', company: 'Selskap' },
  yours: 'Kontoen din',
  see: 'Se',
  notYou: 'Var det ikke deg? Bytt passord og logg ut overalt.',
  kinds: {
    'factors-reset': 'Driften har nullstilt passkeys og kode-app på kontoen din. Sett opp ny når du logger inn.',
    'new-device': 'Innlogging fra en ny enhet: {device} ({network}).',
    'many-failures':
      'Mange mislykkede innlogginger på kontoen din. Den er beskyttet, og du kan fortsatt logge inn der du pleier.',
    'key-created': '{by} laget API-nøkkelen «{name}».',
    'rights-changed':
      '{by} endret rettigheter: {name}[, {role}][, invitert på {invited}][, invitasjonen til {withdrawn} er trukket tilbake].',
    'everything-exported': '{by} eksporterte {what}.',
    'webhook-created': '{by} satte opp webhooken «{name}» til {host}.',
    'webhook-disabled':
      'Webhooken «{name}» er slått av etter mange mislykkede forsøk. Hendelsene venter til den slås på.',
    'period-reopened': '{by} åpnet {from:month}[ til {later:month}] for bokføring igjen: {reason}',
    'verification-failed':
      '{count} {count#kontroll/kontroller} av regnskapet stemmer ikke: {checks}. Ikke bokfør mer før årsaken er funnet.',
    'verification-not-run':
      'Kontrollen av regnskapet lot seg ikke kjøre. Den prøves igjen om en time; meld fra til driften hvis varselet blir stående.',
    'backup-failed':
      'Nattens sikkerhetskopi ble ikke tatt. Ta en for hånd, og meld fra til driften hvis det også feiler.',
    'schedule-not-run':
      'Det som skal bokføres av seg selv hver morgen, lot seg ikke gjøre i dag. Det prøves igjen i morgen; haster det, kjør faste bilag for hånd.',
    'deletion-asked':
      'Selskapet slettes {until:day}. Inntil da kan det leses, men ikke bokføres i, og slettingen kan angres.',
    'company-deleted': 'Selskapet {company} er slettet. Slettebeviset ligger klart.',
    'deletion-failed':
      'Selskapet skulle vært slettet, men det lot seg ikke gjøre. Det prøves igjen hver natt; meld fra til driften hvis varselet blir stående.',
  },
  exports: {
    archive: 'hele arkivet',
    backup: 'en sikkerhetskopi',
    saft: 'regnskapet som SAF-T',
    journal: 'hele hovedboken som tekst',
  },
  kindNames: {
    'factors-reset': 'Innloggingen er nullstilt av driften',
    'new-device': 'Innlogging fra ny enhet',
    'many-failures': 'Mange mislykkede innlogginger',
    'key-created': 'Ny API-nøkkel',
    'rights-changed': 'Endrede rettigheter',
    'everything-exported': 'Hele regnskapet er eksportert',
    'webhook-created': 'Ny webhook',
    'webhook-disabled': 'Webhook er slått av',
    'period-reopened': 'Periode er åpnet igjen',
    'verification-failed': 'Kontrollen fant feil',
    'verification-not-run': 'Kontrollen ble ikke kjørt',
    'backup-failed': 'Sikkerhetskopi mangler',
    'schedule-not-run': 'Faste bilag ble ikke kjørt',
    'deletion-asked': 'Selskap skal slettes',
    'company-deleted': 'Selskap er slettet',
    'deletion-failed': 'Sletting mislyktes',
  },
}
