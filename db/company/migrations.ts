import ledger from './migrations/0001_ledger.sql'
import postedIsFinal from './migrations/0002_posted_is_final.sql'
import openItems from './migrations/0003_open_items.sql'
import bounds from './migrations/0004_bounds.sql'
import voucherTypeRules from './migrations/0005_voucher_type_rules.sql'
import vatTerm from './migrations/0006_vat_term.sql'
import budgets from './migrations/0007_budgets.sql'
import voucherDrafts from './migrations/0008_voucher_drafts.sql'
import currency from './migrations/0009_currency.sql'
import reports from './migrations/0010_reports.sql'
import schedules from './migrations/0011_schedules.sql'
import documents from './migrations/0012_documents.sql'
import scopeLock from './migrations/0013_scope_lock.sql'
import templates from './migrations/0014_templates.sql'
import screenLayouts from './migrations/0015_screen_layouts.sql'
import companyProfile from './migrations/0016_company_profile.sql'
import voucherSearch from './migrations/0017_voucher_search.sql'
import voucherDated from './migrations/0018_voucher_dated.sql'
import openingBalance from './migrations/0019_opening_balance.sql'
import accountMerge from './migrations/0020_account_merge.sql'
import auditLog from './migrations/0021_audit_log.sql'
import sheetImport from './migrations/0022_sheet_import.sql'
import voucherMonth from './migrations/0023_voucher_month.sql'
import takeover from './migrations/0024_takeover.sql'
import limits from './migrations/0025_limits.sql'
import sheetLease from './migrations/0026_sheet_lease.sql'
import oldLedger from './migrations/0027_old_ledger.sql'
import saftSwitch from './migrations/0028_saft_switch.sql'
import bankAccountChange from './migrations/0029_bank_account_change.sql'
import takeoverHolds from './migrations/0030_takeover_holds.sql'
import vatTermMove from './migrations/0031_vat_term_move.sql'
import comparison from './migrations/0032_comparison.sql'
import saftTakeover from './migrations/0033_saft_takeover.sql'
import partyNote from './migrations/0034_party_note.sql'
import saftAgreed from './migrations/0035_saft_agreed.sql'
import takeoverHoldsStill from './migrations/0036_takeover_holds_still.sql'
import controlList from './migrations/0037_control_list.sql'
import saftUndone from './migrations/0038_saft_undone.sql'
import takeoverStands from './migrations/0039_takeover_stands.sql'
import voucherListed from './migrations/0040_voucher_listed.sql'
import partyName from './migrations/0041_party_name.sql'

/** Migrations of a company's database, in order. They only go forward; a text that has been applied is never edited. */
export const companyMigrations = [
  { tag: '0001_ledger', sql: ledger },
  { tag: '0002_posted_is_final', sql: postedIsFinal },
  { tag: '0003_open_items', sql: openItems },
  { tag: '0004_bounds', sql: bounds },
  { tag: '0005_voucher_type_rules', sql: voucherTypeRules },
  { tag: '0006_vat_term', sql: vatTerm },
  { tag: '0007_budgets', sql: budgets },
  { tag: '0008_voucher_drafts', sql: voucherDrafts },
  { tag: '0009_currency', sql: currency },
  { tag: '0010_reports', sql: reports },
  { tag: '0011_schedules', sql: schedules },
  { tag: '0012_documents', sql: documents },
  { tag: '0013_scope_lock', sql: scopeLock },
  { tag: '0014_templates', sql: templates },
  { tag: '0015_screen_layouts', sql: screenLayouts },
  { tag: '0016_company_profile', sql: companyProfile },
  { tag: '0017_voucher_search', sql: voucherSearch },
  { tag: '0018_voucher_dated', sql: voucherDated },
  { tag: '0019_opening_balance', sql: openingBalance },
  { tag: '0020_account_merge', sql: accountMerge },
  { tag: '0021_audit_log', sql: auditLog },
  { tag: '0022_sheet_import', sql: sheetImport },
  { tag: '0023_voucher_month', sql: voucherMonth },
  { tag: '0024_takeover', sql: takeover },
  { tag: '0025_limits', sql: limits },
  { tag: '0026_sheet_lease', sql: sheetLease },
  { tag: '0027_old_ledger', sql: oldLedger },
  { tag: '0028_saft_switch', sql: saftSwitch },
  { tag: '0029_bank_account_change', sql: bankAccountChange },
  { tag: '0030_takeover_holds', sql: takeoverHolds },
  { tag: '0031_vat_term_move', sql: vatTermMove },
  { tag: '0032_comparison', sql: comparison },
  { tag: '0033_saft_takeover', sql: saftTakeover },
  { tag: '0034_party_note', sql: partyNote },
  { tag: '0035_saft_agreed', sql: saftAgreed },
  { tag: '0036_takeover_holds_still', sql: takeoverHoldsStill },
  { tag: '0037_control_list', sql: controlList },
  { tag: '0038_saft_undone', sql: saftUndone },
  { tag: '0039_takeover_stands', sql: takeoverStands },
  { tag: '0040_voucher_listed', sql: voucherListed },
  { tag: '0041_party_name', sql: partyName },
] as const
