import type { Request, Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import type { NavItem } from '#kit/ui/side-nav.tsx'
import { findSignIns, type SignInFilter, signInById, signIns } from '../../sign-in-logs/find-sign-ins.ts'
import type { AdminDeps } from '../context.ts'
import { withQuery } from '../log-address.ts'
import { type LogPages, type LogPlace, logRoutes } from '../log-pages.tsx'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { SIGN_IN_TABS, SignInDetails, type SignInTab } from './sign-in-details.tsx'
import { signInCsv, signInJson } from './sign-in-files.ts'
import { SignInListPart } from './sign-in-list.tsx'
import { signInQueryOf } from './sign-in-query.ts'

const SIGN_INS_HREF = '/admin/sign-in-logs'

/** What sign-in logs add to the Monitoring group of the left navigation. */
export const SIGN_IN_MONITORING: readonly NavItem[] = [{ label: 'Sign-in logs', href: SIGN_INS_HREF, icon: 'key' }]

/** Only entries about this person or app. */
function aboutOf({ scope }: LogPlace): Pick<SignInFilter, 'userId' | 'appId'> {
  switch (scope.kind) {
    case 'tenant':
      return {}
    case 'app':
      return { appId: scope.appId }
    case 'user':
      return { userId: scope.id }
  }
}

function signInPages({ system: { store, clock } }: AdminDeps): LogPages {
  const filterOf = (req: Request, place: LogPlace) => ({ ...signInQueryOf(req, clock.now()).filter, ...aboutOf(place) })
  return {
    name: 'Sign-in logs',
    icon: 'key',
    href: SIGN_INS_HREF,
    below: { app: 'sign-ins', user: 'sign-ins' },
    fileName: 'SignInLogs',
    list(req, place) {
      const { href, context, scope } = place
      const { query, list } = signInQueryOf(req, clock.now())
      const request = { ...listRequestOf(req), text: '' }
      const { entries, hasMore } = findSignIns(store, context.tenant.id, clock.now(), filterOf(req, place), request)
      const pager = pagerOf(request, { count: entries.length, hasMore }, 'sign-ins', href, { ...query })
      return { query, list: <SignInListPart view={{ href, scope: scope.kind, list, query, entries, pager }} /> }
    },
    details(req, place, entryId) {
      const { context, href } = place
      const about = aboutOf(place)
      const entry = signInById(store, context.tenant.id, clock.now(), entryId)
      const isOurs =
        entry !== undefined &&
        (about.userId === undefined || entry.user?.id === about.userId) &&
        (about.appId === undefined || entry.app.appId === about.appId)
      if (!isOurs) {
        throw new Refusal('not_found', 404, 'There is no such sign-in in the logs.', {
          hint: 'Sign-ins are kept for 30 days.',
        })
      }
      const { query } = signInQueryOf(req, clock.now())
      const tab = (Object.keys(SIGN_IN_TABS) as SignInTab[]).find((each) => each === queryText(req, 'tab')) ?? 'basic'
      const tabHref = (name: SignInTab): string =>
        withQuery(`${href}/${entry.id}`, { ...query, tab: name === 'basic' ? '' : name })
      return <SignInDetails view={{ entry, tab, tabHref, closeHref: withQuery(href, query) }} />
    },
    file(req, place, format) {
      const entries = signIns(store, place.context.tenant.id, clock.now(), filterOf(req, place))
      return format === 'csv' ? signInCsv(entries) : signInJson(entries)
    },
  }
}

/** Pages of the sign-in logs, addresses relative to `/admin`: of the tenant, below each app and each user. */
export function signInLogRoutes(deps: AdminDeps): Router {
  return logRoutes(deps, signInPages(deps))
}
