import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Application } from '#idp/core/directory/records.ts'
import { listField, parseForm } from '#kit/http/forms.ts'
import { setRedirectUris } from '../../commands/registrations/properties.ts'
import {
  PLATFORMS,
  type Platform,
  redirectUriProblem,
  redirectUrisOf,
} from '../../commands/registrations/redirect-uris.ts'
import { mustManageRegistration } from '../../commands/registrations/registration-standing.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { AuthenticationPage, type AuthenticationView, PLATFORM_NAMES, uriField } from './authentication-page.tsx'
import { markOf, mustBeAsShown, SHOWN_FIELD } from './changed-meanwhile.ts'
import { registrationContextOf } from './registration-context.ts'
import { registrationHref } from './registration-page.tsx'
import { attempt, sendPage, typedTexts } from './send-page.ts'

const Uris = z.preprocess(listField, z.array(z.string()).max(400))

const AuthenticationForm = z.strictObject({
  web: Uris,
  spa: Uris,
  publicClient: Uris,
  logoutUrl: z.string().trim().optional(),
  accounts: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs'], 'Choose who can use the application.'),
  publicClientFlows: z.enum(['yes', 'no'], 'Choose Yes or No.').transform((value) => value === 'yes'),
  [SHOWN_FIELD]: z.string().optional(),
})

const ConfigureForm = z.strictObject({
  suggested: Uris,
  redirectUri: z.string().trim().default(''),
  logoutUrl: z.string().trim().default(''),
})

function valuesOf(registration: Application): Readonly<Record<string, string>> {
  return {
    accounts: registration.signInAudience,
    logoutUrl: registration.web.logoutUrl ?? '',
    publicClientFlows: registration.isFallbackPublicClient === true ? 'yes' : 'no',
  }
}

function urisOf(registration: Application): Readonly<Record<Platform, readonly string[]>> {
  const { web, spa, publicClient } = registration
  return { web: web.redirectUris, spa: spa.redirectUris, publicClient: publicClient.redirectUris }
}

/** What the page shows of a registration. */
const shownOf = (registration: Application) => [urisOf(registration), valuesOf(registration)]

