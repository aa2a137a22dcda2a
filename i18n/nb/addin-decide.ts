/** What the pane asks about vouchers that no cell can answer: rows that are gone, and why one books in a locked month. */
export const addinDecide = {
  gone: {
    one: '1 bokført bilag står ikke lenger i arbeidsboken',
    many: '{count} bokførte bilag står ikke lenger i arbeidsboken',
  },
  goneHelp:
    'De står i hovedboken. Er radene ryddet bort, i en annen fil eller limt inn uten de skjulte kolonnene, velg La stå.',
  annul: 'Annuller',
  annulOne: 'Annuller {voucher}',
  letStand: 'La stå',
  letStandOne: 'La {voucher} stå',
  letAllStand: 'La alle stå',
  more: { one: 'og 1 til', many: 'og {count} til' },
  reason: 'Begrunnelse',
  reasonHelp: 'Måneden er låst for andre enn regnskapsfører. Begrunnelsen følger bilaget, og står i revisjonssporet.',
}
