import { z } from 'zod'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { ApplicationType, ClientJwk, GrantType, OidcAppSettings } from '../../../oauth/records.ts'
import type { FormView } from '../../form-view.tsx'
import { AUTH_WORDS, AUTHS_OF, authWord, GRANT_WORDS, GRANTS_OF, linesOf } from './words.ts'

const box = z.literal('true').optional()
const Addresses = z.string().max(20_000).default('')

/** Fields of the General Settings of an OpenID Connect app, by the API's names where it has one. */
export const SETTINGS_FORM = {
  authorization_code: box,
  refresh_token: box,
  client_credentials: box,
  redirect_uris: Addresses,
  post_logout_redirect_uris: Addresses,
  initiated_by: z.enum(['DISABLED', 'SPEC']).default('DISABLED'),
  initiate_login_uri: z.string().trim().max(1024).default(''),
  rotation: z.enum(['ROTATE', 'STATIC']).default('ROTATE'),
  consent: box,
  authentication: z.enum(['none', 'secret', 'private_key_jwt']).optional(),
  pkce: box,
  jwks: z.string().max(20_000).default(''),
  broker: box,
} as const
const Settings = z.object(SETTINGS_FORM)
type Settings = z.output<typeof Settings>

/** Fields whose problems stand beside them. */
export const SETTINGS_FIELDS = [
  'redirect_uris',
  'post_logout_redirect_uris',
  'initiate_login_uri',
  'grant_types',
  'jwks',
]

const NO_KEYS: readonly ClientJwk[] = []

/** Public keys as they are pasted: one JWK, a set, or a list. `undefined`: none of these. */
function keysOf(text: string): readonly ClientJwk[] | undefined {
  if (text.trim() === '') return NO_KEYS
  try {
    const parsed = JSON.parse(text) as unknown
    const listed = Array.isArray(parsed) ? parsed : ((parsed as { keys?: unknown }).keys ?? [parsed])
    const keys = z.array(z.looseObject({ kty: z.enum(['RSA', 'EC']) })).safeParse(listed)
    if (!keys.success) return undefined
    const PUBLIC = ['kty', 'kid', 'use', 'alg', 'n', 'e', 'crv', 'x', 'y']
    return keys.data.map((key) =>
      Object.fromEntries(
        Object.entries(key).filter(([name, value]) => PUBLIC.includes(name) && typeof value === 'string'),
      ),
    ) as readonly ClientJwk[]
  } catch {
    return undefined
  }
}

/** What a form says of the settings. @returns problems by field where keys cannot be read. */
export function settingsOf(
  form: Settings,
  type: ApplicationType,
):
  | { readonly ok: true; readonly patch: Partial<Omit<OidcAppSettings, 'secrets' | 'applicationType'>> }
  | { readonly ok: false; readonly problems: FormView['problems'] } {
  const jwks = keysOf(form.jwks)
  if (jwks === undefined) return { ok: false, problems: { jwks: 'Paste public keys as JSON: one JWK, or a JWK set.' } }
  const grantTypes = GRANTS_OF[type].filter((grant: GrantType) => form[grant] === 'true')
  const authentication = form.authentication ?? AUTHS_OF[type][0] ?? 'secret'
  return {
    ok: true,
    patch: {
      grantTypes,
      authMethod: authentication === 'secret' ? 'client_secret_basic' : authentication,
      redirectUris: linesOf(form.redirect_uris),
      postLogoutRedirectUris: linesOf(form.post_logout_redirect_uris),
      loginMode: form.initiated_by,
      initiateLoginUri: form.initiate_login_uri,
      refreshRotation: form.rotation,
      consentMethod: form.consent === 'true' ? 'REQUIRED' : 'TRUSTED',
      pkceRequired: authentication === 'none' || form.pkce === 'true',
      jwks,
      implicitAssignment: form.broker === 'true',
    },
  }
}

