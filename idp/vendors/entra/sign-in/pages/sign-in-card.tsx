import { type Asset, assetBeside } from '#kit/ui/assets.ts'
import type { Look } from '#kit/ui/look.ts'
import { SignInPage, type SignInPageProps } from '#kit/ui/sign-in-page.tsx'
import { entraLook } from '../../look/look.ts'

/** The sheet of the sign-in pages, for others that show the same parts. */
export const signInStylesheet = assetBeside(import.meta.url, './sign-in.css', '/_assets/entra/sign-in.css')

/** Sends the form of an answer to an application without a click, where scripts run. */
export const submitScript = assetBeside(import.meta.url, './submit-at-once.js', '/_assets/entra/submit-at-once.js')

/** Files the sign-in pages need beside those of the look. */
export const signInAssets: readonly Asset[] = [signInStylesheet, submitScript]

/** The look of the sign-in service: the admin center's, under its own name. */
const signInLook: Look = {
  ...entraLook,
  product: 'Entra ID',
  stylesheets: [...entraLook.stylesheets, signInStylesheet.urlPath],
}

/** The white card every step stands on. */
export function SignInCard(props: Omit<SignInPageProps, 'look'>) {
  return <SignInPage {...props} look={signInLook} />
}
