import { Hono } from 'hono'
import type { Env } from '#worker/http/env.ts'
import { auditorsPage, submitAuditor, submitEnd, submitGrant } from '../auditors/auditors-page.tsx'
import { ordersPage, submitOrder, submitOrderWithdrawal } from '../auditors/orders-page.tsx'
import { accessLogPage, officeLogPage, securityLogPage } from '../control-log/access-log-pages.tsx'
import { ownForms } from '../form.ts'
import { appsPage, submitApp, submitAppRemoval } from '../oauth/apps-page.tsx'
import { authorizePage, chooseCompanyPage, submitAuthorization } from '../oauth/authorize-page.tsx'
import { clientStaffPage, submitClientStaff } from '../offices/client-staff-page.tsx'
import { submitDeparture, submitMove, submitMoveWithdrawal } from '../offices/move-section.tsx'
import {
  newOfficePage,
  officePage,
  submitMoveAnswer,
  submitNewOffice,
  submitOffice,
  submitStaffInvitation,
  submitStaffInvitationLink,
  submitStaffRemoval,
  submitStaffRole,
  submitStaffWithdrawal,
} from '../offices/office-page.tsx'
import { opens } from '../page.tsx'
import { keysPage, submitKey, submitRevocation } from '../settings/keys-page.tsx'
import { invitationPage, submitInvitationForm } from './invitation-page.tsx'
import { memberPage, submitRemoval, submitRole } from './member-page.tsx'
import { membersPage, submitInvitation, submitInvitationLink, submitWithdrawal } from './members-page.tsx'
import { rolePage, rolesPage, submitRoleForm, submitRoleRemoval } from './roles-page.tsx'

/** The pages about who may enter what: invitations, offices, members and their rights, auditors. */
export const accessPages = new Hono<Env>()
  .get('/security/apps', opens('signed-in'), (c) => appsPage(c))
  .post('/security/apps', ownForms, opens('signed-in'), submitApp)
  .post('/security/apps/:app/removal', ownForms, opens('signed-in'), submitAppRemoval)
  .get('/oauth/authorize', opens('signed-in'), chooseCompanyPage)
  .get('/companies/:company/oauth/authorize', opens('key:write'), authorizePage)
  .post('/companies/:company/oauth/authorize', ownForms, opens('key:write'), submitAuthorization)
  .get('/security/log', opens('signed-in'), securityLogPage)
  .get('/offices/:office/keys', opens('office-key:write'), (c) => keysPage(c))
  .post('/offices/:office/keys', ownForms, opens('office-key:write'), submitKey)
  .post('/offices/:office/keys/:key/revocation', ownForms, opens('office-key:write'), submitRevocation)
  .get('/offices/:office/log', opens('office-log:read'), officeLogPage)
  .get('/companies/:company/access-log', opens('audit-log:read'), accessLogPage)
  .get('/invitation/:token', (c) => invitationPage(c))
  .post('/invitation/:token', ownForms, submitInvitationForm)
  .get('/audit-orders', opens('signed-in'), (c) => ordersPage(c))
  .post('/audit-orders', ownForms, opens('signed-in'), submitOrder)
  .post('/audit-orders/:order/withdrawal', ownForms, opens('signed-in'), submitOrderWithdrawal)
  .get('/offices/new', opens('signed-in'), (c) => newOfficePage(c))
  .post('/offices/new', ownForms, opens('signed-in'), submitNewOffice)
  .get('/offices/:office', opens('office:read'), (c) => officePage(c))
  .post('/offices/:office', ownForms, opens('office:write'), submitOffice)
  .post('/offices/:office/invitations', ownForms, opens('office:write'), submitStaffInvitation)
  .post('/offices/:office/invitations/:invitation/link', ownForms, opens('office:write'), submitStaffInvitationLink)
  .post('/offices/:office/invitations/:invitation/withdrawal', ownForms, opens('office:write'), submitStaffWithdrawal)
  .post('/offices/:office/staff/:user', ownForms, opens('office:write'), submitStaffRole)
  .post('/offices/:office/staff/:user/removal', ownForms, opens('office:write'), submitStaffRemoval)
  .post('/offices/:office/moves/:move', ownForms, opens('office:write'), submitMoveAnswer)
  .get('/offices/:office/clients/:client', opens('office:write'), (c) => clientStaffPage(c))
  .post('/offices/:office/clients/:client', ownForms, opens('office:write'), submitClientStaff)
  .get('/companies/:company/members', opens('member:read'), (c) => membersPage(c))
  .post('/companies/:company/members', ownForms, opens('member:write'), submitInvitation)
  .post(
    '/companies/:company/members/invitations/:invitation/link',
    ownForms,
    opens('member:write'),
    submitInvitationLink,
  )
  .post(
    '/companies/:company/members/invitations/:invitation/withdrawal',
    ownForms,
    opens('member:write', { whileDeleting: true }),
    submitWithdrawal,
  )
  .get('/companies/:company/members/:user', opens('member:read'), (c) => memberPage(c))
  .post('/companies/:company/members/:user', ownForms, opens('member:write'), submitRole)
  .post(
    '/companies/:company/members/:user/removal',
    ownForms,
    opens('member:write', { whileDeleting: true }),
    submitRemoval,
  )
  .get('/companies/:company/roles', opens('member:read'), rolesPage)
  .post('/companies/:company/roles', ownForms, opens('member:write'), submitRoleForm)
  .get('/companies/:company/roles/new', opens('member:write'), (c) => rolePage(c))
  .get('/companies/:company/roles/:role', opens('member:write'), (c) => rolePage(c))
  .post('/companies/:company/roles/:role', ownForms, opens('member:write'), submitRoleForm)
  .post('/companies/:company/roles/:role/removal', ownForms, opens('member:write'), submitRoleRemoval)
  .get('/companies/:company/auditors', opens('auditor:order'), (c) => auditorsPage(c))
  .post('/companies/:company/auditors', ownForms, opens('auditor:order'), submitAuditor)
  .post('/companies/:company/auditors/:auditor/grant', ownForms, opens('auditor:grant'), submitGrant)
  .post(
    '/companies/:company/auditors/:auditor/end',
    ownForms,
    opens('auditor:grant', { whileDeleting: true }),
    submitEnd,
  )
  .post('/companies/:company/office/move', ownForms, opens('member:write'), submitMove)
  .post(
    '/companies/:company/office/move/withdrawal',
    ownForms,
    opens('member:write', { whileDeleting: true }),
    submitMoveWithdrawal,
  )
  .post('/companies/:company/office/departure', ownForms, opens('member:write'), submitDeparture)
