import type { GalleryListing } from '../dialpad/listing.ts'

/**
 * The toolkit of the gallery: an app without a service behind it, to be set up with SAML for whatever has no entry of its own
 * (reference sheet of the target, 2.2: the way its maker's article goes). Its Create button makes a new app, as many as wanted.
 */
export const SAML_TOOLKIT_LISTING: GalleryListing = {
  templateId: 'saml-toolkit',
  tag: 'aadsamltoolkit',
  name: 'Microsoft Entra SAML Toolkit',
  publisher: 'Microsoft Corporation',
  categories: ['Developer services'],
  description:
    'Tries out and sets up single sign-on with SAML for an app that has no entry of its own in the gallery. Give it the identifier and the reply URL of the app.',
  singleSignOnModes: ['SAML'],
  adding: { kind: 'create' },
  connectorNotes: [],
}
