type Props = Record<string, string | number | boolean | undefined | ((event: any) => void)>

/** An element with its attributes, listeners and children: `h('p', { class: 'hb-quiet' }, 'text')`. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: (Node | string | false | undefined)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== false && child !== undefined))
  return element
}

const SHAPES = {
  error: 'M13.7 8A5.7 5.7 0 1 1 2.3 8a5.7 5.7 0 0 1 11.4 0ZM8 5v3.6M8 10.9v.2',
  warning: 'M8 2.5 14.2 13H1.8ZM8 6.5v3M8 11.3v.2',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  clock: 'M13.7 8A5.7 5.7 0 1 1 2.3 8a5.7 5.7 0 0 1 11.4 0ZM8 4.8V8l2.2 1.6',
}

export function icon(name: keyof typeof SHAPES): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'hb-icon')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', SHAPES[name])
  svg.append(path)
  return svg
}

/** Keys as caps. */
export const caps = (keys: string): HTMLElement[] => keys.split(' ').map((key) => h('kbd', {}, key))

/** The element with that id. A page of ours without it is a fault of ours. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id)
  if (!element) throw new Error(`#${id} is not on the page`)
  return element as T
}
