import type { OidcDevicePolicy, OidcDeviceProblem } from '#idp/protocols/oidc/device-policy.ts'
import type { OidcProblem } from '#idp/protocols/oidc/policy.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { EntraSystem } from '../../collections.ts'
import type { AadstsError } from '../aadsts.ts'
import { frameOf } from '../frame.ts'
import { ErrorPage } from '../pages/error-page.tsx'
import { NAMED_NOTE } from '../tokens/access-token-claims.ts'
import { firstDeviceAnswer } from '../version-one/answers.ts'
import { CodeStep, ConfirmDeviceStep, DeviceDoneStep } from './pages.tsx'

/** Paths behind the tenant segment; the address people open is shorter. */
export const DEVICE_ROUTES = {
  deviceAuthorization: '/oauth2/v2.0/devicecode',
  codeVerification: '/oauth2/deviceauth',
} as const

/** Where people type the code. */
export const DEVICE_LOGIN = '/devicelogin'

/** Wall seconds a device's code lives (device code flow, "expires_in"). */
export const DEVICE_CODE_SECONDS = 15 * 60

/** Seconds between two questions of a device (RFC 8628 §3.2). */
const POLLING_SECONDS = 5

/** Under which name a device's request keeps the tenant segment it came in by. */
export const DEVICE_REALM = 'entra_device_realm'

/** The pages of the device flow. */
export function devicePages(
  system: Pick<EntraSystem, 'clock' | 'urls' | 'origin'>,
  worded: (problem: OidcProblem) => AadstsError,
): OidcDevicePolicy {
  const frame = () => frameOf(system, DEVICE_LOGIN)
  return {
    routes: DEVICE_ROUTES,
    codeSeconds: DEVICE_CODE_SECONDS,
    reviseAnswer({ verification_uri_complete: _complete, ...answer }, place) {
      const uri = `${system.origin}${DEVICE_LOGIN}`
      const message = `To sign in, use a web browser to open the page ${uri} and enter the code ${String(answer['user_code'])} to authenticate.`
      const revised = { ...answer, verification_uri: uri, interval: POLLING_SECONDS, message }
      return place.exchange?.notes?.[NAMED_NOTE] === undefined ? revised : firstDeviceAnswer(revised)
    },
    renderCodeForm(form, problem) {
      if (problem?.kind === 'failed') return renderPage(<ErrorPage frame={frame()} error={worded(problem.problem)} />)
      if (problem?.kind === 'declined') return renderPage(<DeviceDoneStep frame={frame()} declined />)
      const userCode = problem?.kind === 'wrong' ? problem.userCode : undefined
      return renderPage(<CodeStep frame={frame()} form={form} problem={wordsOf(problem)} userCode={userCode} />)
    },
    renderConfirmation: (form, client) =>
      renderPage(<ConfirmDeviceStep frame={frame()} form={form} appName={client.name} />),
    renderDone: (client) => renderPage(<DeviceDoneStep frame={frame()} appName={client.name} />),
  }
}

/** Words beside the field. */
function wordsOf(problem: OidcDeviceProblem | undefined): string | undefined {
  switch (problem?.kind) {
    case 'missing':
      return 'Enter the code displayed on your app or device.'
    case 'wrong':
      return "That code didn't work. Check the code and try again."
    default:
      return undefined
  }
}
