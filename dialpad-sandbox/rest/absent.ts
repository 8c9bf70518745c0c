/**
 * Operations of the real API that the simulation has nothing to answer with: refused with 501 rather than made up
 * (FID-DIALPAD-REST-20). What is neither here nor offered is 404, as any wrong address.
 */

const SEGMENT = '[^/]+'

/** Patterns of addresses below `/api/v2`. */
const ABSENT: readonly string[] = [
  '/accesscontrolpolicies(/.*)?',
  '/app/settings',
  '/blockednumbers(/.*)?',
  '/call(/.*)?',
  '/callback(/.*)?',
  '/calllabels',
  '/callreviewsharelink(/.*)?',
  '/callrouters(/.*)?',
  '/conference(/.*)?',
  '/contacts(/.*)?',
  '/customivrs(/.*)?',
  '/faxline',
  '/oauth2(/.*)?',
  '/recordingsharelink(/.*)?',
  '/schedulereports(/.*)?',
  '/sms',
  '/stats(/.*)?',
  '/subscriptions/(agent_status|call|call_event|sms)(/.*)?',
  '/transcripts(/.*)?',
  '/userdevices(/.*)?',
  '/websockets(/.*)?',
  `/users/${SEGMENT}/(activecall|initiate_call|screenpop|togglevi)`,
  '/(callcenters|coachingteams|channels|rooms)(/.*)?',
]

const PATTERN = new RegExp(`^(${ABSENT.join('|')})$`)

/** Whether the real API has something at this address that the simulation leaves out. */
export function isAbsent(path: string): boolean {
  return PATTERN.test(path)
}
