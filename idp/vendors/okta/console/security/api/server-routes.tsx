import { type Request, type Response, Router } from 'express'
import type { VNode } from 'preact'
import { z } from 'zod'
import { publishedKeys } from '#idp/protocols/oidc/signing-keys.ts'
import { parseForm } from '#kit/http/forms.ts'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { GROUP_FILTERS } from '../../../apps/records.ts'
import { type Actor, mustAdminister } from '../../../commands/actor.ts'
import { notFound } from '../../../commands/refusal.ts'
import {
  deletePolicy,
  deleteRule,
  knownPolicy,
  knownRule,
  putPolicy,
  putRule,
} from '../../../oauth/commands/policies.ts'
import {
  createServer,
  deleteClaim,
  deleteScope,
  deleteServer,
  editServer,
  knownServer,
  putClaim,
  putScope,
  retireServerKey,
  rollServerKey,
  setServerStatus,
} from '../../../oauth/commands/servers.ts'
import type { AccessRule, AuthorizationServer } from '../../../oauth/records.ts'
import {
  authorizationServersOf,
  claimsOfServer,
  issuerAddress,
  policiesOf,
  rulesOf,
  scopesOf,
} from '../../../oauth/servers.ts'
import { type ConsoleContext, type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { type FormView, problemsOf } from '../../form-view.tsx'
import { ApiFormPage, SERVERS_HREF } from './api-page.tsx'
import { ClaimFormPage, ClaimsPage } from './claim-pages.tsx'
import { PoliciesPage, PolicyFormPage } from './policy-pages.tsx'
import { RuleFormPage } from './rule-page.tsx'
import { ScopeFormPage, ScopesPage } from './scope-pages.tsx'
import { serverHref } from './server-page.tsx'
import { ServerFormPage, ServersPage } from './servers-page.tsx'
import { SettingsPage } from './settings-page.tsx'

const box = z.literal('true').optional()
const text = z.string().trim().max(2000).default('')
const minutes = z
  .string()
  .trim()
  .regex(/^\d{1,8}$/, 'Type a whole number of minutes')
  .transform(Number)

const ServerForm = z.object({ name: text, audience: text, description: text })
const ScopeForm = z.object({
  name: text,
  displayName: text,
  description: text,
  consent: z.enum(['IMPLICIT', 'REQUIRED']).default('IMPLICIT'),
  isDefault: box,
  isPublished: box,
})
const ClaimForm = z.object({
  name: text,
  claimType: z.enum(['RESOURCE', 'IDENTITY']),
  when: z.enum(['always', 'userinfo']).default('always'),
  valueType: z.enum(['EXPRESSION', 'GROUPS']),
  groupFilter: z.enum(GROUP_FILTERS).default('starts-with'),
  value: text,
  scopes: text,
  disabled: box,
})
const PolicyForm = z.object({
  name: text,
  description: text,
  assign: z.enum(['all', 'some']),
  clients: text,
  inactive: box,
})
const RuleForm = z.object({
  name: text,
  authorization_code: box,
  client_credentials: box,
  groups: text,
  scopes: text,
  access: minutes,
  refresh: minutes,
  window: minutes,
  inactive: box,
})

const words = (given: string): readonly string[] => given.split(/[\s,]+/).filter(Boolean)
const textsOf = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(value).map(([name, each]) => [name, each === undefined ? '' : String(each)]))

/** A thing of a server with a form: what the pages show, and what a form of it does. */
interface Part<T> {
  /** Below the server: `scopes`, `policies/:policyId/rules`. */
  readonly path: string
  /** Where its list is. */
  readonly list: string
  readonly noun: string
  readonly schema: z.ZodType<T>
  readonly initial: Readonly<Record<string, string>>
  textsOf(server: AuthorizationServer, req: Request, id: string): Readonly<Record<string, string>>
  nameOf(server: AuthorizationServer, req: Request, id: string): string
  page(props: {
    readonly context: ConsoleContext
    readonly server: AuthorizationServer
    readonly title: string
    readonly action: string
    readonly view: FormView
  }): VNode
  put(actor: Actor, server: AuthorizationServer, req: Request, id: string | undefined, value: T): Promise<unknown>
  remove(actor: Actor, server: AuthorizationServer, req: Request, id: string): Promise<unknown>
  /** What goes when it is deleted. */
  readonly loss: string
}

