import { CUSTOM_APP_TEMPLATE_ID } from '#idp/gallery/dialpad/custom-app.ts'
import { DIALPAD_LISTING, type GalleryListing } from '#idp/gallery/dialpad/listing.ts'
import { SAML_TOOLKIT_LISTING } from '#idp/gallery/saml-toolkit/listing.ts'
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
  /** Adding it makes a new application of the tenant; else it brings the publisher's. */
  readonly makesApplication: boolean
}

/** The template of apps that are in no gallery; its id is published (reference 11.1). */
export const CUSTOM_APP: AppTemplate = {
  id: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  templateId: CUSTOM_APP_TEMPLATE_ID,
  displayName: 'Custom',
  publisher: '',
  description: 'An app that is not in the gallery.',
  categories: [],
  singleSignOnModes: ['saml'],
  makesApplication: true,
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
    singleSignOnModes: listing.adding.kind === 'create' ? ['saml'] : ['oidc'],
    makesApplication: listing.adding.kind === 'create',
  }
}

export const APP_TEMPLATES: readonly AppTemplate[] = [
  templateOfListing(DIALPAD_LISTING),
  templateOfListing(SAML_TOOLKIT_LISTING),
  CUSTOM_APP,
]

/** The template an app was made from; `undefined` for a registration. */
export function templateOf({ templateId }: { readonly templateId?: string }): AppTemplate | undefined {
  return APP_TEMPLATES.find((template) => template.templateId === templateId)
}
