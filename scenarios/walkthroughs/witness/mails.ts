import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const Mail = z.looseObject({ from: z.string(), to: z.array(z.string()), subject: z.string(), text: z.string() })

/** Mails to an address that have reached the kit's inbox, oldest first. `client` is that of the kit home. */
export async function mailsTo(client: ControlClient, address: string): Promise<readonly z.infer<typeof Mail>[]> {
  const records = await lookAt(client)
  return records.of('mails', Mail).filter(({ to }) => to.includes(address))
}
