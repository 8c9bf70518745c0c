import type { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'

/**
 * What checks read: the state of a system through its control API, as far as a check needs to know it. Schemas are loose, so
 * that a record may have more than is looked at.
 */
export interface Records {
  of<T>(collection: string, schema: z.ZodType<T>): readonly T[]
}

/** The whole state of a system at this moment. @throws when the system does not answer. */
export async function lookAt(client: ControlClient): Promise<Records> {
  const { collections } = await client.state()
  return {
    of: (collection, schema) => Object.values(collections[collection] ?? {}).map((record) => schema.parse(record)),
  }
}
