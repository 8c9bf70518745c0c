/**
 * Which fields carry secrets, by name. Used for headers, form fields, query parameters, JSON members and the names beside a
 * `value` (`{"key":"SecretToken","value":"…"}`, `{"op":"replace","path":"password","value":"…"}`).
 */

const SECRET_NAMES = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'pwd',
  'passwd',
  'code',
  'usercode',
  'devicecode',
  'passcode',
  'otp',
  'totp',
  'csrf',
  'sessionid',
  'privatekey',
  // Of a recovery question.
  'answer',
  // A person's access token, exchanged for another one (RFC 7523 §2.1).
  'assertion',
  // Opens the account it speaks of for as long as it is valid (SAML bindings §3.5.4).
  'samlresponse',
  // Of an application's password, in the one answer that shows it.
  'secrettext',
])

/** Endings rather than whole names, so that `newPassword`, `x-csrf-token` and `client_secret` need no entry each. */
const SECRET_ENDING =
  /(password|passphrase|passwordhash|secret|apikey|appkey|consumerkey|tokenkey|accesskey|privatekey|connectionstring|codeverifier|clientassertion|token|idtokenhint|recoverycode|authcode|authorizationcode)$/

/** Positions in lists and changes, not credentials. */
const PAGING = /(skip|delta|page|next|continuation|sync|change)token$/

/** Every secret name holds one of these, or an escape that may spell one. Most texts hold none, and are done with quickly. */
const STEMS =
  /pass|pwd|secret|answer|token|code|otp|csrf|key|assertion|cookie|authorization|session|connectionstring|samlresponse|\\u|%[4-7][0-9a-f](?<!%40)/i

/** Whether any name in `text` can be a secret one. Cheap, and never `false` where {@link isSecretName} finds one. */
export function mayNameSecret(text: string): boolean {
  return STEMS.test(text)
}

/**
 * Whether what is filed under `name` is a secret. Case, `-`, `_`, `$`, blanks and a leading `X-` do not matter; of an attribute path or URN
 * (`urn:…:User:password`, `credentials.password`) the last part counts.
 */
export function isSecretName(name: string): boolean {
  if (!mayNameSecret(name)) return false
  const plain = (name.split(/[.:[\]]/).findLast((part) => part !== '') ?? '')
    .toLowerCase()
    .replace(/^x[-_]|[^a-z0-9]/g, '')
  if (SECRET_NAMES.has(plain)) return true
  return SECRET_ENDING.test(plain) && !PAGING.test(plain)
}
