import type { Request, RequestHandler } from 'express'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { CUSTOM_APP_TEMPLATE_ID } from '#idp/gallery/dialpad/custom-app.ts'
import type { AdminDeps } from '../../context.ts'

/** What an address carries to open the attribute lists of gallery apps too (reference 5.2). */
export const SCHEMA_EDITOR_FLAG = 'Microsoft_AAD_Connect_Provisioning_forceSchemaEditorEnabled'

/** Name under which the session remembers that a page was opened with the flag. */
const KEPT = 'schemaEditor'

/** Remembers the flag of an address for the rest of the session; `=false` forgets it. Mount it before the pages of provisioning. */
export function schemaEditorFlag({ admin }: AdminDeps): RequestHandler {
  return async (req, _res, next) => {
    const flag = req.method === 'GET' ? req.query[SCHEMA_EDITOR_FLAG] : undefined
    if ((flag === 'true' || flag === 'false') && admin.sessions.of(req) !== undefined) {
      await admin.sessions.set(req, { [KEPT]: flag === 'true' ? 'true' : undefined })
    }
    next()
  }
}

/** Whether the list of an app's attributes can be opened: always for an app of no gallery, for others with the flag. */
export function canEditAttributes({ admin }: AdminDeps, req: Request, app: ServicePrincipal): boolean {
  return app.templateId === CUSTOM_APP_TEMPLATE_ID || admin.sessions.of(req)?.data[KEPT] === 'true'
}