/** Security > API > Authorization Servers: servers, their settings and keys, scopes, claims, access policies. */
export function authorizationServerRoutes(deps: ConsoleDeps): Router {
  const { system } = deps
  const { store } = system
  const commands = { system }
  const router = Router()
  const base = SERVERS_HREF.replace('/admin', '')
  const at = `${base}/:serverId`

  const admitted = (req: Request, res: Response): ConsoleContext => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    return context
  }
  const serverOf = (req: Request): AuthorizationServer => knownServer(store, String(req.params['serverId']))
  const send = (res: Response, page: VNode, status = 200): void =>
    void res.status(status).type('html').send(renderPage(page))

  router.get(base, (req, res) => {
    const servers = authorizationServersOf(store).map((server) => ({
      server,
      issuer: issuerAddress(system.origin, server.id),
    }))
    send(res, <ServersPage context={contextOf(deps, req, res)} servers={servers} />)
  })

  const showServerForm = (req: Request, res: Response, view: FormView, status = 200): void => {
    const isNew = req.params['serverId'] === undefined
    const action = isNew ? `${SERVERS_HREF}/new` : serverHref(serverOf(req), 'edit')
    const title = isNew ? 'Add Authorization Server' : 'Edit Authorization Server'
    const cancel = isNew ? SERVERS_HREF : serverHref(serverOf(req))
    send(
      res,
      <ServerFormPage context={admitted(req, res)} title={title} action={action} cancel={cancel} view={view} />,
      status,
    )
  }
  router.get(`${base}/new`, (req, res) => showServerForm(req, res, { values: {}, problems: {} }))
  router.get(`${at}/edit`, (req, res) => {
    const { name, audience, description } = serverOf(req)
    showServerForm(req, res, { values: { name, audience, description }, problems: {} })
  })
  router.post([`${base}/new`, `${at}/edit`], async (req: Request, res: Response) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(ServerForm, req.body)
    if (!form.ok) return showServerForm(req, res, form, 422)
    const serverId = req.params['serverId'] as string | undefined
    try {
      const server =
        serverId === undefined
          ? await createServer(commands, actor, form.value)
          : await editServer(commands, actor, { serverId, ...form.value })
      await goSaying(
        deps,
        req,
        res,
        serverHref(server),
        `${server.name} was ${serverId === undefined ? 'added' : 'saved'}.`,
      )
    } catch (error) {
      showServerForm(req, res, { values: form.value, problems: problemsOf(error) }, 422)
    }
  })

  router.get(at, (req, res) => {
    const server = serverOf(req)
    const page = (
      <SettingsPage
        context={contextOf(deps, req, res)}
        server={server}
        issuer={issuerAddress(system.origin, server.id)}
        keys={publishedKeys(store, server.id)}
      />
    )
    send(res, page)
  })

  for (const [act, status] of [
    ['activate', 'ACTIVE'],
    ['deactivate', 'INACTIVE'],
  ] as const) {
    router.post(`${at}/${act}`, async (req, res) => {
      const { actor } = contextOf(deps, req, res)
      const server = await setServerStatus(commands, actor, { serverId: serverOf(req).id, status })
      await goSaying(deps, req, res, serverHref(server), `${server.name} was ${act}d.`)
    })
  }

  const confirm = (
    req: Request,
    res: Response,
    props: {
      readonly title: string
      readonly subject: string
      readonly label: string
      readonly cancel: string
      readonly loss: string
    },
  ): void => {
    const context = admitted(req, res)
    send(
      res,
      <ApiFormPage
        context={context}
        title={props.title}
        path={[{ label: serverOf(req).name, href: serverHref(serverOf(req)) }]}
      >
        <ConfirmForm
          title={props.title}
          headingLevel={2}
          subject={props.subject}
          action={req.originalUrl.split('?')[0] ?? ''}
          confirmLabel={props.label}
          cancelHref={props.cancel}
          kind="danger"
        >
          <p>{props.loss}</p>
        </ConfirmForm>
      </ApiFormPage>,
    )
  }

  router.get(`${at}/delete`, (req, res) => {
    const { id, name } = serverOf(req)
    const loss = 'Its scopes, claims and policies go, and its tokens are worth nothing any more.'
    confirm(req, res, {
      title: 'Delete Authorization Server',
      subject: name,
      label: 'Delete',
      cancel: serverHref({ id }),
      loss,
    })
  })
  router.post(`${at}/delete`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const server = serverOf(req)
    try {
      await deleteServer(commands, actor, { serverId: server.id })
    } catch (error) {
      const [said = 'This could not be done.'] = Object.values(problemsOf(error))
      return goSaying(deps, req, res, serverHref(server), said, 'danger')
    }
    return goSaying(deps, req, res, SERVERS_HREF, `${server.name} was deleted.`)
  })

  router.post(`${at}/rotate-keys`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const server = serverOf(req)
    await rollServerKey(commands, actor, { serverId: server.id })
    await goSaying(
      deps,
      req,
      res,
      serverHref(server),
      'A new key signs from now on. The ones before are still published.',
    )
  })
  router.get(`${at}/keys/:kid/retire`, (req, res) => {
    const loss = 'Tokens it has signed are refused by everybody who asks for the keys.'
    confirm(req, res, {
      title: 'Retire signing key',
      subject: String(req.params['kid']),
      label: 'Retire',
      cancel: serverHref(serverOf(req)),
      loss,
    })
  })
  router.post(`${at}/keys/:kid/retire`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const server = serverOf(req)
    await retireServerKey(commands, actor, { serverId: server.id, kid: String(req.params['kid']) })
    await goSaying(deps, req, res, serverHref(server), 'The key was retired.')
  })

  router.get(`${at}/scopes`, (req, res) => {
    const server = serverOf(req)
    send(res, <ScopesPage context={contextOf(deps, req, res)} server={server} scopes={scopesOf(store, server.id)} />)
  })
  router.get(`${at}/claims`, (req, res) => {
    const server = serverOf(req)
    send(
      res,
      <ClaimsPage context={contextOf(deps, req, res)} server={server} claims={claimsOfServer(store, server.id)} />,
    )
  })
  router.get(`${at}/policies`, (req, res) => {
    const server = serverOf(req)
    const labelOf = (id: string): string => store.get('apps', id)?.label ?? id
    const peopleOf = ({ people }: AccessRule): string =>
      people === 'EVERYONE'
        ? 'Any user assigned the app'
        : [
            ...people.groups.map((id) => store.get('groups', id)?.name ?? id),
            ...people.users.map((id) => store.get('users', id)?.profile.login ?? id),
          ].join(', ')
    const policies = policiesOf(store, server.id).map((policy) => ({
      policy,
      clients: policy.clients === 'ALL_CLIENTS' ? 'All clients' : policy.clients.map(labelOf).join(', '),
      rules: rulesOf(store, policy.id).map((rule) => ({ rule, people: peopleOf(rule) })),
    }))
    send(res, <PoliciesPage context={contextOf(deps, req, res)} server={server} policies={policies} />)
  })

  /** Add, edit and delete of one kind of part. */
  function mount<T extends Readonly<Record<string, unknown>>>(part: Part<T>): void {
    const { noun } = part
    const show = (req: Request, res: Response, view: FormView, status = 200): void => {
      const title = `${req.params['id'] === undefined ? 'Add' : 'Edit'} ${noun}`
      const action = req.originalUrl.split('?')[0] ?? ''
      send(res, part.page({ context: admitted(req, res), server: serverOf(req), title, action, view }), status)
    }
    const idOf = (req: Request): string => String(req.params['id'])
    router.get(`${at}/${part.path}/new`, (req: Request, res: Response) => {
      show(req, res, { values: part.initial, problems: {} })
    })
    router.get(`${at}/${part.path}/:id/edit`, (req: Request, res: Response) => {
      show(req, res, { values: part.textsOf(serverOf(req), req, idOf(req)), problems: {} })
    })
    router.post([`${at}/${part.path}/new`, `${at}/${part.path}/:id/edit`], async (req: Request, res: Response) => {
      const { actor } = contextOf(deps, req, res)
      const server = serverOf(req)
      const id = req.params['id'] as string | undefined
      const form = parseForm(part.schema, req.body)
      if (!form.ok) return show(req, res, form, 422)
      try {
        await part.put(actor, server, req, id, form.value)
        await goSaying(
          deps,
          req,
          res,
          serverHref(server, part.list),
          `The ${noun.toLowerCase()} was ${id === undefined ? 'added' : 'saved'}.`,
        )
      } catch (error) {
        show(req, res, { values: textsOf(form.value), problems: problemsOf(error) }, 422)
      }
    })
    router.get(`${at}/${part.path}/:id/delete`, (req: Request, res: Response) => {
      const server = serverOf(req)
      const subject = part.nameOf(server, req, idOf(req))
      confirm(req, res, {
        title: `Delete ${noun}`,
        subject,
        label: 'Delete',
        cancel: serverHref(server, part.list),
        loss: part.loss,
      })
    })
    router.post(`${at}/${part.path}/:id/delete`, async (req: Request, res: Response) => {
      const { actor } = contextOf(deps, req, res)
      const server = serverOf(req)
      await part.remove(actor, server, req, idOf(req))
      await goSaying(deps, req, res, serverHref(server, part.list), `The ${noun.toLowerCase()} was deleted.`)
    })
  }

  const scopeNamed = ({ id: serverId }: AuthorizationServer, id: string) => {
    const scope = scopesOf(store, serverId).find((each) => each.id === id)
    if (scope === undefined) throw notFound('OAuth2Scope', id)
    return scope
  }
  mount({
    path: 'scopes',
    list: 'scopes',
    noun: 'Scope',
    loss: 'Applications that ask for it are refused from now on.',
    schema: ScopeForm,
    initial: { consent: 'IMPLICIT', isPublished: 'true' },
    textsOf: (server, _req, id) => textsOf({ ...scopeNamed(server, id) }),
    nameOf: (server, _req, id) => scopeNamed(server, id).name,
    page: (props) => <ScopeFormPage {...props} />,
    put: (actor, { id: serverId }, _req, scopeId, { isDefault, isPublished, ...rest }) =>
      putScope(commands, actor, {
        serverId,
        ...(scopeId === undefined ? {} : { scopeId }),
        settings: { ...rest, isDefault: isDefault === 'true', isPublished: isPublished === 'true' },
      }),
    remove: (actor, { id: serverId }, _req, scopeId) => deleteScope(commands, actor, { serverId, scopeId }),
  })

  const claimNamed = ({ id: serverId }: AuthorizationServer, id: string) => {
    const claim = claimsOfServer(store, serverId).find((each) => each.id === id)
    if (claim === undefined) throw notFound('OAuth2Claim', id)
    return claim
  }
  mount({
    path: 'claims',
    list: 'claims',
    noun: 'Claim',
    loss: 'Tokens do not have it any more.',
    schema: ClaimForm,
    initial: {},
    textsOf(server, _req, id) {
      const { scopes, status, alwaysInclude, ...rest } = claimNamed(server, id)
      return textsOf({
        ...rest,
        scopes: scopes.join(' '),
        disabled: status === 'INACTIVE',
        when: alwaysInclude ? 'always' : 'userinfo',
      })
    },
    nameOf: (server, _req, id) => claimNamed(server, id).name,
    page: (props) => <ClaimFormPage {...props} />,
    put: (actor, { id: serverId }, _req, claimId, { when, scopes, disabled, groupFilter, ...rest }) =>
      putClaim(commands, actor, {
        serverId,
        ...(claimId === undefined ? {} : { claimId }),
        settings: {
          ...rest,
          scopes: words(scopes),
          alwaysInclude: when === 'always',
          status: disabled === 'true' ? 'INACTIVE' : 'ACTIVE',
          ...(rest.valueType === 'GROUPS' ? { groupFilter } : {}),
        },
      }),
    remove: (actor, { id: serverId }, _req, claimId) => deleteClaim(commands, actor, { serverId, claimId }),
  })

  mount({
    path: 'policies',
    list: 'policies',
    noun: 'Policy',
    loss: 'Its rules go with it. Clients no other policy is for get no tokens.',
    schema: PolicyForm,
    initial: { assign: 'all' },
    textsOf({ id: serverId }, _req, id) {
      const { name, description, clients, status } = knownPolicy(store, serverId, id)
      const isAll = clients === 'ALL_CLIENTS'
      return textsOf({
        name,
        description,
        assign: isAll ? 'all' : 'some',
        clients: isAll ? '' : clients.join(' '),
        inactive: status === 'INACTIVE',
      })
    },
    nameOf: ({ id: serverId }, _req, id) => knownPolicy(store, serverId, id).name,
    page: (props) => <PolicyFormPage {...props} />,
    put: (actor, { id: serverId }, _req, policyId, { assign, clients, inactive, ...rest }) =>
      putPolicy(commands, actor, {
        serverId,
        ...(policyId === undefined ? {} : { policyId }),
        settings: {
          ...rest,
          clients: assign === 'all' ? 'ALL_CLIENTS' : words(clients),
          status: inactive === 'true' ? 'INACTIVE' : 'ACTIVE',
        },
      }),
    remove: (actor, { id: serverId }, _req, policyId) => deletePolicy(commands, actor, { serverId, policyId }),
  })

  const policyIdOf = (req: Request): string => String(req.params['policyId'])
  mount({
    path: 'policies/:policyId/rules',
    list: 'policies',
    noun: 'Rule',
    loss: 'What it allowed is allowed by another rule, or not at all.',
    schema: RuleForm,
    initial: { authorization_code: 'true', access: '60', refresh: '0', window: '10080' },
    textsOf(_server, req, id) {
      const rule = knownRule(store, policyIdOf(req), id)
      const groups = rule.people === 'EVERYONE' ? [] : rule.people.groups
      return textsOf({
        name: rule.name,
        authorization_code: rule.grantTypes.includes('authorization_code'),
        client_credentials: rule.grantTypes.includes('client_credentials'),
        groups: groups.map((groupId) => store.get('groups', groupId)?.name ?? groupId).join('\n'),
        scopes: rule.scopes === 'ANY' ? '' : rule.scopes.join(' '),
        access: rule.accessTokenMinutes,
        refresh: rule.refreshTokenMinutes,
        window: rule.refreshTokenWindowMinutes,
        inactive: rule.status === 'INACTIVE',
      })
    },
    nameOf: (_server, req, id) => knownRule(store, policyIdOf(req), id).name,
    page: (props) => <RuleFormPage {...props} />,
    put(actor, { id: serverId }, req, ruleId, value) {
      const names = value.groups.split(/\s*\n\s*/).filter(Boolean)
      // A name nobody has is told like an id nobody has.
      const groups = names.map((name) => store.find('groups', 'name', name.toLowerCase())[0]?.id ?? name)
      const before = ruleId === undefined ? undefined : knownRule(store, policyIdOf(req), ruleId)
      const users = before === undefined || before.people === 'EVERYONE' ? [] : before.people.users
      return putRule(commands, actor, {
        serverId,
        policyId: policyIdOf(req),
        ...(ruleId === undefined ? {} : { ruleId }),
        settings: {
          name: value.name,
          status: value.inactive === 'true' ? 'INACTIVE' : 'ACTIVE',
          grantTypes: (['authorization_code', 'client_credentials'] as const).filter(
            (grant) => value[grant] === 'true',
          ),
          scopes: value.scopes === '' ? 'ANY' : words(value.scopes),
          people: groups.length + users.length === 0 ? 'EVERYONE' : { groups, users },
          accessTokenMinutes: value.access,
          refreshTokenMinutes: value.refresh,
          refreshTokenWindowMinutes: value.window,
        },
      })
    },
    remove: (actor, { id: serverId }, req, ruleId) =>
      deleteRule(commands, actor, { serverId, policyId: policyIdOf(req), ruleId }),
  })

  return router
}