/** Authentication: `/{applicationId}/authentication`, `/authentication/add`, `/authentication/add/{platform}`. */
export function authenticationRoutes(deps: AdminDeps): Router {
  const router = Router()

  const show = (req: Request, res: Response, over: Partial<AuthenticationView> = {}): void => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const view: AuthenticationView = {
      registration,
      readOnly,
      uris: urisOf(registration),
      values: valuesOf(registration),
      mark: markOf(shownOf(registration)),
      problems: {},
      ...over,
    }
    const paneProblems = over.pane?.kind === 'configure' ? over.pane.problems : {}
    sendPage(res, <AuthenticationPage context={context} view={view} />, { ...view.problems, ...paneProblems })
  }

  router.get('/:applicationId/authentication', (req, res) => show(req, res))

  router.post('/:applicationId/authentication', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const typed = z.looseObject({ web: Uris, spa: Uris, publicClient: Uris }).safeParse(req.body)
    const refuse = (problems: Readonly<Record<string, string>>): void => {
      const uris = typed.success ? withoutBlanks(typed.data) : urisOf(registration)
      const uriProblems = problems['redirectUris'] === undefined ? {} : uriProblemsOf(registration, uris)
      show(req, res, { uris, uriProblems, values: { ...valuesOf(registration), ...textsOf(req.body) }, problems })
    }
    const form = parseForm(AuthenticationForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { web, spa, publicClient, logoutUrl, accounts, publicClientFlows, shown } = form.value
    await attempt(async () => {
      mustBeAsShown(shown, shownOf(registration))
      const saved = await setRedirectUris(deps, context.actor, {
        applicationId: registration.id,
        uris: { web, spa, publicClient },
        through: 'page',
        patch: {
          signInAudience: accounts,
          ...(publicClientFlows || registration.isFallbackPublicClient !== undefined
            ? { isFallbackPublicClient: publicClientFlows }
            : {}),
          ...(logoutUrl === undefined ? {} : { logoutUrl: logoutUrl || null }),
        },
      })
      const text = `The authentication settings of ${saved.displayName} were saved.`
      await goSaying(deps, req, res, registrationHref(saved.id, 'authentication'), text)
    }, refuse)
  })

  const mustManage = (req: Request, res: Response): void => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(deps.system.store, context.actor, registration.id)
  }

  router.get('/:applicationId/authentication/add', (req, res) => {
    mustManage(req, res)
    show(req, res, { pane: { kind: 'choose' } })
  })

  router.get('/:applicationId/authentication/add/:platform', (req, res, next) => {
    const platform = PLATFORMS.find((each) => each === req.params.platform)
    if (platform === undefined) return next()
    mustManage(req, res)
    show(req, res, { pane: { kind: 'configure', platform, values: {}, problems: {} } })
  })

  router.post('/:applicationId/authentication/add/:platform', async (req, res, next) => {
    const platform = PLATFORMS.find((each) => each === req.params.platform)
    if (platform === undefined) return next()
    const { context, registration } = registrationContextOf(deps, req, res)
    const refuse = (found: Readonly<Record<string, string>>): void => {
      const { redirectUris, ...problems } = found
      const beside = redirectUris === undefined ? {} : { redirectUri: redirectUris }
      const values = typedTexts(req.body)
      show(req, res, { pane: { kind: 'configure', platform, values, problems: { ...problems, ...beside } } })
    }
    const form = parseForm(ConfigureForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { suggested, redirectUri, logoutUrl } = form.value
    const added = [...suggested, redirectUri].filter(Boolean)
    if (added.length === 0) return refuse({ redirectUri: 'Enter a redirect URI.' })
    await attempt(async () => {
      const saved = await setRedirectUris(deps, context.actor, {
        applicationId: registration.id,
        uris: { [platform]: [...redirectUrisOf(registration, platform), ...added] },
        through: 'page',
        patch: logoutUrl === '' ? {} : { logoutUrl },
      })
      const text = `${PLATFORM_NAMES[platform].title} was configured for ${saved.displayName}.`
      await goSaying(deps, req, res, registrationHref(saved.id, 'authentication'), text)
    }, refuse)
  })

  return router
}

/** What is wrong with each address as it was typed, by the name of its field: {@link uriField}. */
function uriProblemsOf(
  registration: Application,
  uris: Readonly<Record<Platform, readonly string[]>>,
): Readonly<Record<string, string>> {
  const seen = new Set<string>()
  const problemOf = (platform: Platform, uri: string): string | undefined => {
    if (seen.has(uri)) return 'This redirect URI is in the lists already.'
    seen.add(uri)
    return redirectUrisOf(registration, platform).includes(uri) ? undefined : redirectUriProblem(uri, platform, 'page')
  }
  const found = PLATFORMS.flatMap((platform) =>
    uris[platform].map((uri, index) => [uriField(platform, index), problemOf(platform, uri.trim())] as const),
  )
  return Object.fromEntries(found.flatMap(([field, problem]) => (problem === undefined ? [] : [[field, problem]])))
}

function withoutBlanks(uris: Readonly<Record<Platform, readonly string[]>>): Record<Platform, readonly string[]> {
  const clean = (platform: Platform) => uris[platform].filter((uri) => uri.trim() !== '')
  return { web: clean('web'), spa: clean('spa'), publicClient: clean('publicClient') }
}

function textsOf(body: unknown): Readonly<Record<string, string>> {
  const { accounts, logoutUrl, publicClientFlows } = typedTexts(body)
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(logoutUrl === undefined ? {} : { logoutUrl }),
    ...(publicClientFlows === undefined ? {} : { publicClientFlows }),
  }
}
