/// <reference types="office-js" />
import type { BlockKind } from '../audit/block-columns.ts'
import type { BlockQuery } from '../audit/block-report.ts'
import type { Lock } from '../audit/journal-tests.ts'
import type { AuditDays } from '../audit/recompute-chain.ts'
import type { Method } from '../audit/sample.ts'
import './check-texts.ts'
import type { PaneHands } from './pane-hands.ts'
import type { Verified } from './pane-state.ts'
import { paneTexts } from './pane-texts.ts'

/** Read when first needed: most who open the pane audit nothing. */
const parts = () => import('../audit/audit-parts.ts')

/** Reports pulled into sheets, and books and sheets proven. */
export class AuditModel {
  readonly #hands: PaneHands
  constructor(hands: PaneHands) {
    this.#hands = hands
  }

  /** Has the server check itself, computes the books here without its word, and holds every pulled block against them. */
  async verify(): Promise<void> {
    const { run, set, state } = this.#hands
    await this.#hands.withDesk('verify', async ({ api, binding: { company } }, signal) => {
      const { auditBooks } = await parts()
      const onProgress = (done: number, of: number) => set({ busy: { what: 'verify', progress: { done, of } } })
      const partly = state().company?.audit != null
      const audit = await auditBooks({ run, api, company }, state().audit, { partly, onProgress, signal })
      if (signal.aborted) return
      set({ audit, sampled: undefined })
      const verified = await api.get<Verified>(company, 'verify', { full: 'true', language: state().locale })
      set({ verified })
    })
  }

  /** What the last check found, as a sheet or as a PDF for the auditor's file. */
  async report(as: 'sheet' | 'pdf'): Promise<void> {
    const { run, set, state, now, saveFile } = this.#hands
    await this.#hands.withDesk('report', async () => {
      const { auditPdf, writeAudit } = await parts()
      const { audit, verified, company, locale, user } = state()
      if (!audit || !company) return
      const audited = {
        audit,
        verified,
        company,
        user,
        locale,
        at: new Date(now()).toISOString(),
        t: paneTexts(locale),
      }
      if (as === 'sheet') await run((context) => writeAudit(context, audited))
      else saveFile(`${audited.t.check.reportTitle} ${company.name}.pdf`, await auditPdf(audited), 'application/pdf')
      set({ notice: { level: 'done', key: as === 'sheet' ? 'auditWritten' : 'auditSaved' } })
    })
  }

  /** Pulls reports, each into a sheet of its own; without kinds all that an auditor asks for. All from one version. */
  async pull(query: BlockQuery, wanted?: readonly BlockKind[]): Promise<void> {
    const { run, set, state, now } = this.#hands
    await this.#hands.withDesk('pull', async ({ api, binding: { company } }, signal) => {
      const { BLOCK_KINDS, drawBlock, pullBlock } = await parts()
      // A budget nobody has made is no part of the pack.
      const kinds = wanted ?? BLOCK_KINDS.filter((kind) => kind !== 'budget-variance')
      const { locale } = state()
      let rows = 0
      let atVersion: number | undefined
      for (const [done, kind] of kinds.entries()) {
        if (signal.aborted) break
        if (kinds.length > 1) set({ busy: { what: 'pull', progress: { done, of: kinds.length } } })
        const drawn = await drawBlock({ api, company, locale, kind, query }, atVersion)
        atVersion ??= drawn.atVersion
        rows += drawn.cells.length
        const at = new Date(now()).toISOString()
        await run((context) => pullBlock(context, drawn, { kind, locale, query, now: at }))
      }
      set({
        notice: { level: 'done', key: kinds.length > 1 ? 'packed' : 'pulled', params: { rows, reports: kinds.length } },
      })
    })
  }

  /** The ledger's figures back in the cells of a block that were written over. */
  async putBack(table: string): Promise<void> {
    const { run, set, state } = this.#hands
    await this.#hands.withDesk('putBack', async ({ api, binding: { company } }) => {
      const { putBack, checkBlock } = await parts()
      const { audit } = state()
      const block = audit?.blocks.find(({ seal }) => seal.table === table)
      if (!audit || !block) return
      const { seal } = block
      // What stands there now is what is put right: rows may have been moved since they were checked.
      await run(async (context) => putBack(context, await checkBlock(context, api, company, seal)))
      const again = await run((context) => checkBlock(context, api, company, seal))
      set({
        audit: { ...audit, blocks: audit.blocks.map((b) => (b === block ? { ...again, inChain: b.inChain } : b)) },
      })
    })
  }

  /** Draws vouchers for the auditor to look into, of those that were just computed. */
  async sample(method: Method, count: number, seed: number, days?: AuditDays): Promise<void> {
    const { run, set, state } = this.#hands
    await this.#hands.withDesk('sample', async () => {
      const { drawSample, within, writeSample } = await parts()
      const { audit, locale } = state()
      if (!audit) return
      const wish = { method, count, seed }
      const found = within(audit.found, days)
      const drawn = drawSample(found.list, wish)
      const sheet = await run((context) => writeSample(context, found, drawn, wish, locale))
      set({ sampled: { ...wish, count: drawn.length, sheet, vouchers: drawn } })
    })
  }

  /** The documents of the vouchers drawn, as one archive with a list. */
  async documents(): Promise<void> {
    const { set, state, saveFile } = this.#hands
    await this.#hands.withDesk('documents', async ({ api, binding: { company } }, signal) => {
      const { documentZip } = await parts()
      const { sampled, locale } = state()
      if (!sampled) return
      const onProgress = (done: number, of: number) => set({ busy: { what: 'documents', progress: { done, of } } })
      const { bytes, listed, without } = await documentZip(api, company, sampled.vouchers, locale, onProgress, signal)
      if (signal.aborted) return
      saveFile(`${sampled.sheet}.zip`, bytes, 'application/zip')
      const wrong = listed.filter(({ agrees }) => !agrees).length
      set({
        notice: {
          level: wrong > 0 ? 'error' : 'done',
          key: wrong > 0 ? 'documentsWrong' : 'documents',
          params: { files: listed.length, without, wrong },
        },
      })
    })
  }

  /** Looks for vouchers that auditors ask about. */
  async journalTests(days?: AuditDays): Promise<void> {
    const { run, set, state } = this.#hands
    await this.#hands.withDesk('sample', async ({ api, binding: { company } }) => {
      const { journalTests, within, writeDigits, writeFindings } = await parts()
      const { audit, locale } = state()
      if (!audit) return
      const { locks } = await api.get<{ locks: Lock[] }>(company, 'locks')
      const found = within(audit.found, days)
      const findings = journalTests(found.list, locks)
      await run((context) => writeDigits(context, found, locale))
      if (findings.length > 0) await run((context) => writeFindings(context, found, findings, locale))
      set({ notice: { level: 'done', key: 'journalTests', params: { findings: findings.length } } })
    })
  }
}
