import type { LedgerRow } from '#kit/ledger.ts'

/** What the kit home does in place of the world around the products. */
export const HOME_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-KIT-MAIL-1',
    behaviour: 'Every mail the products send is accepted for any address and shown in the inbox; nothing is delivered.',
    fidelity: 'simplified',
    source: 'RFC 5321; a mail server in front of a mailbox',
    test: 'scenarios/home/test/mail.test.ts: a mail sent over SMTP is in the inbox, the journal and the raw view',
  },
  {
    id: 'FID-KIT-CLOCK-1',
    behaviour: 'Time moves in all systems in steps, so that what is due runs in the order of its time across systems.',
    fidelity: 'simplified',
    source: 'none published: real time cannot be moved',
    test: 'scenarios/home/test/clock.test.ts: work of all systems runs in the order of its time, and nobody runs ahead',
  },
  {
    id: 'FID-KIT-XRAY-1',
    behaviour:
      'SAML messages are shown decoded, with their conditions and the certificate in them. The journal withholds the value of a signature, so what is shown as verified is what the receiver found when it had it.',
    fidelity: 'simplified',
    source: 'SAML 2.0 core §5, bindings §3.4 and §3.5',
    test: 'scenarios/home/xray/xray.test.ts: takes a SAML answer apart, and says what its receiver made of it',
  },
  {
    id: 'FID-KIT-XRAY-2',
    behaviour:
      'An HTTP archive has measured durations, as whole: sending, waiting and receiving are not told apart. Cookies are not in it, and secrets are masked.',
    fidelity: 'simplified',
    source: 'HTTP Archive (HAR) format 1.2',
    test: 'scenarios/home/xray/xray.test.ts: as HAR 1.2, without secrets',
  },
  {
    id: 'FID-KIT-XRAY-3',
    behaviour:
      "Who receives a SAML answer or an ID token notes with which certificate or key it was verified, and every check; values of signatures and tokens are withheld, so nothing is verified a second time from the journal, and answers to apps of one's own have no verdict here.",
    fidelity: 'proven',
    source: 'the rule that no journal holds a secret',
    test: 'scenarios/home/xray/xray.test.ts: shows an ID token, decoded, and what both ends found out about it',
  },
  {
    id: 'FID-KIT-STORY-1',
    behaviour:
      'Why somebody is as they are is worked out from the present state of each system and from journals that are bounded: what is no longer kept is told from state alone.',
    fidelity: 'simplified',
    source: 'none published: no product sees the others',
    test: 'scenarios/home/story/story.test.ts: unassigned: the removal, the request it led to, and the rule with its source',
  },
  {
    id: 'FID-KIT-DEMO-1',
    behaviour:
      'A demonstration uses the pages as a person does. "Do this step for me" goes over HTTP without scripts, up to where the step shows in state.',
    fidelity: 'simplified',
    source: 'none published: no product plays itself',
    test: 'scenarios/demo/test/demo.test.ts: a step that cannot go on says so, and is done for the presenter',
  },
  {
    id: 'FID-KIT-FRAME-1',
    behaviour:
      'Pages of every system may stand in a frame of the kit home, beside a lesson, and in no other; the real products refuse every frame.',
    fidelity: 'simplified',
    source: 'CSP Level 3, frame-ancestors',
    test: 'kit/http/create-app.test.ts: the kit home alone may show our pages in a frame, errors too; we show those we name',
  },
  {
    id: 'FID-KIT-EXPLAIN-1',
    behaviour:
      'What is wrong is named from the present state of all systems at once, which no product sees. Only faults that are known are named, and whatever fails without one is told as it is; of more than 2000 people, accounts or failures 2000 are looked at, and that is said. What applications asked of the sign-in is read from its newest 200 exchanges, and of Okta’s from the newest 200 entries of each kind in its System Log: one whose newest request succeeded, or whose settings were mended, is told of no more.',
    fidelity: 'simplified',
    source: 'none published: no product sees the others',
    test: 'scenarios/home/test/labs.test.ts: is not told before the cause is found, unless somebody insists; then with evidence, page and source',
  },
  {
    id: 'FID-KIT-NEGATIVES-1',
    behaviour:
      'A provider can be told to let its next sign-in go wrong in one way (audience, issuer, nonce, times, key, signature, algorithm, replay, address); no real one can. What Dialpad found is read from its journal; of an application of one’s own nothing is known here.',
    fidelity: 'simplified',
    source: 'none published: no provider does so; what each stands for is in docs/negatives.md',
    test: 'scenarios/wire-tests/negatives.test.ts: is armed with one click, and the page tells what Dialpad found',
  },
]
