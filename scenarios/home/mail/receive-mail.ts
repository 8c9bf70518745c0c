import PostalMime from 'postal-mime'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import type { System } from '#kit/system/system.ts'
import type { HomeShape } from '../records.ts'
import type { IncomingMail } from './mail-port.ts'

/** Mails kept; beyond, the oldest goes. */
const KEPT = 500

/** Put a message into the inbox and the journal. A message that is not in MIME is kept as its raw text. */
export async function receiveMail(system: System<HomeShape>, { sender, recipients, raw }: IncomingMail): Promise<void> {
  const parsed = await PostalMime.parse(raw)
  const from = addressText(parsed.from) ?? sender
  const named = (parsed.to ?? []).flatMap((each) => addressText(each) ?? [])
  const to = named.length > 0 ? named : recipients
  const subject = parsed.subject ?? ''
  const id = await system.store.transact((tx) => {
    const key = guidOf(nextIdSeed(tx))
    tx.put('mails', key, {
      id: key,
      receivedAt: system.clock.iso(),
      from,
      to,
      subject,
      text: parsed.text ?? '',
      ...(parsed.html === undefined ? {} : { html: parsed.html }),
      raw: raw.toString('latin1'),
    })
    for (const [oldest] of tx.after('mails', null, tx.count('mails') - KEPT)) tx.delete('mails', oldest)
    return key
  })
  system.journal.record({
    kind: 'mail',
    title: `Mail to ${to.join(', ')}: ${subject === '' ? '(no subject)' : subject}`,
    ...(to[0] === undefined ? {} : { subject: recipients[0] ?? to[0] }),
    change: { type: 'mail', id, after: { from, to, subject } },
  })
}

interface Address {
  readonly name?: string
  readonly address?: string | undefined
}

function addressText(who: Address | undefined): string | undefined {
  const address = who?.address ?? ''
  if (address === '') return undefined
  return who?.name ? `${who.name} <${address}>` : address
}
