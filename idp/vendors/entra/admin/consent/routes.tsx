import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import { DirectoryRefusal, notFound } from '#idp/core/directory/refusal.ts'
import { listField, parseForm } from '#kit/http/forms.ts'
import { roleNeeded } from '../../commands/actor.ts'
import { organizationConsentRoles, permissionsNamed } from '../../commands/consent.ts'
import { type ConsentRequest, type RequestDecision, requestState } from '../../commands/consent-records.ts'
import { decideRequest } from '../../commands/consent-requests.ts'
import {
  cannotSetConsent,
  isReviewer,
  saveAdminConsent,
  savePermissionClassifications,
  saveUserConsent,
  seesRequests,
} from '../../commands/consent-settings.ts'
import { CONSENT_ROLES } from '../../roles.ts'
import { describePermission } from '../../sign-in/consent/describe-permission.ts'
import { consentSettingsOf } from '../../sign-in/consent-rules.ts'
import { type AdminContext, type AdminDeps, contextOf, goSaying } from '../context.ts'
import { problemsOf } from '../forms.ts'
import { mayRead } from '../may-read.ts'
import { queryText } from '../read-query.ts'
import { sendPage } from '../registrations/send-page.ts'
import { consentHref } from './consent-page.tsx'
import {
  DecisionPage,
  REQUESTS_HREF,
  RequestListPage,
  RequestPage,
  type RequestRow,
  type RequestView,
} from './request-pages.tsx'
import {
  AdminConsentSettingsPage,
  type AdminConsentView,
  ClassificationsPage,
  UserConsentPage,
} from './settings-pages.tsx'

const UserForm = z.strictObject({ userConsent: z.enum(['allow', 'low-impact', 'block']) })
const ClassificationForm = z.strictObject({
  lowImpact: z.preprocess(listField, z.array(z.string().max(200)).max(200)),
})
const AdminForm = z.strictObject({
  enabled: z.enum(['yes', 'no']),
  reviewers: z.string().max(10_000).default(''),
  reviewerRoles: z.preprocess(listField, z.array(z.enum(CONSENT_ROLES)).max(20)),
  notify: z.literal('true').optional(),
  expireDays: z.string().max(10),
})
const DecisionForm = z.strictObject({ reason: z.string().max(4000).default('') })

const DECISIONS = ['approve', 'deny', 'block'] as const satisfies readonly RequestDecision[]
const SAID: Readonly<Record<RequestDecision, string>> = { approve: 'approved', deny: 'denied', block: 'blocked' }

/**
 * How the organization handles consent: `/users`, `/admins`, `/classifications`, and the requests people make: `/requests`,
 * `/requests/{id}`, `/requests/{id}/{approve|deny|block}`. Mount at `/consent`, before the rule that only readers come in: reviewers need no
 * directory role.
 */
