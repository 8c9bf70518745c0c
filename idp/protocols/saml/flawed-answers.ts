import type { System } from '#kit/system/system.ts'
import { answerLogin, type PostForm, type ResponsePolicy } from './answer-login.ts'
import type { SamlShape } from './collections.ts'
import { ANSWER_OPERATION, type AnswerFlaw, wrongMessage, wrongParts, wrongValues } from './flaws.ts'
import { openSigner, prepareCertificate, type Signer } from './signing-certificates.ts'
import type { ResponseValues } from './write-response.ts'

/** Days before and after now for which the certificate nobody knows is valid: it must be wrong in nothing but that. */
const CERTIFICATE_MS = 365 * 24 * 3_600_000

interface Former {
  readonly form: PostForm
  /** Wall milliseconds until which it holds. */
  readonly untilMs: number
}

/** The answers of a system, right ones and those armed to be wrong. */
export interface LoginAnswers {
  /**
   * Answer as `answerLogin` does, wrong in the way that is armed. An answer given before is delivered again where that is armed and there is
   * one for the same application that still holds; else the rule waits.
   * @throws {NoActiveCertificate}
   */
  answer(policy: ResponsePolicy, values: ResponseValues, relayState: string | undefined): Promise<PostForm>
}

/**
 * @param system One that declares the flaws of `flaws.ts`.
 * @param wallNowMs Wall clock, by which answers hold.
 */
export function createLoginAnswers(
  system: Pick<System<SamlShape>, 'store' | 'vault' | 'clock' | 'journal' | 'faults' | 'onReplaced'>,
  wallNowMs: () => number,
): LoginAnswers {
  /** By owner and address; in memory alone, since answers are credentials. */
  const formers = new Map<string, Former>()
  system.onReplaced(() => formers.clear())
  let stranger: Promise<Signer> | undefined

  /** Made once: two answers of the same new certificate, as after a rollover. */
  async function makeStranger(hash: Signer['hash']): Promise<Signer> {
    const now = wallNowMs()
    const record = await prepareCertificate(system, {
      owner: 'nobody',
      subject: [{ name: 'commonName', value: 'Rolled over' }],
      hash,
      notBeforeMs: now - CERTIFICATE_MS,
      notAfterMs: now + CERTIFICATE_MS,
      activate: false,
    })
    return openSigner(system, record)
  }

  async function wrongly(
    flaw: AnswerFlaw,
    policy: ResponsePolicy,
    values: ResponseValues,
    relayState: string | undefined,
  ): Promise<PostForm> {
    if (flaw === 'rolled-certificate') stranger ??= makeStranger('sha256')
    const signer = flaw === 'rolled-certificate' ? await stranger : undefined
    return answerLogin(
      system,
      { ...policy, signed: wrongParts(flaw, policy.signed) },
      wrongValues(flaw, values),
      relayState,
      { revise: (xml) => wrongMessage(flaw, xml), ...(signer === undefined ? {} : { signer }) },
    )
  }

  return {
    async answer(policy, values, relayState) {
      const name = `${policy.owner} ${policy.acsUrl}`
      const former = formers.get(name)
      const canReplay = former !== undefined && wallNowMs() < former.untilMs
      const isPossible = ({ flaw }: { readonly flaw?: string }): boolean => flaw !== 'replayed-assertion' || canReplay
      const flaw = system.faults.take(ANSWER_OPERATION, isPossible)?.flaw as AnswerFlaw | undefined
      if (flaw === 'replayed-assertion' && former !== undefined) {
        system.journal.record({
          kind: 'saml',
          title: `SAML answer for ${values.audience}: one given before, delivered again`,
          subject: values.nameId,
        })
        return former.form
      }
      if (flaw !== undefined) return wrongly(flaw, policy, values, relayState)
      const form = answerLogin(system, policy, values, relayState)
      formers.set(name, { form, untilMs: values.notOnOrAfterMs })
      return form
    },
  }
}
