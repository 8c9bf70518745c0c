import { catalogEntry } from '../../../apps/catalog.ts'
import type { GroupFilter, NameFormat, NameIdFormat, OktaApp } from '../../../apps/records.ts'

/** Words of the Sign On tab. */

export const NAME_FORMAT_LABELS: Readonly<Record<NameFormat, string>> = {
  unspecified: 'Unspecified',
  uri: 'URI Reference',
  basic: 'Basic',
}

export const GROUP_FILTER_LABELS: Readonly<Record<GroupFilter, string>> = {
  'starts-with': 'Starts with',
  equals: 'Equals',
  contains: 'Contains',
  regex: 'Matches regex',
}

export const NAME_ID_FORMAT_LABELS: Readonly<Record<NameIdFormat, string>> = {
  unspecified: 'Unspecified',
  emailAddress: 'EmailAddress',
  persistent: 'Persistent',
  transient: 'Transient',
}

/** What the two values of the other side are called: an app of the wizard has the wizard's names for them. */
export interface ServiceLabels {
  readonly card: string
  readonly acsUrl: string
  readonly spEntityId: string
  /** Whether the administrator chooses the Name ID format; the catalog settles it for its apps. */
  readonly choosesNameId: boolean
}

export function serviceLabels(app: Pick<OktaApp, 'catalogKey'>): ServiceLabels {
  return catalogEntry(app.catalogKey)?.listed === false
    ? {
        card: 'SAML Settings',
        acsUrl: 'Single sign-on URL',
        spEntityId: 'Audience URI (SP Entity ID)',
        choosesNameId: true,
      }
    : { card: 'Advanced Sign-on Settings', acsUrl: 'SP SSO URL', spEntityId: 'SP Entity ID', choosesNameId: false }
}
