/** The providers that can be told to do something wrong. */
export const PROVIDERS = ['entra', 'okta'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** What a client library of the protocol does about it, unmodified. */
export interface LibraryConduct {
  /** It refuses by itself; or it does with an option; or it leaves it to the application. */
  readonly kind: 'refuses' | 'optional' | 'silent'
  /** In one sentence. */
  readonly words: string
}

/** One thing that can be wrong with a sign-in, and what an application that is in order does about it. */
export interface Negative {
  /** `oidc/wrong-audience`. */
  readonly id: string
  readonly protocol: 'oidc' | 'saml'
  readonly title: string
  /** What is wrong with what the provider hands out. */
  readonly wrong: string
  /** The fault rule: operation and flaw of the provider. */
  readonly rule: { readonly on: string; readonly flaw: string }
  readonly from: readonly ProviderName[]
  /** What has to be done before, for the flaw to be possible. */
  readonly before?: string
  /** What a correct application does, and says. */
  readonly correct: string
  /** Sections of the standard that say so. */
  readonly source: string
  /** openid-client for OpenID Connect, `@node-saml/node-saml` for SAML. */
  readonly library: LibraryConduct
  /** The page Dialpad shows: its title, and words of its text. */
  readonly dialpad: { readonly title: string; readonly text: string }
}

/** Names as people know them. */
export const PROTOCOL_LABELS: Readonly<Record<Negative['protocol'], string>> = {
  oidc: 'OpenID Connect',
  saml: 'SAML',
}
export const PROVIDER_LABELS: Readonly<Record<ProviderName, string>> = { entra: 'Entra', okta: 'Okta' }
