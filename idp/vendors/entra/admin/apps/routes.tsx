import { type Request, type Response, Router } from 'express'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { DIALPAD_LISTING, type GalleryListing } from '#idp/gallery/dialpad/listing.ts'
import { SAML_TOOLKIT_LISTING } from '#idp/gallery/saml-toolkit/listing.ts'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { APP_ADMIN_ROLES, holdsOneOf } from '../../commands/actor.ts'
import { type AdminDeps, contextOf } from '../context.ts'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { appContextOf } from './app-context.ts'
import { assignmentRoutes } from './assignment-routes.tsx'
import { galleryAppRoutes } from './gallery-app-routes.ts'
import { type GalleryEntry, GalleryPage, type GalleryView } from './gallery-page.tsx'
import { APPLICATION_TYPES, AppListPage, type ApplicationType } from './list-page.tsx'
import { AppOverviewPage } from './overview-page.tsx'
import { ownApplicationRoutes } from './own-application-routes.ts'
import { ownerRoutes } from './owner-routes.tsx'
import { permissionRoutes } from './permission-routes.tsx'
import { propertyRoutes } from './property-routes.tsx'
import { singleSignOnRoutes } from './single-sign-on/routes.tsx'

/** The real product's site, as its gallery entry names it. */
const DIALPAD_SITE = 'https://www.dialpad.com/'

/** Enterprise apps: the list, the gallery, and the pages of each app. Mount at `/apps`. */
export function appRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/', (req, res) => {
    const context = contextOf(deps, req, res)
    const request = listRequestOf(req)
    const type = APPLICATION_TYPES.find((each) => each === queryText(req, 'type')) ?? 'Enterprise applications'
    const all = findApps(store.find('servicePrincipals', 'tenant', context.tenant.id), type, request.text)
    const apps = all.slice(request.offset, request.offset + request.limit)
    const shown = { count: apps.length, total: all.length, hasMore: request.offset + apps.length < all.length }
    const pager = pagerOf(request, shown, 'applications', '/admin/apps', { type })
    const view = { apps, found: all.length, text: request.text, type, pager }
    res.type('html').send(renderPage(<AppListPage context={context} view={view} />))
  })

  const showGallery = (
    req: Request,
    res: Response,
    templateId?: string,
    panes: Pick<GalleryView, 'own' | 'adding'> = {},
  ): void => {
    const context = contextOf(deps, req, res)
    const text = queryText(req, 'q')
    const all = galleryOf(deps, context.tenant.id)
    const open = templateId === undefined ? undefined : all.find((each) => each.listing.templateId === templateId)
    if (templateId !== undefined && open === undefined) {
      throw new Refusal('not_found', 404, `The gallery has no application '${templateId}'.`)
    }
    const entries = all.filter(({ listing }) => listing.name.toLowerCase().includes(text.toLowerCase()))
    const readOnly = holdsOneOf(context.standing, APP_ADMIN_ROLES)
      ? undefined
      : 'Needs an application administrator role.'
    const view = { text, entries, open, readOnly, ...panes }
    res.type('html').send(renderPage(<GalleryPage context={context} view={view} />))
  }
  router.get('/gallery', (req, res) => showGallery(req, res))
  router.use(
    '/create',
    ownApplicationRoutes(deps, (req, res, own) => showGallery(req, res, undefined, { own })),
  )
  router.get('/gallery/:templateId', (req, res) => showGallery(req, res, req.params.templateId))
  router.use(
    '/gallery',
    galleryAppRoutes(deps, (req, res, templateId, adding) => showGallery(req, res, templateId, { adding })),
  )

  router.get('/:appId', (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const assigned = store.find('appRoleAssignments', 'resource', app.id)
    const count = (type: 'User' | 'Group'): number =>
      new Set(assigned.filter((each) => each.principalType === type).map((each) => each.principalId)).size
    const registration = store.get('applications', app.applicationId)
    const isOwn = registration?.tenantId === context.tenant.id && registration.deletedDateTime === undefined
    const registrationHref = isOwn && !app.firstParty ? `/admin/registrations/${app.applicationId}` : undefined
    const view = { app, registrationHref, users: count('User'), groups: count('Group') }
    res.type('html').send(renderPage(<AppOverviewPage context={context} view={view} />))
  })

  router.use(
    propertyRoutes(deps),
    ownerRoutes(deps),
    assignmentRoutes(deps),
    permissionRoutes(deps),
    singleSignOnRoutes(deps),
  )
  return router
}

/** Apps of one type whose name holds the text, or whose object or application id is the text; by name. */
function findApps(all: readonly ServicePrincipal[], type: ApplicationType, text: string): readonly ServicePrincipal[] {
  const wanted = text.toLowerCase()
  return all
    .filter((app) => type === 'All applications' || app.firstParty === (type === 'Microsoft applications'))
    .filter((app) => app.displayName.toLowerCase().includes(wanted) || app.id === wanted || app.appId === wanted)
    .sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'))
}

function galleryOf({ system }: AdminDeps, tenantId: string): readonly GalleryEntry[] {
  const apps = system.store.find('servicePrincipals', 'tenant', tenantId)
  const appOf = ({ templateId }: GalleryListing) => apps.find((each) => each.templateId === templateId)
  const dialpad = { localUrl: `${system.urls['dialpad'] ?? ''}/`, realUrl: DIALPAD_SITE }
  return [
    { listing: DIALPAD_LISTING, signUp: dialpad, app: appOf(DIALPAD_LISTING) },
    { listing: SAML_TOOLKIT_LISTING, app: appOf(SAML_TOOLKIT_LISTING) },
  ]
}
