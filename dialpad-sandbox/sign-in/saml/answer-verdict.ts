import { X509Certificate } from 'node:crypto'
import type { JournalCheck, JournalVerdict } from '#kit/journal.ts'
import type { SamlSettings } from '../../records.ts'
import type { ReceivedAnswer } from './receive-answer.ts'
import type { SamlReason, SamlRefusal } from './refusal-reasons.ts'
import type { ServicePlace } from './service-provider.ts'

interface Check {
  readonly name: string
  /** Reasons for which it does not hold. */
  readonly reasons: readonly SamlReason[]
  readonly found?: string | undefined
  readonly expected?: string | undefined
}

/**
 * What was found out about an answer, check by check, for the journal: where it was refused, the checks before hold and those after were
 * not made. Holds the fingerprint of the certificate that was trusted, no part of a signature.
 *
 * @param refusal Why the answer was refused, also for what comes after {@link receiveAnswer}: a second use. Absent: accepted.
 */
export function verdictOf(
  { envelope, facts }: ReceivedAnswer,
  place: ServicePlace,
  settings: SamlSettings,
  refusal: SamlRefusal | undefined,
): JournalVerdict {
  const certificate = new X509Certificate(Buffer.from(settings.certificate, 'base64'))
  const { real, local } = place
  const either = (one: string, other: string): string => (one === other ? one : `${one} or ${other}`)
  const confirmation = facts?.confirmations[0]
  const iso = (ms: number | undefined): string =>
    ms === undefined || Number.isNaN(ms) ? '-' : new Date(ms).toISOString()
  const made: readonly Check[] = [
    { name: 'form: one answer, one assertion, nothing hidden', reasons: FORM },
    {
      name: 'signature: its form and algorithm',
      reasons: ['unsigned', 'signature-form', 'algorithm'],
      found: envelope === undefined ? undefined : envelope.isResponseSigned ? 'Response and Assertion' : 'Assertion',
    },
    {
      name: 'certificate: not run out',
      reasons: ['certificate-expired'],
      found: `valid to ${new Date(certificate.validTo).toISOString()}`,
    },
    { name: 'signature: its value and the digests', reasons: ['signature'] },
    { name: 'assertion: can be read in one way only', reasons: ['name-id'], found: facts?.nameId },
    { name: 'issuer', reasons: ['issuer'], found: facts?.issuer, expected: settings.idpEntityId },
    {
      name: 'destination',
      reasons: ['destination'],
      found: envelope?.destination,
      expected: either(real.acs, local.acs),
    },
    {
      name: 'audience',
      reasons: ['audience'],
      found: facts?.audiences.flat().join(', '),
      expected: either(real.entityId, local.entityId),
    },
    { name: 'conditions: all understood', reasons: ['condition'] },
    {
      name: 'recipient',
      reasons: ['confirmation-method', 'recipient'],
      found: confirmation?.recipient,
      expected: either(real.acs, local.acs),
    },
    {
      name: 'in response to',
      reasons: ['in-response-to'],
      found: envelope === undefined ? undefined : (envelope.inResponseTo ?? 'no request: the provider began'),
    },
    {
      name: 'time',
      reasons: ['expired', 'not-yet-valid'],
      found: facts === undefined ? undefined : `${iso(facts.notBeforeMs)} to ${iso(facts.notOnOrAfterMs)}`,
    },
    { name: 'somebody signed in', reasons: ['statement'] },
    { name: 'attribute Email', reasons: ['attribute'], found: facts?.attributes.get('Email')?.join(', ') },
    { name: 'first use', reasons: ['replay'] },
  ]
  return {
    of: 'saml',
    accepted: refusal === undefined,
    key: { kind: 'certificate', id: certificate.fingerprint256, from: 'SAML settings of the company' },
    checks: refusal === undefined ? made.map(hold) : untilRefused(made, refusal, facts !== undefined),
  }
}

const FORM: readonly SamlReason[] = [
  'missing',
  'too-large',
  'doctype',
  'entity',
  'comment',
  'instruction',
  'unreadable',
  'not-a-response',
  'status',
  'encrypted',
  'no-assertion',
  'assertion-count',
  'duplicate-id',
  'wrapping',
]

const hold = ({ name, found, expected }: Check): JournalCheck => ({
  name,
  passed: true,
  ...(found === undefined || found === '' ? {} : { found }),
  ...(expected === undefined ? {} : { expected }),
})

/** @param isRead Whether the signature held and the assertion was read: then what cannot be read is one of its times. */
function untilRefused(
  made: readonly Check[],
  { reason, detail }: SamlRefusal,
  isRead: boolean,
): readonly JournalCheck[] {
  const name = isRead && reason === 'unreadable' ? 'time' : undefined
  const at = made.findIndex((check) => (name === undefined ? check.reasons.includes(reason) : check.name === name))
  const failed = made[at]
  if (failed === undefined) return [{ name: reason, passed: false, found: detail }]
  return [
    ...made.slice(0, at).map(hold),
    {
      name: failed.name,
      passed: false,
      found: detail,
      ...(failed.expected === undefined ? {} : { expected: failed.expected }),
    },
  ]
}
