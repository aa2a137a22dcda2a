/** An upload as the server tells of it. */
type Upload = { id: string; size: number; partSize: number; parts: number; arrived: number[] }
export type Progress = (sent: number, total: number, resumed: boolean) => void

/** Nothing more gets through for now; what arrived stays, and the same file goes on from there. */
export class LostConnection extends Error {}
/** The server's own answer, where it refuses. */
export class Refused extends Error {
  readonly messages: string[]
  constructor(messages: string[]) {
    super(messages[0])
    this.messages = messages
  }
}

/** How long between the tries of a part, in milliseconds. */
const WAITS_MS = [500, 2_000, 5_000, 15_000]

/**
 * Sends a file part by part and gives the upload's id. A part that gets no answer is sent again; a file whose sending was broken off
 * goes on where it stopped, also after the page was closed.
 * @throws LostConnection, Refused.
 */
export async function sendInParts(file: File, tell: Progress): Promise<string> {
  const remembered = `upload ${file.name} ${file.size} ${file.lastModified}`
  const upload = (await resumed(localStorage.getItem(remembered))) ?? (await begun(file))
  localStorage.setItem(remembered, upload.id)
  const arrived = new Set(upload.arrived)
  const isResumed = arrived.size > 0
  const sizeOf = (part: number) => Math.min(upload.partSize, file.size - (part - 1) * upload.partSize)
  let sent = [...arrived].reduce((sum, part) => sum + sizeOf(part), 0)
  tell(sent, file.size, isResumed)
  for (let part = 1; part <= upload.parts; part++) {
    if (arrived.has(part)) continue
    const from = (part - 1) * upload.partSize
    await patiently(() =>
      call(`/api/v1/uploads/${upload.id}/parts/${part}`, 'PUT', file.slice(from, from + upload.partSize)),
    )
    sent += sizeOf(part)
    tell(sent, file.size, isResumed)
  }
  localStorage.removeItem(remembered)
  return upload.id
}

async function resumed(id: string | null): Promise<Upload | undefined> {
  if (id === null) return undefined
  try {
    return (await patiently(() => call(`/api/v1/uploads/${id}`, 'GET'))) as Upload
  } catch (error) {
    if (error instanceof Refused) return undefined // used, or too old
    throw error
  }
}

const begun = async (file: File): Promise<Upload> =>
  (await patiently(() =>
    call('/api/v1/uploads', 'POST', JSON.stringify({ size: file.size, fileName: file.name }), 'application/json'),
  )) as Upload

async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof LostConnection)) throw error
      await new Promise((done) => setTimeout(done, wait))
    }
  }
  return attempt()
}

/** A call of our own API. @throws LostConnection, Refused. */
export async function call(
  path: string,
  method: string,
  body?: Blob | string,
  type = 'application/octet-stream',
): Promise<unknown> {
  let response: Response
  let text: string
  try {
    response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    })
    text = await response.text()
  } catch {
    throw new LostConnection()
  }
  const answer = parsed(text)
  if (response.ok) return answer
  if (response.status >= 500 && !answer.code) throw new LostConnection()
  throw new Refused([answer.title ?? String(response.status), ...(answer.issues ?? []).map((i) => i.message ?? '')])
}

type Problem = { code?: string; title?: string; issues?: { message?: string }[] }
function parsed(text: string): Problem {
  try {
    return JSON.parse(text) as Problem
  } catch {
    return {}
  }
}
