import control from './migrations/0001_control.sql'
import addinTokens from './migrations/0002_addin_tokens.sql'
import officeTemplates from './migrations/0003_office_templates.sql'
import userSettings from './migrations/0004_user_settings.sql'
import backups from './migrations/0005_backups.sql'
import uploads from './migrations/0006_uploads.sql'
import identity from './migrations/0007_identity.sql'
import officesAndRoles from './migrations/0008_offices.sql'
import keysAndWebhooks from './migrations/0009_keys_webhooks.sql'
import controlLog from './migrations/0010_control_log.sql'
import companyDeletion from './migrations/0011_company_deletion.sql'
import apps from './migrations/0012_apps.sql'
import databaseCopies from './migrations/0013_database_copies.sql'
import uploadCompany from './migrations/0014_upload_company.sql'
import alertsInOffices from './migrations/0015_alerts_in_offices.sql'
import requestKey from './migrations/0016_request_key.sql'
import oauth from './migrations/0017_oauth.sql'
import schedule from './migrations/0018_schedule.sql'
import copiesAtRest from './migrations/0019_copies_at_rest.sql'
import addinScopes from './migrations/0020_addin_scopes.sql'
import turns from './migrations/0021_turns.sql'
import sealedHeads from './migrations/0022_sealed_heads.sql'
import officeLayouts from './migrations/0023_office_layouts.sql'

/** Migrations of the control database, in order. They only go forward. */
export const controlMigrations = [
  { tag: '0001_control', sql: control },
  { tag: '0002_addin_tokens', sql: addinTokens },
  { tag: '0003_office_templates', sql: officeTemplates },
  { tag: '0004_user_settings', sql: userSettings },
  { tag: '0005_backups', sql: backups },
  { tag: '0006_uploads', sql: uploads },
  { tag: '0007_identity', sql: identity },
  { tag: '0008_offices', sql: officesAndRoles },
  { tag: '0009_keys_webhooks', sql: keysAndWebhooks },
  { tag: '0010_control_log', sql: controlLog },
  { tag: '0011_company_deletion', sql: companyDeletion },
  { tag: '0012_apps', sql: apps },
  { tag: '0013_database_copies', sql: databaseCopies },
  { tag: '0014_upload_company', sql: uploadCompany },
  { tag: '0015_alerts_in_offices', sql: alertsInOffices },
  { tag: '0016_request_key', sql: requestKey },
  { tag: '0017_oauth', sql: oauth },
  { tag: '0018_schedule', sql: schedule },
  { tag: '0019_copies_at_rest', sql: copiesAtRest },
  { tag: '0020_addin_scopes', sql: addinScopes },
  { tag: '0021_turns', sql: turns },
  { tag: '0022_sealed_heads', sql: sealedHeads },
  { tag: '0023_office_layouts', sql: officeLayouts },
] as const
