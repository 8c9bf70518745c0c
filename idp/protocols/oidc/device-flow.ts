import type { KoaContextWithOIDC } from 'oidc-provider'
import type { OidcDeviceForm, OidcDevicePolicy, OidcDeviceProblem } from './device-policy.ts'

/** The library's reason for asking for the code again. */
interface Reason {
  readonly error?: string | undefined
  readonly error_description?: string | undefined
}

/** The device flow as the library takes it: codes of nine letters, pages of the vendor. */
export function deviceFlow(policy: OidcDevicePolicy) {
  return {
    enabled: true,
    // Twenty consonants: no word comes out of them, and none is taken for a digit.
    charset: 'base-20' as const,
    mask: '*********',
    userCodeInputSource(
      ctx: KoaContextWithOIDC,
      _form: string,
      out?: Reason | undefined,
      error?: Error | undefined,
    ): void {
      ctx.type = 'html'
      ctx.body = policy.renderCodeForm(formOf(ctx), problemOf(ctx, out, error))
    },
    userCodeConfirmSource(
      ctx: KoaContextWithOIDC,
      _form: string,
      client: { readonly clientId: string; readonly clientName?: string | undefined },
      _device: unknown,
      userCode: string,
    ): void {
      const { action, fields } = formOf(ctx)
      ctx.type = 'html'
      ctx.body = policy.renderConfirmation({ action, fields: { ...fields, user_code: userCode } }, named(client))
    },
    successSource(ctx: KoaContextWithOIDC): void {
      const { client } = ctx.oidc
      ctx.type = 'html'
      ctx.body = policy.renderDone(named(client ?? { clientId: '' }))
    },
  }
}

function formOf(ctx: KoaContextWithOIDC): OidcDeviceForm {
  const state = ctx.oidc.session?.['state'] as { readonly secret?: string } | undefined
  return { action: ctx.oidc.urlFor('code_verification'), fields: { xsrf: state?.secret ?? '' } }
}

function problemOf(ctx: KoaContextWithOIDC, out?: Reason, error?: Error): OidcDeviceProblem | undefined {
  if (error === undefined) return undefined
  const userCode = 'userCode' in error && typeof error.userCode === 'string' ? error.userCode : undefined
  switch (error.name) {
    case 'NoCodeError':
      return { kind: 'missing' }
    case 'NotFoundError':
    case 'ExpiredError':
    case 'AlreadyUsedError':
      return { kind: 'wrong', userCode: userCode ?? '' }
    case 'AbortedError':
      return { kind: 'declined' }
    default: {
      const route = ctx.oidc.route
      const description = out?.error_description ?? ''
      return { kind: 'failed', problem: { error: out?.error ?? 'server_error', description, route } }
    }
  }
}

function named({ clientId, clientName }: { readonly clientId: string; readonly clientName?: string | undefined }) {
  return { clientId, name: clientName ?? clientId }
}
