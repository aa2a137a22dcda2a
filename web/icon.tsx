/** 16 px, strokes of 1.6. Stands beside a word; alone only as lock, warning, error and check, then with a label. */
const SHAPES = {
  check: 'm3 8.5 3.2 3.2L13 4.8',
  lock: 'M3.5 7h9v6.5h-9ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  unlock: 'M3.5 7h9v6.5h-9ZM5.5 7V5a2.5 2.5 0 0 1 4.8-1',
  warning: 'M8 2.5 14.2 13H1.8ZM8 6.5v3M8 11.3v.2',
  error: 'M13.7 8A5.7 5.7 0 1 1 2.3 8a5.7 5.7 0 0 1 11.4 0ZM8 5v3.6M8 10.9v.2',
  clock: 'M13.7 8A5.7 5.7 0 1 1 2.3 8a5.7 5.7 0 0 1 11.4 0ZM8 4.8V8l2.2 1.6',
  down: 'm4 6 4 4 4-4',
  right: 'm6 4 4 4-4 4',
  back: 'M6 3 2.8 6.2 6 9.4M3 6.2h6.5a3.5 3.5 0 0 1 0 7H6',
  link: 'M6.5 9.5l3-3M7 4.6l1.3-1.3a3 3 0 0 1 4.3 4.3L11.3 9M9 11.4l-1.3 1.3a3 3 0 0 1-4.3-4.3L4.7 7',
  search: 'M11.2 7A4.2 4.2 0 1 1 2.8 7a4.2 4.2 0 0 1 8.4 0ZM10.2 10.2l3.3 3.3',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  plus: 'M8 3v10M3 8h10',
  print: 'M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7Z',
  file: 'M4 2.5h5l3 3v8H4ZM9 2.5v3h3',
  bell: 'M3 12h10l-1.2-1.8V7.2a3.8 3.8 0 0 0-7.6 0v3ZM6.6 13.6a1.5 1.5 0 0 0 2.8 0',
  key: 'M7.7 8A2.7 2.7 0 1 1 2.3 8a2.7 2.7 0 0 1 5.4 0ZM7.7 8H14v2.2M11.5 8v1.7',
} as const
export type IconName = keyof typeof SHAPES

/** Without a label the icon is decoration and hidden from those who listen. */
export const Icon = ({ name, label }: { name: IconName; label?: string }) => (
  <svg class="hb-icon" viewBox="0 0 16 16" role="img" aria-label={label} aria-hidden={label === undefined}>
    <path d={SHAPES[name]} />
  </svg>
)
