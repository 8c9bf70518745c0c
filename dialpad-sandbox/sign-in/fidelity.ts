import type { LedgerRow } from '#kit/ledger.ts'

/** What the ways in do, and what becomes of them when somebody leaves. Little of it is published: `assumed` rows are decisions of ours. */

const TESTS = 'dialpad-sandbox/test'
const LEAVER = 'scenarios/wire-tests/dialpad-leaver.test.ts'
const NONE = 'none published'

export const SIGN_IN_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-DIALPAD-SIGN-IN-09',
    behaviour:
      'Logging out of Dialpad ends nothing at Microsoft. The page that follows says so and leads to Microsoft’s sign-out; signing out there ends no session of Dialpad.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/microsoft-attacks.test.ts: says that Microsoft is another matter, and leads to its sign-out`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-10',
    behaviour:
      'A login with Microsoft waits half an hour, eight of them in as many tabs of a browser; the one that ends first ends the others.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/microsoft-attacks.test.ts: is one of several in as many tabs, begun at once, and any of them may be the one that ends`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-11',
    behaviour: 'Single logout by SAML, and sign-out told by Microsoft through the front channel.',
    fidelity: 'absent',
    source: NONE,
  },
  {
    id: 'FID-DIALPAD-PASSWORD-01',
    behaviour:
      'A password that somebody chooses has at least 8 characters, more than two different ones, and is neither their address or name nor among those everybody tries first.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/leaver-doors.test.ts: takes a password that will do, once, and the password logs in from then on`,
  },
  {
    id: 'FID-DIALPAD-LEAVER-01',
    behaviour:
      'Suspending or deleting somebody ends their sessions at once, with the Microsoft tokens these held; the next request is told why. Reactivated, they log in again.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/leaver-doors.test.ts: of somebody %s is ended in that moment, its tokens are gone, and no reactivation brings it back`,
  },
  {
    id: 'FID-DIALPAD-LEAVER-02',
    behaviour:
      'The API keys of somebody who was suspended or deleted answer 403, Company admin API key required; they are not revoked, and work again once their maker is an active Company Admin.',
    fidelity: 'assumed',
    source: 'Dialpad developers, api-key-generation: a key has the rights of who made it; the rest: none published',
    test: `${LEAVER}: until the cycle everything of Dialpad is open; with it every door is closed, and says why`,
  },
  {
    id: 'FID-DIALPAD-LEAVER-03',
    behaviour:
      'Somebody suspended whom Microsoft or a SAML provider vouches for is told that the account is suspended; what is not assigned is the provider’s to say.',
    fidelity: 'assumed',
    source: `Dialpad help, okta-saml-scim-faqs: suspended users cannot log in; the words: ${NONE}`,
    test: `${LEAVER}: suspended in Dialpad while Okta still vouches: Dialpad says no by itself`,
  },
  {
    id: 'FID-DIALPAD-LEAVER-04',
    behaviour:
      'The invitation of somebody who was suspended before they accepted is of no more use, also after they are active again.',
    fidelity: 'assumed',
    source: NONE,
    test: `${LEAVER}: an invitation that was not accepted yet opens nothing any more, nor after they are active again`,
  },
  {
    id: 'FID-DIALPAD-LEAVER-05',
    behaviour:
      'Tokens of Microsoft are renewed until Microsoft refuses; then they are forgotten and the person is told, in its words. Dialpad cannot revoke them: the platform has no address for that.',
    fidelity: 'assumed',
    source: `OAuth 2.0 endpoints of the Microsoft identity platform; what Dialpad does: ${NONE}`,
    test: `${LEAVER}: where assignment is required Entra closes its own doors at once: the login, and the renewal of tokens`,
  },
]
