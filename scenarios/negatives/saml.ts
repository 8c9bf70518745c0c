import type { LibraryConduct, Negative } from './negative.ts'

const PROFILE = 'SAML profiles'
const CORE = 'SAML core'

const REFUSES: LibraryConduct = { kind: 'refuses', words: 'node-saml refuses by itself.' }
const silent = (words: string): LibraryConduct => ({ kind: 'silent', words })

interface Told extends Pick<Negative, 'title' | 'wrong' | 'correct' | 'source' | 'dialpad'> {
  readonly library?: LibraryConduct
  readonly before?: string
}

function answer(flaw: string, { library = REFUSES, ...told }: Told): Negative {
  return {
    id: `saml/${flaw}`,
    protocol: 'saml',
    ...told,
    rule: { on: 'saml.answer', flaw },
    from: ['entra', 'okta'],
    library,
  }
}

/** What can be wrong with an answer of an identity provider. */
export const SAML_NEGATIVES: readonly Negative[] = [
  answer('replayed-assertion', {
    title: 'Replayed assertion',
    wrong: 'The answer of the sign-in before is delivered again, as somebody would who got hold of it.',
    before:
      'Sign in once to the same application, so that there is an answer that still holds. Until then the rule waits.',
    correct:
      'Keep the ids of assertions that were used until they end, and refuse the second use. Say that this login is over, and offer to begin again.',
    source: `${PROFILE} §4.1.4.5`,
    library: silent('node-saml does not remember assertions: an application keeps the ids itself.'),
    dialpad: { title: 'This login is over', text: 'was used already' },
  }),
  answer('wrong-audience', {
    title: 'Wrong audience',
    wrong: 'The assertion is meant for https://another-application.example/metadata.',
    correct:
      'Compare the audience with your own entity id and refuse. Say that the entity id differs: it is a setting.',
    source: `${CORE} §2.5.1.4`,
    dialpad: { title: 'SAML error: audience', text: 'meant for another SP Entity ID' },
  }),
  answer('wrong-acs', {
    title: 'Wrong ACS',
    wrong: 'Destination and Recipient are the address of another application.',
    correct:
      'Compare both with the address the answer came to and refuse: an answer for another service must not be worth anything here.',
    source: `${PROFILE} §4.1.4.3; SAML bindings §3.5.5.2`,
    library: silent('node-saml looks at neither: an application compares Destination and Recipient itself.'),
    dialpad: { title: 'SAML error: destination', text: 'meant for another SP SSO Url' },
  }),
  answer('wrong-issuer', {
    title: 'Wrong issuer',
    wrong: 'Answer and assertion are issued by https://another-issuer.example, signed with the right certificate.',
    correct:
      'Compare the issuer with the entity id of the identity provider that was set up, letter by letter, and refuse.',
    source: `${PROFILE} §4.1.4.2, §4.1.4.3`,
    library: silent(
      'node-saml compares the issuer of logouts alone: an application compares that of the assertion itself.',
    ),
    dialpad: { title: 'SAML error: issuer mismatch', text: 'another issuer' },
  }),
  answer('wrong-in-response-to', {
    title: 'Wrong InResponseTo',
    wrong: 'The answer names a request this browser never made.',
    correct:
      'Keep the ids of requests with the browser that made them, and refuse an answer to any other: somebody else’s login would be slipped in.',
    source: `${PROFILE} §4.1.4.3; §4.1.5`,
    library: {
      kind: 'optional',
      words: 'node-saml compares it with validateInResponseTo always or ifPresent; by default it does not.',
    },
    dialpad: { title: 'This login is over', text: 'belongs to no login that this browser has begun' },
  }),
  answer('expired', {
    title: 'Expired',
    wrong: 'The answer ended an hour or more ago.',
    correct: 'Refuse and let the person begin again; log both times, since a clock may be wrong.',
    source: `${CORE} §2.5.1.2; ${PROFILE} §4.1.4.3`,
    dialpad: { title: 'SAML error: expired', text: 'not valid any more' },
  }),
  answer('not-yet-valid', {
    title: 'Not yet valid',
    wrong: 'The answer begins in almost two hours.',
    correct: 'Refuse, and say that a clock is wrong: the person can do nothing, an administrator can.',
    source: `${CORE} §2.5.1.2`,
    dialpad: { title: 'SAML error: not yet valid', text: 'a clock is wrong' },
  }),
  answer('clock-skew', {
    title: 'Clock skew',
    wrong: 'The clock of the provider is ten minutes fast, and dates the answer by it.',
    correct:
      'A leeway of a minute or two is reasonable, a few minutes the most. Beyond it refuse, and say that clocks differ; do not widen the leeway until it passes.',
    source: `${CORE} §2.5.1.2`,
    library: {
      kind: 'refuses',
      words: 'node-saml refuses by itself: it has no leeway unless told (acceptedClockSkewMs).',
    },
    dialpad: { title: 'SAML error: not yet valid', text: 'a clock is wrong' },
  }),
  answer('unsigned', {
    title: 'Unsigned',
    wrong: 'Neither answer nor assertion is signed: anybody could have written it.',
    correct: 'Refuse before anything in it is believed. Say that a signature is missing.',
    source: `${PROFILE} §4.1.3.5; ${CORE} §5`,
    dialpad: { title: 'SAML error: signature', text: 'The assertion is not signed' },
  }),
  answer('altered', {
    title: 'Altered',
    wrong: 'The name was changed after signing: the signature does not match any more.',
    correct: 'Verify the signature with the certificate of the settings, and read nothing but what it covers.',
    source: `${CORE} §5.4; W3C XML Signature §3.2`,
    dialpad: { title: 'SAML error: signature', text: 'does not match the certificate' },
  }),
  answer('rolled-certificate', {
    title: 'Rolled certificate',
    wrong: 'The answer is signed with a new certificate nobody was told of, and carries it.',
    correct:
      'Trust the certificate of the settings and never the one an answer brings along. Say that the signature does not match it: an administrator then compares the two, or reads the metadata again.',
    source: `${CORE} §5.4.5; SAML metadata interoperability profile §2.6`,
    dialpad: { title: 'SAML error: signature', text: 'does not match the certificate' },
  }),
]
