// Days and months as people write them, in Norwegian and English, whatever language the page is in.

/** Days by name, counted from today. */
export const dayWords = {
  'i dag': 0,
  idag: 0,
  d: 0,
  today: 0,
  'i går': -1,
  igår: -1,
  'i gaar': -1,
  yesterday: -1,
  'i forgårs': -2,
  'i morgen': 1,
  imorgen: 1,
  tomorrow: 1,
} as Record<string, number | undefined>

export const monthWords = [
  ['januar', 'january'],
  ['februar', 'february'],
  ['mars', 'march', 'mrs'],
  ['april'],
  ['mai', 'may'],
  ['juni', 'june'],
  ['juli', 'july'],
  ['august'],
  ['september'],
  ['oktober', 'october'],
  ['november'],
  ['desember', 'december'],
]
