import type { Provider } from 'oidc-provider'

/** Under which key an account's claims carry those the policy told: the library adds its own beside them. */
export const TOLD = Symbol('told')

/** The part of a library's ID token that is read here. */
interface MadeToken {
  readonly available: Readonly<Record<PropertyKey, unknown>>
  readonly mask?: Readonly<Record<string, unknown>>
}

/** Let claims the library knows by itself go out only when the request asked for them or the policy told them. */
export function withholdClaims(provider: Provider, names: readonly string[]): void {
  if (names.length === 0) return
  const { prototype } = provider.IdToken as unknown as {
    readonly prototype: { payload: () => Promise<Record<string, unknown>> }
  }
  const { payload } = prototype
  prototype.payload = async function (this: typeof prototype & MadeToken) {
    const claims = await payload.call(this)
    const told = (this.available[TOLD] ?? {}) as Readonly<Record<string, unknown>>
    for (const name of names) if (told[name] === undefined && this.mask?.[name] === undefined) delete claims[name]
    return claims
  }
}
