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
]
