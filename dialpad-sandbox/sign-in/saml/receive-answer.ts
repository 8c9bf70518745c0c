import type { SamlSettings } from '../../records.ts'
import { type AcceptedAssertion, judgeAssertion } from './judge-assertion.ts'
import { type AnswerEnvelope, decodeAnswer, readAnswer } from './read-answer.ts'
import { type AssertionFacts, readAssertion } from './read-assertion.ts'
import { type Checked, refused } from './refusal-reasons.ts'
import type { ServicePlace } from './service-provider.ts'
import { verifySignature } from './verify-signature.ts'

export interface ReceivedAnswer {
  /** As far as it could be decoded. */
  readonly xml?: string
  /** Once its form was found to be right. */
  readonly envelope?: AnswerEnvelope
  /** Once its signature was found to hold. */
  readonly facts?: AssertionFacts
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
  const { envelope } = answer.value
  if (!signed.ok) return { xml, envelope, verdict: signed }
  const facts = readAssertion(signed.value)
  if (!facts.ok) return { xml, envelope, verdict: facts }
  const { real, local, provider } = place
  return {
    xml,
    envelope,
    facts: facts.value,
    verdict: judgeAssertion(facts.value, envelope, {
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
