/** A document as the API tells of it; `replayed` when the same bytes were here before. */
export type Kept = { id: string; stamp: number; fileName: string | null; replayed: boolean }
type Answer = Kept & { title?: string; issues?: { message?: string }[] }

/** The whole page takes what is dropped, so that nobody has to aim; `over` shows that it would. */
export function takeDrops(over: HTMLElement, take: (files: readonly File[]) => void): void {
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      over.toggleAttribute('data-over', type === 'dragenter' || type === 'dragover')
      if (type === 'drop') take([...event.dataTransfer.files])
    })
}

/** @throws Error named `Refused`, with the API's words. */
export const sendFile = (url: string, file: File): Promise<Kept> =>
  ask(url, file, { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) })

/** What the API answers. @throws Error named `Refused`, with its words. */
export async function ask(url: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Kept> {
  const language = document.documentElement.lang
  const response = await fetch(url, {
    ...(body !== undefined && { method: 'POST', body }),
    headers: { ...headers, accept: 'application/json', 'accept-language': language },
  })
  const answer = (await response.json()) as Answer
  if (response.ok) return answer
  const refused = new Error(answer.issues?.[0]?.message ?? answer.title ?? String(response.status))
  refused.name = 'Refused'
  throw refused
}

export const wordsOf = (error: unknown, lost: string): string =>
  error instanceof Error && error.name === 'Refused' ? error.message : lost
