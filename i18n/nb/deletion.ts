/** Deleting a company, and what remains of it. */
export const deletion = {
  title: 'Slett selskapet',
  link: 'Slett selskapet',
  intro:
    'Slettingen utføres etter {days} dager og kan angres inntil da. Deretter er database, dokumenter og sikkerhetskopier borte for godt. Igjen står et signert slettebevis uten personopplysninger.',
  waits: 'Selskapet slettes {until}. Inntil da kan det leses, men ikke bokføres i.',
  see: 'Se slettingen eller angre',
  takes: 'Det som slettes',
  counts: {
    vouchers: 'Bilag',
    entries: 'Posteringer',
    documents: 'Dokumenter',
    backups: 'Sikkerhetskopier',
  },
  archive: 'Ta med deg alt først',
  archiveNote:
    'Arkivet er én fil med alle tabeller og dokumenter. Den kan leses uten Hovedbok og gjenopprettes som nytt selskap. SAF-T kan i tillegg leses av andre systemer.',
  download: 'Last ned arkivet',
  saft: 'SAF-T og andre eksporter',
  retained:
    'Bokføringsloven krever at regnskapet oppbevares i fem år etter regnskapsårets slutt, for det nyeste til {until}. Noe skal oppbevares lenger, for eksempel byggeprosjekter i ti år.',
  notRetained:
    'Ingen oppbevaringsplikt hindrer det: oppbevaringstiden på fem år er ute, ingenting er bokført, eller dette er et testselskap.',
  ground: 'Hvorfor regnskapet kan slettes her',
  grounds: {
    '': 'Velg grunn',
    'kept-elsewhere': 'Hele arkivet oppbevares et annet sted i oppbevaringstiden',
    'no-bookkeeping': 'Det har aldri vært bokføringsplikt for dette (prøve, dobbelt, ved feil eller ingenting bokført)',
    'retention-over': 'Oppbevaringstiden er ute',
    'never-opened': 'Selskapet ble aldri åpnet (en import eller gjenoppretting som ikke ble ferdig)',
  },
  name: 'Selskapets navn, for å bekrefte',
  submit: 'Slett selskapet',
  undo: 'Angre slettingen',
  asked: 'Sletting bestilt {at}. Selskapet slettes {until}.',
  proof: {
    title: 'Slettebevis',
    waiting: 'Slettingen er ikke utført ennå. Beviset lages når den er det.',
    undone: 'Slettingen ble angret {at}.',
    intro: 'Database, dokumenter, importerte filer og sikkerhetskopier av selskapet er slettet.',
    company: 'Selskap',
    askedAt: 'Sletting bestilt',
    askedBy: 'Bestilt av bruker',
    ground: 'Grunn',
    retentionUntil: 'Oppbevaringsplikt til',
    deletedAt: 'Slettet',
    version: 'Regnskapets versjon',
    head: 'Kjedens siste hash',
    hash: 'Bevisets SHA-256',
    signature: 'Signatur (HMAC-SHA-256)',
    text: 'Teksten som er hashet og signert',
    print:
      'Skriv ut eller lagre denne siden. Hashen kan regnes om av hvem som helst, signaturen kontrolleres av driften.',
    none: 'ingen',
  },
}
