// What a page must be for everybody, measured in the browser: readable, named, reachable by a thumb, and no wider than its window.
import type { Page } from 'playwright-core'

export interface Audit {
  /** Pixels the page is wider than its window. */
  overflow: number
  /** Texts with too little contrast: 4.5, or 3 for large ones. */
  faint: string[]
  /** Controls and images without a name. */
  unnamed: string[]
  /** Controls smaller than 44 px, but for links within a text. Asked for only where one points with a finger. */
  small: string[]
}

export const auditPage = (page: Page, { touch }: { touch: boolean }): Promise<Audit> =>
  page.evaluate((touch) => {
    const shown = (element: Element) =>
      (element as HTMLElement).checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('[aria-hidden="true"], .hb-spoken, .ds-skip-link, .ds-sr-only')
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.split(' ')[0]}` : ''} “${(element.textContent || element.getAttribute('name') || '').trim().slice(0, 30)}”`

    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
    const seen = new Map<string, [number, number, number, number]>()
    const rgba = (colour: string) => {
      if (!seen.has(colour)) {
        context.clearRect(0, 0, 1, 1)
        context.fillStyle = colour
        context.fillRect(0, 0, 1, 1)
        const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data
        seen.set(colour, [r!, g!, b!, a! / 255])
      }
      return seen.get(colour)!
    }
    const luminance = ([r, g, b]: readonly number[]) => {
      const [x, y, z] = [r!, g!, b!].map((v) =>
        v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * x! + 0.7152 * y! + 0.0722 * z!
    }
    const groundOf = (element: Element): readonly number[] | undefined => {
      for (let e: Element | null = element; e; e = e.parentElement) {
        const style = getComputedStyle(e)
        if (style.backgroundImage !== 'none' && !e.matches('.hb-top')) return undefined
        const ground = rgba(style.backgroundColor)
        if (ground[3] > 0.99) return ground
      }
      return [255, 255, 255]
    }
    const faint = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!
      if (!node.textContent!.trim() || !shown(element) || element.closest('[aria-disabled="true"], :disabled, option'))
        continue
      const style = getComputedStyle(element)
      const ground = groundOf(element)
      if (!ground) continue
      const [a, b] = [luminance(rgba(style.color)), luminance(ground)].sort((x, y) => y - x)
      const ratio = (a! + 0.05) / (b! + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      if (ratio < (large ? 3 : 4.5)) faint.add(`${nameOf(element)} ${ratio.toFixed(2)}`)
    }

    const controls = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input:not([type="hidden"]), select, textarea, summary',
      ),
    ].filter(shown)
    const named = (element: HTMLElement) =>
      Boolean(
        element.getAttribute('aria-label') ||
          element.getAttribute('aria-labelledby') ||
          (element as HTMLInputElement).labels?.length ||
          element.textContent?.trim() ||
          element.querySelector('[aria-label]') ||
          (element as HTMLInputElement).type === 'submit',
      )
    const unnamed = [
      ...controls.filter((element) => !named(element)),
      ...[...document.querySelectorAll('img:not([alt]), dialog:not([aria-label], [aria-labelledby])')],
    ].map(nameOf)

    const targetOf = (element: HTMLElement) =>
      element.matches('.hb-row-link') ? (element.closest('tr') ?? element) : (element.closest('label') ?? element)
    const inText = (element: HTMLElement) =>
      getComputedStyle(element).display === 'inline' &&
      [...(element.parentElement?.childNodes ?? [])].some((n) => n !== element && n.textContent!.trim())
    const small = touch
      ? controls
          .filter((element) => !inText(element))
          .filter((element) => {
            const { width, height } = targetOf(element).getBoundingClientRect()
            return width > 0 && (height < 43.5 || width < 43.5)
          })
          .map((element) => {
            const { width, height } = targetOf(element).getBoundingClientRect()
            return `${nameOf(element)} ${width.toFixed(0)} × ${height.toFixed(0)}`
          })
      : []
    const { scrollWidth, clientWidth } = document.documentElement
    return { overflow: Math.max(0, scrollWidth - clientWidth), faint: [...faint], unnamed, small }
  }, touch)
