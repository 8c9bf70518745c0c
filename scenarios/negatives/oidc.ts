import type { LibraryConduct, Negative } from './negative.ts'

const CORE = 'OpenID Connect Core 1.0'
const UNTRUSTED = 'The answer cannot be trusted'

const REFUSES: LibraryConduct = { kind: 'refuses', words: 'openid-client refuses by itself.' }
const WITH_SIGNATURES: LibraryConduct = {
  kind: 'optional',
  words:
    'openid-client looks at signatures of the token endpoint only after enableNonRepudiationChecks; by default it relies on the connection.',
}

interface Told extends Pick<Negative, 'title' | 'wrong' | 'correct' | 'source'> {
  readonly library?: LibraryConduct
  readonly from?: Negative['from']
  /** Words of Dialpad's page. */
  readonly says: string
  /** Title of Dialpad's page, where it is another. */
  readonly titled?: string
}

function idToken(
  flaw: string,
  { says, titled = UNTRUSTED, library = REFUSES, from = ['entra', 'okta'], ...told }: Told,
): Negative {
  return {
    id: `oidc/${flaw}`,
    protocol: 'oidc',
    ...told,
    rule: { on: 'oidc.id-token', flaw },
    from,
    library,
    dialpad: { title: titled, text: says },
  }
}

/** What can be wrong with an ID token, and with a code. */
export const OIDC_NEGATIVES: readonly Negative[] = [
  idToken('wrong-audience', {
    title: 'Wrong audience',
    wrong: 'The ID token is made out to another application: aud is another-application.',
    correct:
      'Refuse it: a token for somebody else proves nothing here. Say that the sign-in could not be verified, and keep "audience" for the log.',
    source: `${CORE} §3.1.3.7, 3`,
    says: 'JWT "aud" (audience) claim value',
  }),
  idToken('wrong-issuer', {
    title: 'Wrong issuer',
    wrong: 'The ID token is issued by https://another-issuer.example, signed with the right key all the same.',
    correct:
      'Compare iss with the issuer of discovery, letter by letter, and refuse. A key proves who signed; only the issuer says for whom.',
    source: `${CORE} §3.1.3.7, 2`,
    says: 'JWT "iss" (issuer) claim value',
  }),
  idToken('wrong-tenant', {
    title: 'Another tenant',
    wrong: 'A token of another organization: tid and the tenant in iss are of one nobody here belongs to.',
    correct:
      'An application of one tenant compares the issuer; one of many has a list of tenants it serves, and keeps people of different tenants apart by tid and oid.',
    source: `${CORE} §3.1.3.7, 2; Microsoft identity platform: ID token claims reference, tid`,
    from: ['entra'],
    library: {
      kind: 'refuses',
      words:
        'openid-client refuses where it was set up with the issuer of one tenant; with organizations or common the application has to look.',
    },
    says: 'logs in with one Microsoft organization only',
    titled: 'This is another Microsoft organization',
  }),
  idToken('wrong-nonce', {
    title: 'Wrong nonce',
    wrong: 'The nonce is that of another sign-in: the token was not made for this one.',
    correct:
      'Keep the nonce with the browser that began, compare, and refuse: somebody may be slipping in a token of theirs. Let the person begin again.',
    source: `${CORE} §3.1.3.7, 11; §15.5.2`,
    says: 'ID Token "nonce" claim value',
  }),
  idToken('missing-nonce', {
    title: 'No nonce',
    wrong: 'The application sent a nonce, and the ID token has none.',
    correct: 'Refuse: whoever asked with a nonce must get it back. A comparison with nothing is not a comparison.',
    source: `${CORE} §3.1.3.7, 11`,
    says: 'JWT "nonce" (nonce) claim missing',
  }),
  idToken('expired', {
    title: 'Expired',
    wrong: 'The ID token ended an hour ago: iat, nbf and exp are two hours back.',
    correct: 'Refuse and let the person sign in again; nothing in it may be used, not even for a greeting.',
    source: `${CORE} §3.1.3.7, 9; RFC 7519 §4.1.4`,
    says: 'expiration is past current timestamp',
  }),
  idToken('not-yet-valid', {
    title: 'Not yet valid',
    wrong: 'The ID token begins in two hours: nbf is in the future.',
    correct: 'Refuse. Say that a clock is wrong, and log both times: that is what an administrator needs.',
    source: 'RFC 7519 §4.1.5',
    says: 'JWT "nbf" (not before) claim value',
  }),
  idToken('clock-skew', {
    title: 'Clock skew',
    wrong: 'The clock of the provider is ten minutes fast, and dates the ID token by it.',
    correct:
      'A leeway of a minute or two is reasonable, a few minutes the most. Beyond it refuse, and say that clocks differ: do not widen the leeway until it passes.',
    source: 'RFC 7519 §4.1.5; §4.1.4 (leeway of a few minutes)',
    library: {
      kind: 'refuses',
      words: 'openid-client refuses by itself: its leeway is 30 seconds, and an option (clockTolerance).',
    },
    says: 'JWT "nbf" (not before) claim value',
  }),
  idToken('unknown-key', {
    title: 'Unknown key',
    wrong: 'The ID token is signed with a key whose kid the provider does not publish.',
    correct:
      'Read the key set once more, since keys roll over, at most every few minutes; when the kid is still not there, refuse. Never try the other keys.',
    source: `${CORE} §10.1.1; §3.1.3.7, 6`,
    library: WITH_SIGNATURES,
    says: 'no applicable keys found',
  }),
  idToken('bad-signature', {
    title: 'Wrong signature',
    wrong: 'Header and claims are right and name a published key; the signature does not match.',
    correct: 'Refuse before a single claim is believed.',
    source: `${CORE} §3.1.3.7, 6; RFC 7515 §5.2`,
    library: WITH_SIGNATURES,
    says: 'JWT signature verification failed',
  }),
  idToken('alg-none', {
    title: 'alg none',
    wrong: 'The header says alg none, and there is no signature: anybody could have written it.',
    correct: 'Accept the algorithms that were agreed on, and no other; the token does not choose.',
    source: `${CORE} §3.1.3.7, 7; RFC 8725 §3.1`,
    says: 'JWT "alg" header parameter',
  }),
  {
    id: 'oidc/replayed-code',
    protocol: 'oidc',
    title: 'Replayed code',
    wrong: 'Instead of a new code the browser brings one that was redeemed at the sign-in before.',
    rule: { on: 'oidc.code', flaw: 'replayed-code' },
    from: ['entra', 'okta'],
    before:
      'Sign in once to the same application, less than the life of a code ago (Entra ten minutes, Okta five). Until then the rule waits.',
    correct:
      'The token endpoint refuses with invalid_grant; where PKCE is used it names the verifier, since the code belongs to that of its own sign-in. Show that the sign-in did not work and offer to begin again; do not try the same code twice, and do not let in whoever was signed in before.',
    source: 'RFC 6749 §4.1.2, §5.2; OpenID Connect Core 1.0 §3.1.3.2',
    library: { kind: 'refuses', words: 'openid-client passes on invalid_grant of the token endpoint.' },
    dialpad: { title: 'Microsoft did not log you in', text: 'invalid_grant' },
  },
]
