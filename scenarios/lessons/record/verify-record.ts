import { isDeepStrictEqual } from 'node:util'
import { calculateJwkThumbprint, compactVerify, EmbeddedJWK, type JWK } from 'jose'
import { CompletionFile, CompletionRecord } from './completion-record.ts'
import { ALGORITHM, TYPE } from './sign-record.ts'

/** What can be told of a completion record without asking anybody. */
export type Verdict =
  /** Nothing was changed since the kit with that key signed it. */
  | { readonly kind: 'valid'; readonly record: CompletionRecord; readonly fingerprint: string }
  /** It was changed, or nobody signed it. */
  | { readonly kind: 'altered'; readonly reason: string }
  /** It is no completion record at all. */
  | { readonly kind: 'unreadable'; readonly reason: string }

/** Longest file that is looked at, in characters. A record has some hundred a lesson. */
const LONGEST = 1 << 20

/** Verify a completion record by what is in it: its signature, and that the part for people says the same. Never throws. */
export async function verifyRecord(text: string): Promise<Verdict> {
  const file = readFile(text)
  if (file === undefined) {
    return {
      kind: 'unreadable',
      reason: 'This is no completion record: it has to be the whole file, as it was downloaded.',
    }
  }
  let payload: unknown
  let jwk: JWK | undefined
  try {
    const verified = await compactVerify(file.signature, EmbeddedJWK, { algorithms: [ALGORITHM] })
    payload = JSON.parse(new TextDecoder().decode(verified.payload))
    if (verified.protectedHeader.typ === TYPE) jwk = verified.protectedHeader.jwk
  } catch {
    return { kind: 'altered', reason: 'The signature does not fit what was signed.' }
  }
  const signed = CompletionRecord.safeParse(payload)
  if (!signed.success || jwk === undefined) {
    return { kind: 'altered', reason: 'The signature is of something else.' }
  }
  if (!isDeepStrictEqual(signed.data, file.record)) {
    const changed = Object.keys(file.record).find(
      (name) => !isDeepStrictEqual(Reflect.get(signed.data, name), Reflect.get(file.record, name)),
    )
    return { kind: 'altered', reason: `The record says something else than was signed, in "${changed}".` }
  }
  return { kind: 'valid', record: signed.data, fingerprint: await calculateJwkThumbprint(jwk) }
}

function readFile(text: string): CompletionFile | undefined {
  if (text.length > LONGEST) return undefined
  try {
    return CompletionFile.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
