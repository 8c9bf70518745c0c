import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { entraCommand, type SceneDeps } from './entra-command.ts'

/** Keys that sign ID and access tokens of every tenant. */
export function signingKeyCommands({ system, oidc }: SceneDeps) {
  const tell = (retired: readonly string[]) => {
    const [newest, ...older] = oidc.publishedKeys().map(({ kid }) => kid)
    return { signing: newest ?? '', alsoPublished: older, retired }
  }
  const note = (title: string) => system.journal.record({ kind: 'state', title })

  /** @returns ids of what is published no more. */
  const retire = async (kids: readonly string[]): Promise<readonly string[]> => {
    const gone: string[] = []
    for (const kid of kids) if (await oidc.retireSigningKey(kid)) gone.push(kid)
    for (const kid of gone) note(`Signing key ${kid} is published no more`)
    return gone
  }

  return [
    entraCommand(
      'roll-signing-key',
      'Signs tokens with a new key from now on. Keys before it stay published, unless they are retired with it.',
      z.strictObject({ retire: z.boolean().default(false) }),
      async ({ retire: isRetiring }) => {
        const kid = await oidc.rollSigningKey()
        note(`Signing key ${kid} signs tokens from now on`)
        const older = oidc
          .publishedKeys()
          .map((key) => key.kid)
          .filter((each) => each !== kid)
        return tell(isRetiring ? await retire(older) : [])
      },
    ),
    entraCommand(
      'retire-signing-key',
      'Publishes a key no longer that signs no more; without one, all of them. What they signed is refused from then on.',
      z.strictObject({ kid: z.string().optional() }),
      async ({ kid }) => {
        const [newest, ...older] = oidc.publishedKeys().map((key) => key.kid)
        if (kid !== undefined && !older.includes(kid)) {
          throw kid === newest
            ? new Refusal('key_in_use', 409, `The key "${kid}" signs tokens.`, { hint: 'Roll the signing key first.' })
            : new Refusal('unknown_key', 404, `There is no signing key "${kid}".`, {
                hint: `There are: ${[newest, ...older].join(', ')}.`,
              })
        }
        return tell(await retire(kid === undefined ? older : [kid]))
      },
    ),
  ]
}