export function consentRoutes(deps: AdminDeps): Router {
  const { store, clock } = deps.system
  const router = Router()

  /** @throws {Refusal} `role_needed` for who may read nothing here. */
  const readerOf = (req: Request, res: Response): AdminContext => {
    const context = contextOf(deps, req, res)
    if (!mayRead(store, context.standing)) throw roleNeeded('This page', CONSENT_ROLES)
    return context
  }
  /** @throws {Refusal} `role_needed` for who does not review. */
  const reviewerOf = (req: Request, res: Response): AdminContext => {
    const context = contextOf(deps, req, res)
    const isReader = context.roles.includes('Global Reader')
    if (!isReader && !seesRequests(store, context.standing)) throw roleNeeded('Reviewing requests', CONSENT_ROLES)
    return context
  }
  const settingsOf = ({ tenant }: AdminContext) => consentSettingsOf(store, tenant.id)

  router.get('/users', (req, res) => {
    const context = readerOf(req, res)
    const { userConsent } = settingsOf(context)
    const readOnly = cannotSetConsent(context.standing)
    sendPage(res, <UserConsentPage context={context} readOnly={readOnly} userConsent={userConsent} />)
  })

  router.post('/users', async (req, res) => {
    const context = readerOf(req, res)
    const form = parseForm(UserForm, req.body)
    if (!form.ok) {
      const { userConsent } = settingsOf(context)
      const problem = 'Choose what users may consent to.'
      const page = (
        <UserConsentPage context={context} readOnly={undefined} userConsent={userConsent} problem={problem} />
      )
      return sendPage(res, page, { userConsent: problem })
    }
    await saveUserConsent(deps, context.actor, form.value)
    await goSaying(deps, req, res, consentHref('User consent settings'), 'User consent settings were saved.')
  })

  router.get('/classifications', (req, res) => {
    const context = readerOf(req, res)
    const { lowImpact } = settingsOf(context)
    const readOnly = cannotSetConsent(context.standing)
    sendPage(res, <ClassificationsPage context={context} readOnly={readOnly} lowImpact={lowImpact} />)
  })

  router.post('/classifications', async (req, res) => {
    const context = readerOf(req, res)
    const form = parseForm(ClassificationForm, req.body)
    if (!form.ok) throw notFound('permission', '')
    await savePermissionClassifications(deps, context.actor, form.value)
    await goSaying(deps, req, res, consentHref('Permission classifications'), 'Permission classifications were saved.')
  })

  const showAdmins = (req: Request, res: Response, typed?: AdminConsentView): void => {
    const context = readerOf(req, res)
    const { requests } = settingsOf(context)
    const view = typed ?? {
      ...requests,
      reviewers: requests.reviewerIds.map((id) => store.get('users', id)?.userPrincipalName ?? id).join('\n'),
      expireDays: String(requests.expireDays),
      problems: {},
    }
    const readOnly = cannotSetConsent(context.standing)
    sendPage(res, <AdminConsentSettingsPage context={context} readOnly={readOnly} view={view} />, view.problems)
  }
  router.get('/admins', (req, res) => showAdmins(req, res))

  router.post('/admins', async (req, res) => {
    const { actor } = readerOf(req, res)
    const form = parseForm(AdminForm, req.body)
    if (!form.ok) {
      const { values, problems } = form
      return showAdmins(req, res, {
        enabled: values['enabled'] === 'yes',
        reviewers: values['reviewers'] ?? '',
        reviewerRoles: [],
        notify: values['notify'] === 'true',
        expireDays: values['expireDays'] ?? '',
        problems: problems['enabled'] === undefined ? problems : { ...problems, enabled: 'Choose Yes or No.' },
      })
    }
    const { enabled, reviewers, reviewerRoles, notify, expireDays } = form.value
    try {
      await saveAdminConsent(deps, actor, {
        enabled: enabled === 'yes',
        reviewers: reviewers.split(/[\s,;]+/).filter(Boolean),
        reviewerRoles,
        notify: notify === 'true',
        expireDays: /^\d+$/.test(expireDays.trim()) ? Number(expireDays) : Number.NaN,
      })
    } catch (error) {
      const problems = problemsOf(error)
      const typed = { reviewers, reviewerRoles, expireDays, problems }
      return showAdmins(req, res, { ...typed, enabled: enabled === 'yes', notify: notify === 'true' })
    }
    await goSaying(deps, req, res, consentHref('Admin consent settings'), 'Admin consent settings were saved.')
  })

  const nameOf = (userId: string): string => store.get('users', userId)?.displayName ?? userId
  const rowOf = (request: ConsentRequest): RequestRow => ({
    id: request.id,
    appName: applicationByAppId(store, request.appId)?.displayName ?? request.appId,
    requesters: request.asked.map(({ userId }) => nameOf(userId)),
    createdIso: request.createdDateTime,
    expiresIso: request.expiresDateTime,
    state: requestState(request, clock.iso()),
  })

  router.get('/requests', (req, res) => {
    const context = reviewerOf(req, res)
    const all = store
      .find('consentRequests', 'tenant', context.tenant.id)
      .map(rowOf)
      .toSorted((one, other) => other.createdIso.localeCompare(one.createdIso))
    const mine = isReviewer(store, context.standing) ? all.filter(({ state }) => state === 'Pending') : []
    const tab = queryText(req, 'tab') === 'all' ? 'all' : 'my'
    const isOn = settingsOf(context).requests.enabled
    const view = { tab, rows: tab === 'all' ? all : mine, pending: mine.length, isOn } as const
    sendPage(res, <RequestListPage context={context} view={view} />)
  })

  const viewOf = (context: AdminContext, id: string): RequestView => {
    const request = store.get('consentRequests', id)
    if (request === undefined || request.tenantId !== context.tenant.id) throw notFound('request for consent', id)
    const application = applicationByAppId(store, request.appId)
    const { decision } = request
    const named = permissionsNamed(store, context.tenant.id, { delegated: request.permissions, application: [] })
    const needed = organizationConsentRoles(context.standing, named)
    return {
      ...rowOf(request),
      appId: request.appId,
      publisher: application?.publisherName ?? 'no longer known',
      homepage: application?.homepage,
      permissions: named.scopes.flatMap((name) => describePermission(store, name, 'administrator') ?? []),
      asked: request.asked.map(({ userId, reason, at }) => ({ key: userId, name: nameOf(userId), reason, at })),
      decided: decision && {
        by: decision.userId === undefined ? 'Training kit' : nameOf(decision.userId),
        at: decision.at,
        reason: decision.reason,
      },
      cannotApprove: needed && roleNeeded('Granting admin consent', needed).message,
    }
  }

  router.get('/requests/:requestId', (req, res) => {
    const context = reviewerOf(req, res)
    sendPage(res, <RequestPage context={context} view={viewOf(context, req.params.requestId)} />)
  })

  for (const decision of DECISIONS) {
    const path = `/requests/:requestId/${decision}` as const

    router.get(path, (req, res) => {
      const context = reviewerOf(req, res)
      const view = viewOf(context, String(req.params['requestId']))
      if (view.state !== 'Pending' || (decision === 'approve' && view.cannotApprove !== undefined)) {
        return sendPage(res, <RequestPage context={context} view={view} />)
      }
      sendPage(res, <DecisionPage context={context} view={view} decision={decision} />)
    })

    router.post(path, async (req, res) => {
      const context = reviewerOf(req, res)
      const requestId = String(req.params['requestId'])
      const view = viewOf(context, requestId)
      const form = parseForm(DecisionForm, req.body)
      const reason = form.ok ? form.value.reason : ''
      try {
        await decideRequest(deps, context.actor, { requestId, decision, reason })
      } catch (error) {
        if (!(error instanceof DirectoryRefusal)) throw error
        const problems = problemsOf(error)
        const page = <DecisionPage {...{ context, view, decision, reason, problems }} />
        return sendPage(res, page, problems)
      }
      const text = `The request for ${view.appName} was ${SAID[decision]}.`
      await goSaying(deps, req, res, `${REQUESTS_HREF}/${requestId}`, text)
    })
  }

  return router
}
