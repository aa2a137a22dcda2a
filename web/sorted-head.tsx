type Props = {
  label: string
  /** What the address calls the column, and how it is sorted when it is asked for first. */
  name: string
  first?: 'up' | 'down'
  /** How the list is sorted now: a name, with `-` before it the other way round. */
  order: string | undefined
  href: (order: string) => string
  num?: boolean
}

/** The head of a column that the list can be sorted by: a press sorts by it, another turns it round. */
export function SortedHead({ label, name, first = 'up', order, href, num }: Props) {
  const isUp = order === name
  const isDown = order === `-${name}`
  const next = isUp || (!isDown && first === 'down') ? `-${name}` : name
  return (
    <th class={num ? 'hb-num' : undefined} aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}>
      <a class="hb-sort" href={href(next)}>
        {label}
        {(isUp || isDown) && <span aria-hidden="true"> {isUp ? '\u2191' : '\u2193'}</span>}
      </a>
    </th>
  )
}
