import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const Office = z.looseObject({ name: z.string(), seats: z.record(z.string(), z.number().nullable()) })

/** Licences an office of Dialpad owns, by type; `null`: without end. @throws when there is no such office. */
export async function pictureSeats(
  client: ControlClient,
  office: string,
): Promise<Readonly<Record<string, number | null>>> {
  const found = (await lookAt(client)).of('offices', Office).find(({ name }) => name === office)
  if (found === undefined) throw new Error(`Dialpad has no office ${office}.`)
  return found.seats
}
