/** What the manifests say, and the names of commands. */
export const addinCommands = {
  ribbon: {
    group: 'Hovedbok',
    description: 'Før bilag og hent tall fra hovedboken uten å forlate arket.',
    getStarted: 'Hovedbok er klar',
    getStartedHelp: 'Åpne panelet fra fanen Hjem.',
  },
  /** Commands on the ribbon, in the menu of a cell and by keys: the name and what it does. */
  commands: {
    openPane: ['Åpne panel', 'Bilag, rapport og sjekk i et panel ved siden av arket.'],
    newVoucher: ['Nytt bilag', 'Gjør klart for et bilag under det siste, med samme bilagsart og dato.'],
    chooseInCell: ['Sett inn konto …', 'Finner konto, kunde, mva-kode eller dimensjon til cellen i panelet.'],
    checkVouchers: ['Kontroller bilag', 'Prøver bilagene i arket uten å bokføre noe.'],
    postVouchers: ['Bokfør bilag', 'Bokfører bilagene som er klare. Trykker du igjen, bokføres ingenting dobbelt.'],
    refreshFigures: ['Oppdater tall', 'Henter alle tall i arbeidsboken på nytt, fra samme hovedbokversjon.'],
    nextIssue: ['Neste feil', 'Går til neste celle som må rettes, og sier hva som er galt.'],
    switchLanguage: ['Bytt språk', 'Bytter mellom norsk og engelsk i panelet.'],
    showVoucher: ['Vis bilaget', 'Viser bilaget som raden eller tallet kommer fra.'],
    drillDown: ['Vis posteringer', 'Viser posteringene bak tallet i cellen.'],
  },
}
