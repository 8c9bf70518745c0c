import { Router } from 'express'
import { METADATA_TYPE } from '#kit/saml/names.ts'
import { chooseSaml, disableSaml, mayChooseSaml, samlSettingsOf, saveBasicSaml } from '../../../saml/commands.ts'
import { appMetadata } from '../../../saml/metadata.ts'
import type { SamlSettings } from '../../../saml/records.ts'
import type { AdminDeps } from '../../context.ts'
import type { FormView } from '../../form-problem.tsx'
import { problemsOf } from '../../forms.ts'
import { appContextOf } from '../app-context.ts'
import { BasicSamlPage } from './basic-page.tsx'
import { certificateRoutes } from './certificate-routes.tsx'
import { claimRoutes } from './claim-routes.tsx'
import { samlViewOf } from './saml-view.ts'
import { SetUpPage } from './set-up-page.tsx'
import { signOnPages, textsOf } from './sign-on-pages.ts'
import { DisableSignOnPage, OpenIdSignOnPage, SignOnMethodPage } from './sso-page.tsx'

/** Single sign-on of an app: `/{appId}/sign-on` and below. */
export function singleSignOnRoutes(deps: AdminDeps): Router {
  const { system } = deps
  const { store } = system
  const router = Router()

  const { send, managed, done } = signOnPages(deps)

  router.get('/:appId/sign-on', async (req, res) => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    if (store.get('samlSettings', app.id) !== undefined) {
      return send(res, <SetUpPage context={context} view={await samlViewOf(system, app, readOnly)} />)
    }
    if (!mayChooseSaml(store, app)) return send(res, <OpenIdSignOnPage context={context} app={app} />)
    return send(res, <SignOnMethodPage context={context} view={{ app, readOnly }} />)
  })

  router.post('/:appId/sign-on/saml', async (req, res) => {
    const { context, app } = managed(req, res)
    try {
      await chooseSaml(deps, context.actor, { appId: app.id })
    } catch (error) {
      const problem = Object.values(problemsOf(error))[0]
      return send(res, <SignOnMethodPage context={context} view={{ app, readOnly: undefined, problem }} />, 422)
    }
    return done(req, res, app, '', `SAML is the single sign-on method of ${app.displayName}.`)
  })

  router.get('/:appId/sign-on/disable', (req, res) => {
    const { context, app } = managed(req, res)
    samlSettingsOf(store, app.id)
    send(res, <DisableSignOnPage context={context} app={app} />)
  })
  router.post('/:appId/sign-on/disable', async (req, res) => {
    const { context, app } = managed(req, res)
    await disableSaml(deps, context.actor, { appId: app.id })
    await done(req, res, app, '', `Single sign-on of ${app.displayName} is disabled.`)
  })

  router.get('/:appId/sign-on/test', async (req, res) => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    send(res, <SetUpPage context={context} view={await samlViewOf(system, app, readOnly)} isTesting />)
  })

  router.get('/:appId/sign-on/metadata.xml', async (req, res) => {
    const { app } = appContextOf(deps, req, res)
    samlSettingsOf(store, app.id)
    const body = await appMetadata(system, app)
    res.type(METADATA_TYPE).attachment(`${app.displayName}.xml`).send(body)
  })

  router.get('/:appId/sign-on/basic', (req, res) => {
    const { context, app } = managed(req, res)
    const form = { values: basicValues(samlSettingsOf(store, app.id)), problems: {} }
    send(res, <BasicSamlPage context={context} app={app} form={form} />)
  })
  router.post('/:appId/sign-on/basic', async (req, res) => {
    const { context, app } = managed(req, res)
    const values = textsOf(req.body)
    try {
      await saveBasicSaml(deps, context.actor, { appId: app.id, basic: basicOf(values) })
    } catch (error) {
      const form = { values: withoutGaps(values), problems: problemsOf(error) }
      return send(res, <BasicSamlPage context={context} app={app} form={form} />, 422)
    }
    return done(req, res, app, '', 'The basic SAML configuration was saved.')
  })

  router.use(claimRoutes(deps), certificateRoutes(deps))
  return router
}

const LISTS = ['identifier', 'replyUrl'] as const

/** The filled fields of a list in their order. */
function listIn(values: FormView['values'], name: (typeof LISTS)[number]): readonly string[] {
  return Object.keys(values)
    .filter((each) => each.startsWith(`${name}.`))
    .toSorted((one, other) => Number(one.slice(name.length + 1)) - Number(other.slice(name.length + 1)))
    .map((each) => values[each] ?? '')
    .filter((value) => value !== '')
}

function basicOf(values: FormView['values']): Pick<SamlSettings, 'identifiers' | 'replyUrls'> & Partial<SamlSettings> {
  const { signOnUrl, relayState, logoutUrl } = values
  return {
    identifiers: listIn(values, 'identifier'),
    replyUrls: listIn(values, 'replyUrl'),
    ...(signOnUrl ? { signOnUrl } : {}),
    ...(relayState ? { relayState } : {}),
    ...(logoutUrl ? { logoutUrl } : {}),
  }
}

/** The fields as they are shown again: lists without gaps, as what is wrong is counted. */
function withoutGaps(values: FormView['values']): FormView['values'] {
  const { signOnUrl = '', relayState = '', logoutUrl = '' } = values
  return {
    ...Object.fromEntries(LISTS.flatMap((name) => listIn(values, name).map((each, at) => [`${name}.${at}`, each]))),
    signOnUrl,
    relayState,
    logoutUrl,
  }
}

function basicValues({ identifiers, replyUrls, signOnUrl, relayState, logoutUrl }: SamlSettings): FormView['values'] {
  return {
    ...Object.fromEntries(identifiers.map((each, at) => [`identifier.${at}`, each])),
    ...Object.fromEntries(replyUrls.map((each, at) => [`replyUrl.${at}`, each])),
    signOnUrl: signOnUrl ?? '',
    relayState: relayState ?? '',
    logoutUrl: logoutUrl ?? '',
  }
}
