import { type SaxesOptions, SaxesParser } from 'saxes'
import { Problem } from '#worker/core/problem.ts'
import { DamagedFile } from './byte-chunks.ts'
import type {
  SaftAccount,
  SaftAnalysisType,
  SaftHeader,
  SaftParty,
  SaftTaxCode,
  SaftTotals,
  SaftTransaction,
} from './saft-file.ts'
import { type Node, Reading } from './saft-reading.ts'
import { AUDIT_FILE } from './saft-tree.ts'
import { decoderFor, readablePart } from './xml-decoder.ts'

export const SAFT_NAMESPACE = 'urn:StandardAuditFile-Taxation-Financial:NO'

const DEPTH = 100
const ATTRIBUTES = 50
/** The longest text between two tags, and the longest prolog, in characters. */
const LONGEST = 4_000_000
const LONGEST_PROLOG = 100_000

type Scope = { depth: number; prefixes: ReadonlyMap<string, string>; names: Map<string, string | undefined> }

/**
 * Reads SAF-T as it comes. After each `write`, `transactions` and `parties` hold what was completed since they were last
 * taken; the tables of the file stand in `accounts`, `taxCodes` and `analysisTypes`. Nothing else is kept, so memory does not
 * grow with the file. Element names count with any prefix, in the namespace of SAF-T only.
 * @throws Problem 422 with the line in the file: xml/doctype, xml/malformed, saft/not-saft, saft/no-namespace, saft/version,
 *   saft/currency, saft/incomplete, saft/amount, saft/date, saft/unbalanced-transaction.
 */
export class SaftReader {
  private readonly parser = new SaxesParser({ xmlns: false } as SaxesOptions)
  private readonly reading: Reading
  private readonly stack: Node[] = []
  private readonly scopes: Scope[] = []
  private skipped = 0
  private depth = 0
  private text = ''
  private attributes = 0
  private declared: Map<string, string> | undefined
  private prolog: string | undefined = ''
  private sinceTag = 0

  constructor() {
    this.reading = new Reading(() => this.parser.line)
    this.parser.on('error', () => this.refuse('xml/malformed'))
    this.parser.on('doctype', () => this.refuse('xml/doctype'))
    this.parser.on('attribute', ({ name, value }) => this.attribute(name, value as string))
    this.parser.on('opentag', ({ name }) => this.open(name))
    this.parser.on('closetag', () => this.close())
    this.parser.on('text', (text) => this.addText(text))
    this.parser.on('cdata', (text) => this.addText(text))
  }

  /** Undefined until the header has been read. */
  get header(): SaftHeader | undefined {
    return this.reading.header
  }
  /** All master data has been read. */
  get mastersEnded(): boolean {
    return this.reading.mastersEnded
  }
  get accounts(): ReadonlyMap<string, SaftAccount> {
    return this.reading.accounts
  }
  get taxCodes(): ReadonlyMap<string, SaftTaxCode> {
    return this.reading.taxCodes
  }
  get analysisTypes(): ReadonlyMap<string, SaftAnalysisType> {
    return this.reading.analysisTypes
  }
  get totals(): SaftTotals {
    return this.reading.totals
  }
  get line(): number {
    return this.parser.line
  }

  takeTransactions(): SaftTransaction[] {
    const taken = this.reading.transactions
    this.reading.transactions = []
    return taken
  }

  takeParties(): SaftParty[] {
    const taken = this.reading.parties
    this.reading.parties = []
    return taken
  }

  write(text: string) {
    const ready = this.prolog === undefined ? text : this.afterProlog(text)
    if (ready === undefined) return
    this.sinceTag += ready.length
    this.parser.write(ready)
    if (this.sinceTag > LONGEST) this.refuse('xml/malformed', { reason: 'too-long' })
  }

  /** The file is at its end. */
  end() {
    if (this.prolog !== undefined) this.parser.write(this.prolog)
    this.parser.close()
    if (!this.reading.header) this.refuse('saft/incomplete', { field: 'Header' })
    this.reading.mastersEnded = true
  }

