import type { OidcPlace, OidcProblem } from './policy.ts'

/** A form of the device flow's pages: posted with these fields, and what the person adds. */
export interface OidcDeviceForm {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** Why the page that asks for a device's code is shown again; `failed` with the error of an answer that cannot be given. */
export type OidcDeviceProblem =
  | { readonly kind: 'missing' }
  /** Unknown, expired or used. */
  | { readonly kind: 'wrong'; readonly userCode: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'failed'; readonly problem: OidcProblem }

/** The device authorization grant (RFC 8628) of a vendor that has it. */
export interface OidcDevicePolicy {
  readonly routes: { readonly deviceAuthorization: string; readonly codeVerification: string }
  /** Wall seconds a code lives. */
  readonly codeSeconds: number
  /** The answer to a device (RFC 8628 §3.2), from what the provider has made: with the address people open, and the vendor's words. */
  reviseAnswer(answer: Readonly<Record<string, unknown>>, place: OidcPlace): Readonly<Record<string, unknown>>
  /** Asks for the code shown on the device: field `user_code`. */
  renderCodeForm(form: OidcDeviceForm, problem: OidcDeviceProblem | undefined): string
  /** Asks whether to go on: submit buttons `confirm=yes` and `abort=yes`. */
  renderConfirmation(form: OidcDeviceForm, client: { readonly clientId: string; readonly name: string }): string
  renderDone(client: { readonly clientId: string; readonly name: string }): string
}
