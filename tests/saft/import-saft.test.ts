import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'

const app = testApp()
const examples = '../shared/standards/saft/examples'

test('x', async () => {
  for (const f of ['synthetic_v1.30_small.xml','converted_v1.30_minimal.xml','official_v1.10_minimal_999999999.xml','official_v1.30_xmlspy_sample_not_namespaced.xml']) {
  const r = await app.call('/api/v1/imports/saft', { raw: readFileSync(`${examples}/${f}`) as never, headers: {'x-file-name': f} })
  console.log(f, r.status, JSON.stringify({...r.json, proof: undefined}, null, 1).slice(0, 6000))
  if (r.json.proof) console.log(JSON.stringify(r.json.proof.accounts.filter((a:any)=>a.difference)), JSON.stringify(r.json.proof.vat))
  }
})