  /** A DOCTYPE is refused before the parser sees any of it, so nothing it holds is ever read. */
  private afterProlog(text: string): string | undefined {
    const prolog = this.prolog + text
    const at = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|\ufeff)*/.exec(prolog)![0].length
    const next = prolog.slice(at, at + 9)
    if (/^<!d/i.test(next)) this.refuse('xml/doctype', { line: prolog.slice(0, at).split('\n').length })
    const undecided = next.length < 3 || next.startsWith('<?') || next.startsWith('<!--')
    if (undecided && prolog.length < LONGEST_PROLOG) {
      this.prolog = prolog
      return undefined
    }
    if (undecided) this.refuse('xml/malformed')
    this.prolog = undefined
    return prolog
  }

  private attribute(name: string, value: string) {
    if (++this.attributes > ATTRIBUTES) this.refuse('xml/malformed', { reason: 'attributes' })
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) return
    this.declared ??= new Map()
    this.declared.set(name.slice(6), value)
  }

  private open(name: string) {
    this.sinceTag = 0
    this.attributes = 0
    if (++this.depth > DEPTH) this.refuse('xml/malformed', { reason: 'depth' })
    if (this.declared) this.enterScope(this.declared)
    if (this.skipped > 0) {
      this.skipped++
      return
    }
    const scope = this.scopes.at(-1)
    let local = scope?.names.get(name)
    if (local === undefined) local = this.resolve(name, scope)
    const parent = this.stack.at(-1)
    const node = parent ? parent.children.get(local) : this.root(name, local)
    if (!node) {
      this.skipped = 1
      return
    }
    this.stack.push(node)
    this.text = ''
    node.open?.(this.reading)
  }

  private close() {
    this.sinceTag = 0
    if (this.scopes.length > 0 && this.scopes.at(-1)!.depth === this.depth) this.scopes.pop()
    this.depth--
    if (this.skipped > 0) {
      this.skipped--
      return
    }
    const node = this.stack.pop()!
    if (node.set) node.set(this.reading, this.text.trim())
    node.close?.(this.reading)
  }

  private addText(text: string) {
    if (this.skipped === 0 && this.stack.at(-1)?.set) this.text += text
  }

  private enterScope(declared: ReadonlyMap<string, string>) {
    const outer = this.scopes.at(-1)?.prefixes ?? []
    this.scopes.push({ depth: this.depth, prefixes: new Map([...outer, ...declared]), names: new Map() })
    this.declared = undefined
  }

  /** The name without prefix for an element of SAF-T; '' for one of another namespace, which is skipped. */
  private resolve(name: string, scope: Scope | undefined): string {
    const colon = name.indexOf(':')
    const uri = scope?.prefixes.get(colon < 0 ? '' : name.slice(0, colon)) ?? ''
    if (uri === '' && this.stack.length > 0) this.refuse(colon < 0 ? 'saft/no-namespace' : 'xml/malformed')
    const local = uri === SAFT_NAMESPACE ? name.slice(colon + 1) : ''
    scope?.names.set(name, local)
    return local
  }

  private root(name: string, local: string): Node {
    if (local === 'AuditFile') return AUDIT_FILE
    const looksLike = name.slice(name.indexOf(':') + 1) === 'AuditFile'
    return this.refuse(looksLike && local === '' ? 'saft/no-namespace' : 'saft/not-saft')
  }

  private refuse(code: string, params: Record<string, string | number> = {}): never {
    throw new Problem(422, code, { params: { line: this.parser.line, ...params } })
  }
}

/**
 * Reads a whole file, calling `each` after every piece of it and once at its end, so that the caller can take what was
 * completed. One asynchronous step a piece, none an element.
 * @throws Problem as SaftReader; 422 xml/encoding; xml/malformed also for bytes that are not of the file's encoding.
 */
export async function readSaft(
  bytes: AsyncIterable<Uint8Array>,
  each: (reader: SaftReader) => void | Promise<void>,
): Promise<SaftReader> {
  const reader = new SaftReader()
  let decode: ReturnType<typeof decoderFor> | undefined
  const text = (chunk: Uint8Array | undefined): string => {
    try {
      return decode!(chunk)
    } catch {
      if (chunk) reader.write(readablePart(chunk))
      throw new Problem(422, 'xml/malformed', { params: { line: reader.line } })
    }
  }
  try {
    for await (const chunk of bytes) {
      decode ??= decoderFor(chunk)
      reader.write(text(chunk))
      await each(reader)
    }
  } catch (error) {
    if (error instanceof DamagedFile) throw new Problem(422, 'xml/malformed', { params: { line: reader.line } })
    throw error
  }
  if (decode) reader.write(text(undefined))
  reader.end()
  await each(reader)
  return reader
}
