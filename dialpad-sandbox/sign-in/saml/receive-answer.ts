import type { SamlSettings } from '../../records.ts'
import { type AcceptedAssertion, judgeAssertion } from './judge-assertion.ts'
import { decodeAnswer, readAnswer } from './read-answer.ts'
import { readAssertion } from './read-assertion.ts'
import { type Checked, refused } from './refusal-reasons.ts'
import type { ServicePlace } from './service-provider.ts'
import { verifySignature } from './verify-signature.ts'

export interface ReceivedAnswer {
  /** As far as it could be decoded. */
  readonly xml?: string
  readonly verdict: Checked<AcceptedAssertion>
}

/** Everything an answer must pass before it is used up, cheap checks first. Writes nothing. */
export async function receiveAnswer(
  posted: unknown,
  place: ServicePlace,
  settings: SamlSettings,
  now: { readonly wallMs: number; readonly virtualMs: number; readonly askedIds: readonly string[] },
): Promise<ReceivedAnswer> {
  const decoded = decodeAnswer(posted)
  if (!decoded.ok) return { verdict: decoded }
  const xml = decoded.value
  const answer = readAnswer(xml)
  if (!answer.ok) return { xml, verdict: answer }
  const signed = await verifySignature(answer.value, settings.certificate, now.virtualMs)
  if (!signed.ok) return { xml, verdict: signed }
  const facts = readAssertion(signed.value)
  if (!facts.ok) return { xml, verdict: facts }
  const { real, local, provider } = place
  return {
    xml,
    verdict: judgeAssertion(facts.value, answer.value.envelope, {
      provider,
      idpEntityId: settings.idpEntityId,
      acsUrls: [real.acs, local.acs],
      entityIds: [real.entityId, local.entityId],
      askedIds: now.askedIds,
      nowMs: now.wallMs,
    }),
  }
}

/** What is said of an assertion that was used before. */
export const REPLAYED = refused('replay', 'The assertion has signed somebody in before.')
