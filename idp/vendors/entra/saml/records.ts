import type { CollectionSpecs } from '#kit/store/store.ts'

/** Form of the Unique User Identifier, as its page names it. */
export type NameIdFormat = 'emailAddress' | 'unspecified' | 'persistent' | 'transient'

/** A claim of an answer, and where its value comes from: an attribute (`user.mail`) or a text of its own in quotes. */
export interface SamlClaim {
  readonly name: string
  /** Absent: the name stands alone. */
  readonly namespace?: string
  readonly source: string
}

/** Which groups an answer names. */
export interface GroupsClaim {
  readonly which: 'all' | 'security' | 'assigned'
  /** What stands for a group: its object id or its display name. */
  readonly sourceAttribute: 'id' | 'displayName'
}

/** Which part of an answer is signed. */
export type SigningOption = 'assertion' | 'response' | 'both'

/** What "Set up Single Sign-On with SAML" holds of an enterprise app. Keyed by the id of its service principal. */
export interface SamlSettings {
  readonly principalId: string
  readonly tenantId: string
  /** Identifier (Entity ID): by any of them the app may name itself; the first is the default. */
  readonly identifiers: readonly string[]
  /** Reply URL (Assertion Consumer Service URL): an answer goes to one of them; the first is the default. */
  readonly replyUrls: readonly string[]
  /** Where the app itself begins a sign-in; absent: this side begins. */
  readonly signOnUrl?: string
  readonly relayState?: string
  readonly logoutUrl?: string
  readonly nameId: { readonly format: NameIdFormat; readonly source: string }
  readonly claims: readonly SamlClaim[]
  readonly groupsClaim?: GroupsClaim
  readonly signingOption: SigningOption
  readonly notificationEmails: readonly string[]
}

export type EntraSamlShape = {
  samlSettings: SamlSettings
}

export const ENTRA_SAML_COLLECTIONS: CollectionSpecs<EntraSamlShape> = {
  samlSettings: {
    indexes: {
      /** By what a request calls its sender, in one tenant. */
      identifier: ({ tenantId, identifiers }) => identifiers.map((each) => identifierKey(tenantId, each)),
    },
  },
}

/** Value of the index `identifier`. Entity ids are compared as they are (SAML core §8.3.6). */
export function identifierKey(tenantId: string, identifier: string): string {
  return `${tenantId}/${identifier}`
}
