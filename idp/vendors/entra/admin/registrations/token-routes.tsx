import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { mustManageRegistration } from '../../commands/registrations/registration-standing.ts'
import {
  addOptionalClaims,
  EMIT_AS_ROLES,
  GROUP_FORMATS,
  removeOptionalClaim,
  setGroupsClaim,
  TOKEN_TYPES,
  type TokenType,
} from '../../commands/registrations/token-configuration.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { queryText } from '../read-query.ts'
import { registrationContextOf } from './registration-context.ts'
import { registrationHref } from './registration-page.tsx'
import { attempt, sendPage } from './send-page.ts'
import { DeleteClaimPage, GROUP_CHOICES, TokenPage, type TokenPane } from './token-page.tsx'

const ClaimsForm = z.strictObject({
  tokenType: z.enum(TOKEN_TYPES),
  claim: z.preprocess(listField, z.array(z.string().max(64)).max(60)),
  permissions: z.literal('true').optional(),
})

const Format = z.enum(GROUP_FORMATS.map(({ value }) => value)).default('')
const Ticked = z.literal('true').optional()
const GroupsForm = z.strictObject({
  groups: z.enum(
    GROUP_CHOICES.map(({ value }) => value),
    'Select a group type.',
  ),
  idTokenFormat: Format,
  accessTokenFormat: Format,
  saml2TokenFormat: Format,
  idTokenRoles: Ticked,
  accessTokenRoles: Ticked,
  saml2TokenRoles: Ticked,
})

/** Token configuration: `/{applicationId}/token-configuration`, `/add`, `/groups`, `/groups/delete`, `/{token}/{claim}/delete`. */
export function tokenRoutes(deps: AdminDeps): Router {
  const router = Router()
  const href = (id: string): string => registrationHref(id, 'token-configuration')

  const show = (req: Request, res: Response, pane?: TokenPane): void => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    sendPage(res, <TokenPage context={context} view={{ registration, readOnly, pane }} />, pane?.problems)
  }
  const mustManage = (req: Request, res: Response) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(deps.system.store, context.actor, registration.id)
    return { context, registration }
  }
  const tokenTypeOf = (text: string | undefined): TokenType | undefined => TOKEN_TYPES.find((type) => type === text)

  router.get('/:applicationId/token-configuration', (req, res) => show(req, res))

  router.get('/:applicationId/token-configuration/add', (req, res) => {
    mustManage(req, res)
    const tokenType = tokenTypeOf(queryText(req, 'token')) ?? 'idToken'
    show(req, res, { kind: 'claims', tokenType, problems: {} })
  })

  router.post('/:applicationId/token-configuration/add', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const form = parseForm(ClaimsForm, req.body)
    const tokenType = form.ok ? form.value.tokenType : 'idToken'
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      show(req, res, { kind: 'claims', tokenType, problems })
    if (!form.ok) return refuse(form.problems)
    await attempt(async () => {
      const { claim: names, permissions } = form.value
      const input = { applicationId: registration.id, tokenType, names, withPermissions: permissions !== undefined }
      const saved = await addOptionalClaims(deps, context.actor, input)
      await goSaying(deps, req, res, href(saved.id), `Optional claims were added to ${saved.displayName}.`)
    }, refuse)
  })

  router.get('/:applicationId/token-configuration/groups', (req, res) => {
    mustManage(req, res)
    show(req, res, { kind: 'groups', problems: {} })
  })

  router.post('/:applicationId/token-configuration/groups', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void => show(req, res, { kind: 'groups', problems })
    const form = parseForm(GroupsForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { value } = form
    const listOf = (format: string, asRoles: string | undefined): readonly string[] => [
      ...(format === '' ? [] : [format]),
      ...(asRoles === undefined ? [] : [EMIT_AS_ROLES]),
    ]
    await attempt(async () => {
      const saved = await setGroupsClaim(deps, context.actor, {
        applicationId: registration.id,
        groups: value.groups,
        properties: {
          idToken: listOf(value.idTokenFormat, value.idTokenRoles),
          accessToken: listOf(value.accessTokenFormat, value.accessTokenRoles),
          saml2Token: listOf(value.saml2TokenFormat, value.saml2TokenRoles),
        },
      })
      await goSaying(deps, req, res, href(saved.id), `The groups claim of ${saved.displayName} was saved.`)
    }, refuse)
  })

  router.get('/:applicationId/token-configuration/groups/delete', (req, res) => {
    const { context, registration } = mustManage(req, res)
    sendPage(res, <DeleteClaimPage context={context} registration={registration} tokenType={undefined} name="groups" />)
  })

  router.post('/:applicationId/token-configuration/groups/delete', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const saved = await setGroupsClaim(deps, context.actor, { applicationId: registration.id, groups: null })
    await goSaying(deps, req, res, href(saved.id), `The groups claim of ${saved.displayName} was deleted.`)
  })

  router.get('/:applicationId/token-configuration/:tokenType/:claim/delete', (req, res, next) => {
    const tokenType = tokenTypeOf(req.params.tokenType)
    if (tokenType === undefined) return next()
    const { context, registration } = mustManage(req, res)
    const { claim } = req.params
    sendPage(res, <DeleteClaimPage context={context} registration={registration} tokenType={tokenType} name={claim} />)
  })

  router.post('/:applicationId/token-configuration/:tokenType/:claim/delete', async (req, res, next) => {
    const tokenType = tokenTypeOf(req.params.tokenType)
    if (tokenType === undefined) return next()
    const { context, registration } = registrationContextOf(deps, req, res)
    const { claim: name } = req.params
    const saved = await removeOptionalClaim(deps, context.actor, { applicationId: registration.id, tokenType, name })
    await goSaying(deps, req, res, href(saved.id), `The claim ${name} was deleted.`)
  })

  return router
}
