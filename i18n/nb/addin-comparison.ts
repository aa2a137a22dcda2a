/** Last year's figures as a sheet in Excel. */
export const addinComparison = {
  sheetName: 'Fjorårstall',
  heading: 'Sammenligningstall fra i fjor {from:month}–{to:month}',
  sheetHead: '{company}. Konti nedover, måneder bortover. Pluss er debet. Ingenting bokføres.',
  empty:
    'Fjorårets tall fra forrige system, konti nedover og måneder bortover. De står ved siden av årets i rapportene, og bokføres ikke.',
  saved: 'Alt er lagret',
  unsaved: 'Ikke lagret ennå',
  month: 'Måned',
  result: 'Resultat',
  balance: 'Balanse',
  sum: 'Sum',
  save: 'Lagre fjorårstallene',
  promise: 'Lagrer du det samme igjen, endres ingenting.',
}
