import type { RequestHandler } from 'express'
import { jobOfApp } from '#idp/engine/jobs.ts'
import { type AdminDeps, tell } from '../../context.ts'
import { unsavedKinds } from './mapping-draft.ts'

/** Pages that show unsaved changes themselves. */
const OWN = /^\/(mapping|schema|expression-builder)(\/|$)/

/**
 * Tells on the other pages of an app's provisioning that its mapping has changes nobody saved, so that they are not forgotten
 * when the page is left. Mount it below the app, before the pages.
 */
export function unsavedNotice(deps: AdminDeps): RequestHandler {
  return (req, res, next) => {
    const isPage = req.method === 'GET' && !OWN.test(req.path) && req.get('hx-request') === undefined
    const job = isPage ? jobOfApp(deps.system.store, String(req.params['appId'])) : undefined
    const kinds = job === undefined ? [] : unsavedKinds(deps, req, job)
    if (kinds.length > 0) {
      tell(
        res,
        `The attribute mapping of ${kinds.join(' and of ')} has unsaved changes. Save or discard them in Attribute Mapping.`,
        'warning',
      )
    }
    next()
  }
}
