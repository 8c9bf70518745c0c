import type { LedgerRow } from '#kit/ledger.ts'

/** What `certify` takes for the clients of the vendors. */
export const CERTIFY_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-KIT-CERTIFY-1',
    behaviour:
      'certify speaks to a server with the engines of the twins: what they do otherwise than the vendors is told otherwise of the server, too. A server that is wrong in one way is told by the check that names it, and by no other.',
    fidelity: 'proven',
    source: 'reference sheets of both vendors on provisioning; RFC 7643, RFC 7644',
    test: 'scenarios/certify/test/certify.test.ts: a server that does everything right survives everything, and is empty afterwards',
  },
  {
    id: 'FID-KIT-CERTIFY-2',
    behaviour:
      'Intervals are passed over: cycles and queues run at once. Only the patience a server asks for is waited for, a minute at most each time and twelve times; one that asks for more is told to have failed what waits.',
    fidelity: 'simplified',
    source: 'none published: no vendor offers this',
    test: 'scenarios/certify/options.test.ts: more than a minute',
  },
  {
    id: 'FID-KIT-CERTIFY-3',
    behaviour: 'Discovery documents, Bulk, OAuth in front of the SCIM server, and SCIM 1.1 are not tried.',
    fidelity: 'absent',
    source: 'neither client needs the first two; the others are ways to connect that the twins do not certify',
  },
]
