import { demoBudget, demoSeason } from '#db/seed/demo/budget.ts'
import { changeBudget } from '#worker/budgets/change-budget.ts'
import { createBudget } from '#worker/budgets/create-budget.ts'
import { importCopy } from '#worker/budgets/import-copy.ts'
import { importRows } from '#worker/budgets/import-rows.ts'
import { saveSeason } from '#worker/budgets/save-season.ts'
import type { Acting } from '#worker/http/acting.ts'

/** Gives the demo company this year's budget, approved, and a draft made from it of what autumn could bring. */
export async function keepDemoBudget(acting: Acting, year: number): Promise<void> {
  const { key, ...season } = demoSeason
  await saveSeason(acting, key, { name: season.name, weights: [...season.weights] })
  const plan = await createBudget(acting, { year, name: `Budsjett ${year}`, note: 'Vedtatt av styret i desember' })
  const how = { missing: 'keep', dryRun: false } as const
  const toNobody = { ...acting, tellLive: async () => {} }
  await importRows(toNobody, plan.id, { rows: [...demoBudget], sign: 'natural', ...how })
  await changeBudget(acting, plan.id, { state: 'approved' }, undefined, false)
  const later = { year, name: 'Prognose høst', note: `Budsjett ${year} med fem prosent mer` }
  const forecast = await createBudget(acting, later)
  await importCopy(toNobody, forecast.id, { from: { budget: plan.id }, change: 500, ...how })
}
