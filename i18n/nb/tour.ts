/** The short tour of the demo company. */
export const tour = {
  title: 'Omvisning',
  step: '{n} av {of}',
  next: 'Neste',
  done: 'Ferdig',
  close: 'Lukk omvisningen',
  again: 'Ta omvisningen',
  steps: [
    {
      title: 'Velkommen til Lofthus Snekkeri',
      text: 'Et øvelsesselskap med to års bilag. Prøv alt; ingenting her er ekte. Hvert tall på denne siden fører til rapporten bak.',
    },
    {
      title: 'Slik føres et bilag',
      text: 'Alt går med tastaturet: Enter går videre, Ctrl Enter tar resten, Ctrl B bokfører. Du kan lime inn fra Excel slik listen er. F1 forklarer kolonnen du står i.',
    },
    {
      title: 'Fra tall til dokument',
      text: 'Trykk på et tall for posteringene, på et bilag for dokumentet. To streker under summen betyr at kontrollene holder.',
    },
    {
      title: 'Alt er to taster unna',
      text: 'Ctrl K finner sider, bilag, beløp, kunder, leverandører og klienter. G og en bokstav går rett til en side. ? viser alle taster.',
    },
  ],
}
