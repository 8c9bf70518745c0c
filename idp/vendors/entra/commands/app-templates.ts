import { CUSTOM_APP_TEMPLATE_ID } from '#idp/gallery/dialpad/custom-app.ts'
import { DIALPAD_LISTING, type GalleryListing } from '#idp/gallery/dialpad/listing.ts'
import { guidOf } from '#kit/ids.ts'

/** An app of the gallery, or the blank one that becomes whatever it is named: what Graph calls an application template. */
export interface AppTemplate {
  /** A GUID: how Graph names it. */
  readonly id: string
  /** How this twin names it: the `templateId` of applications and service principals. */
  readonly templateId: string
  readonly displayName: string
  readonly publisher: string
  readonly description: string
  readonly categories: readonly string[]
  readonly singleSignOnModes: readonly ('oidc' | 'saml' | 'password' | 'notSupported')[]
}

/** The template of apps that are in no gallery; its id is published (reference 11.1). */
const CUSTOM_APP: AppTemplate = {
  id: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  templateId: CUSTOM_APP_TEMPLATE_ID,
  displayName: 'Custom',
  publisher: '',
  description: 'An app that is not in the gallery.',
  categories: [],
  singleSignOnModes: ['notSupported'],
}

/** The id of a listing's template is not published. */
function templateOfListing(listing: GalleryListing): AppTemplate {
  return {
    id: guidOf(`gallery/${listing.templateId}/template`),
    templateId: listing.templateId,
    displayName: listing.name,
    publisher: listing.publisher,
    description: listing.description,
    categories: listing.categories,
    singleSignOnModes: ['oidc'],
  }
}

export const APP_TEMPLATES: readonly AppTemplate[] = [templateOfListing(DIALPAD_LISTING), CUSTOM_APP]

/** The template an app was made from; `undefined` for a registration. */
export function templateOf({ templateId }: { readonly templateId?: string }): AppTemplate | undefined {
  return APP_TEMPLATES.find((template) => template.templateId === templateId)
}

/** Whether the template makes a new application, rather than bringing its publisher's into the tenant. */
export function isBlank(template: AppTemplate): boolean {
  return template.templateId === CUSTOM_APP_TEMPLATE_ID
}
