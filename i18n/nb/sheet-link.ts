/** How a sheet that is filled in stands to what is saved: opening balance, movements and budget. */
export const sheetLink = {
  saving: 'Lagrer …',
  saved: 'Lagret {time}',
  lost: 'Uten nett. Det du skriver, ligger på denne maskinen og lagres når nettet er tilbake.',
  lostHere: 'Ikke lagret. Prøver igjen. La siden stå åpen.',
  signedOut: 'Du er logget ut. Det du skriver, ligger på denne maskinen. Logg inn i en annen fane, så lagres det.',
  signedOutHere: 'Du er logget ut. Logg inn i en annen fane, så lagres det som står her.',
  refused: 'Ikke lagret: {reason} Det ligger på denne maskinen, og prøves igjen når du retter.',
  refusedHere: 'Ikke lagret: {reason} Rett det, så lagres det.',
  unread: {
    one: '1 rute kan ikke leses og ligger bare på denne maskinen.',
    many: '{count} ruter kan ikke leses og ligger bare på denne maskinen.',
  },
  unreadHere: {
    one: '1 rute kan ikke leses og er ikke lagret.',
    many: '{count} ruter kan ikke leses og er ikke lagret.',
  },
  restored: 'Det du skrev {time} uten at det ble lagret, er hentet fra denne maskinen.',
  taken: '{name} har lagret i samme liste. Det er tatt inn her.',
  clash: 'Noen andre skrev «{theirs}» her samtidig. Ditt står.',
  clashEmpty: 'Noen andre tømte ruten samtidig. Ditt står.',
}
