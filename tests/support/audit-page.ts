// What a page must be for everybody, measured in the browser: WCAG 2.2 AA as axe knows it, reachable by a thumb, and no wider than
// its window.
import axe from 'axe-core'
import type { Page } from 'playwright-core'

export interface Audit {
  /** Pixels the page is wider than its window. */
  overflow: number
  /** What axe finds against WCAG 2.2 A and AA: the rule, and where. */
  wrong: string[]
  /** Controls smaller than 44 px, but for links within a text. Asked for only where one points with a finger. */
  small: string[]
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export async function auditPage(page: Page, { touch }: { touch: boolean }): Promise<Audit> {
  // By the browser's own tools, so the page's policy for scripts does not count.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(async (values) => {
    // What happens to lie under the status line can be scrolled clear of it, and is no smaller for that.
    const bottom = document.querySelector<HTMLElement>('.hb-bottom')
    if (bottom) bottom.style.position = 'static'
    const found = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    })
    if (bottom) bottom.style.position = ''
    return found
  }, TAGS)
  const wrong = violations.flatMap(({ id, nodes }) =>
    nodes
      .filter((node) => !isGridsOwn(id, node.html) && !isWholeRow(id, node.html))
      .map(({ html, any }) => {
        const { contrastRatio } = (any[0]?.data ?? {}) as { contrastRatio?: number }
        return `${id}${contrastRatio === undefined ? '' : ` ${contrastRatio}`}: ${html.slice(0, 160)}`
      }),
  )
  return { ...(await measured(page, touch)), wrong }
}

/** Handsontable's outermost element says that it is a grid and holds its overlays, not rows. */
const isGridsOwn = (rule: string, html: string): boolean =>
  rule === 'aria-required-children' && html.includes('ht-wrapper handsonta')

/** A row's link is as large as its row; axe sees the words of it that nothing lies over. */
const isWholeRow = (rule: string, html: string): boolean => rule === 'target-size' && html.includes('hb-row-link')

/** Width and size alone: what else is wrong does not depend on the window. */
export const measured = (page: Page, touch: boolean): Promise<Omit<Audit, 'wrong'>> =>
  page.evaluate((touch) => {
    const shown = (element: Element) =>
      (element as HTMLElement).checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('[aria-hidden="true"], .hb-spoken, .ds-skip-link, .ds-sr-only')
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.split(' ')[0]}` : ''} “${(element.textContent || element.getAttribute('name') || '').trim().slice(0, 30)}”`
    const targetOf = (element: HTMLElement) =>
      element.matches('.hb-row-link') ? (element.closest('tr') ?? element) : (element.closest('label') ?? element)
    const inText = (element: HTMLElement) =>
      getComputedStyle(element).display === 'inline' &&
      [...(element.parentElement?.childNodes ?? [])].some((n) => n !== element && n.textContent!.trim())
    const controls = touch
      ? document.querySelectorAll<HTMLElement>('a[href], button, input:not([type="hidden"]), select, textarea, summary')
      : []
    const small = [...controls]
      .filter((element) => shown(element) && !inText(element))
      .flatMap((element) => {
        const { width, height } = targetOf(element).getBoundingClientRect()
        const isSmall = width > 0 && (height < 43.5 || width < 43.5)
        return isSmall ? [`${nameOf(element)} ${width.toFixed(0)} × ${height.toFixed(0)}`] : []
      })
    const { scrollWidth, clientWidth } = document.documentElement
    return { overflow: Math.max(0, scrollWidth - clientWidth), small }
  }, touch)
