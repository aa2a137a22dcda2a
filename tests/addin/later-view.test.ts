import { expect, test, vi } from 'vitest'
import { paneTexts, readTexts } from '#addin/pane/pane-texts.ts'
import { later, type View, type ViewProps } from '#addin/pane/parts.tsx'

type Node = { tag: string | ((props: object) => Node); props: { children?: unknown; onClick?: () => void } }
/** Every element that a view comes to, its components called. */
function elementsOf(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(elementsOf)
  if (!node || typeof node !== 'object') return []
  const { tag, props } = node as Node
  if (typeof tag === 'function') return elementsOf(tag(props))
  return [node as Node, ...elementsOf(props.children)]
}
const wordsOf = (node: Node) => [node.props.children].flat().filter((child) => typeof child === 'string')

test('a part of the pane that the network did not give says so, and comes when it is asked for again', async () => {
  await readTexts('nb')
  const t = paneTexts('nb')
  let redrawn = 0
  const props = { model: { redraw: () => redrawn++ }, t } as unknown as ViewProps
  const Shown = (() => ({ tag: 'h1', props: { children: 'Rapport' } })) as unknown as View
  const read = vi
    .fn<() => Promise<View>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValue(Shown)
  const Part = later(read)
  const shown = () => elementsOf(Part(props))
  expect(shown().map(({ tag }) => tag)).toEqual(['main'])
  await vi.waitFor(() => expect(redrawn).toBe(1))
  const lost = shown()
  expect(lost.map(({ tag }) => tag)).toEqual(['main', 'div', 'p', 'button'])
  expect(lost.flatMap(wordsOf)).toEqual([t.notices.unread, 'Prøv igjen'])
  expect(read).toHaveBeenCalledTimes(1)
  lost.at(-1)!.props.onClick!()
  expect(shown().map(({ tag }) => tag)).toEqual(['main'])
  await vi.waitFor(() => expect(redrawn).toBe(3))
  expect(shown().flatMap(wordsOf)).toEqual(['Rapport'])
})

test('a smaller part that was not given tells so in its place', async () => {
  await readTexts('en')
  const props = { model: { redraw: () => {} }, t: paneTexts('en') } as unknown as ViewProps
  const Part = later(
    () => Promise.reject(new TypeError('Importing a module script failed.')),
    () => null,
  )
  elementsOf(Part(props))
  await vi.waitFor(() => expect(elementsOf(Part(props))[0]).toMatchObject({ tag: 'div', props: { role: 'alert' } }))
})
