/** What a gallery shows of an app before it is added. */
export interface GalleryListing {
  /** Id of the template: the part of a job's id before the dot. */
  readonly templateId: string
  /** Tag of the provisioning connector. */
  readonly tag: string
  readonly name: string
  readonly publisher: string
  readonly categories: readonly string[]
  readonly description: string
  readonly singleSignOnModes: readonly string[]
  /** Line in the app's pane; absent when the app has no connector. */
  readonly provisioning?: string
  /** How the app comes into a tenant: by signing in at the target, or by a Create button. */
  readonly adding: { readonly kind: 'sign-up'; readonly path: string } | { readonly kind: 'create' }
  /** What the connector cannot do, for the provisioning pages. */
  readonly connectorNotes: readonly string[]
}

/**
 * Dialpad in the gallery. It is an OpenID Connect app: its pane has no Create button but sends people to the product, where
 * signing in with a work account brings the app into the tenant (reference 10.1).
 */
export const DIALPAD_LISTING: GalleryListing = {
  templateId: 'dialpad',
  tag: 'dialpad',
  name: 'Dialpad',
  publisher: 'Dialpad, Inc.',
  categories: ['Collaboration', 'Telecommunications', 'Productivity'],
  description:
    'Business phone, meetings and messages in one app. Add it by logging in to Dialpad with a work account; accounts and groups can then be kept up to date automatically.',
  singleSignOnModes: ['OpenID Connect'],
  provisioning: 'Automatic provisioning supported',
  adding: { kind: 'sign-up', path: '/' },
  connectorNotes: ['Renaming a group does not rename it in Dialpad.'],
}

/** Delegated permissions Dialpad asks for, in the order of its consent page. No list is published (assumed). */
export const DIALPAD_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'User.Read',
  'Contacts.Read',
  'Calendars.Read',
  'User.ReadBasic.All',
]