/** What the fields show. */
export function settingsTexts(oidc: OidcAppSettings): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(oidc.grantTypes.map((grant) => [grant, 'true'])),
    redirect_uris: oidc.redirectUris.join('\n'),
    post_logout_redirect_uris: oidc.postLogoutRedirectUris.join('\n'),
    initiated_by: oidc.loginMode,
    initiate_login_uri: oidc.initiateLoginUri,
    rotation: oidc.refreshRotation,
    consent: String(oidc.consentMethod === 'REQUIRED'),
    authentication: authWord(oidc.authMethod),
    pkce: String(oidc.pkceRequired),
    jwks: oidc.jwks.length === 0 ? '' : JSON.stringify({ keys: oidc.jwks }, null, 2),
    broker: String(oidc.implicitAssignment),
  }
}

/** The fields of General Settings for one type of app. */
export function SettingsFields({ type, view }: { readonly type: ApplicationType; readonly view: FormView }) {
  const { values, problems } = view
  const signsIn = type !== 'service'
  return (
    <>
      {AUTHS_OF[type].length > 1 && (
        <RadioGroup
          label="Client authentication"
          name="authentication"
          value={values['authentication'] ?? AUTHS_OF[type][0]}
          options={AUTHS_OF[type].map((each) => ({ value: each, label: AUTH_WORDS[each] }))}
        />
      )}
      {AUTHS_OF[type].includes('private_key_jwt') && (
        <TextField
          label="Public keys"
          name="jwks"
          multiline={3}
          mono
          value={values['jwks']}
          problem={problems['jwks']}
          hint="For Public key / Private key: a JWK, or a JWK set."
        />
      )}
      {signsIn && AUTHS_OF[type].length > 1 && (
        <CheckboxField
          label="Require PKCE as additional verification"
          name="pkce"
          checked={values['pkce'] === 'true'}
        />
      )}
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">Grant type</legend>
        {GRANTS_OF[type].map((grant) => (
          <CheckboxField key={grant} label={GRANT_WORDS[grant]} name={grant} checked={values[grant] === 'true'} />
        ))}
        {problems['grant_types'] && <p class="k-problem">{problems['grant_types']}</p>}
      </fieldset>
      {signsIn && (
        <>
          <SelectField
            label="Refresh token behavior"
            name="rotation"
            value={values['rotation'] ?? 'ROTATE'}
            options={[
              { value: 'ROTATE', label: 'Rotate token after every use' },
              { value: 'STATIC', label: 'Use persistent token' },
            ]}
          />
          <TextField
            label="Sign-in redirect URIs"
            name="redirect_uris"
            multiline={3}
            mono
            value={values['redirect_uris']}
            problem={problems['redirect_uris']}
            hint="One in a line. Okta sends the authentication response and ID token there; it compares character for character."
          />
          <TextField
            label="Sign-out redirect URIs"
            name="post_logout_redirect_uris"
            multiline={3}
            mono
            value={values['post_logout_redirect_uris']}
            problem={problems['post_logout_redirect_uris']}
            hint="One in a line. Where people go after signing out."
          />
          <RadioGroup
            label="Login initiated by"
            name="initiated_by"
            value={values['initiated_by'] ?? 'DISABLED'}
            options={[
              { value: 'DISABLED', label: 'App Only' },
              {
                value: 'SPEC',
                label: 'Either Okta or App',
                hint: 'People have a tile, which opens the address below.',
              },
            ]}
          />
          <TextField
            label="Initiate login URI"
            name="initiate_login_uri"
            mono
            value={values['initiate_login_uri']}
            problem={problems['initiate_login_uri']}
          />
          <CheckboxField
            label="Require consent"
            name="consent"
            checked={values['consent'] === 'true'}
            hint="People are asked for scopes of the authorization server whose consent is required."
          />
          <CheckboxField
            label="Enable immediate access with Federation Broker Mode"
            name="broker"
            checked={values['broker'] === 'true'}
            hint="Everybody may use the app; nobody needs an assignment."
          />
        </>
      )}
    </>
  )
}
