import type { Application, OptionalClaim, OptionalClaims } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { withPermissions } from './api-permissions.ts'
import { changeRegistration, type RegistrationInput } from './change-registration.ts'

/** The three tokens claims are configured for, as the manifest calls them and as the page does. */
export const TOKEN_TYPES = ['idToken', 'accessToken', 'saml2Token'] as const
export type TokenType = (typeof TOKEN_TYPES)[number]
export const TOKEN_TYPE_LABELS: Readonly<Record<TokenType, string>> = {
  idToken: 'ID',
  accessToken: 'Access',
  saml2Token: 'SAML',
}

interface ClaimRow {
  readonly description: string
  readonly tokens: readonly TokenType[]
}

const BOTH: readonly TokenType[] = ['idToken', 'accessToken']
const ALL: readonly TokenType[] = TOKEN_TYPES

/** Claims an application may ask for by name (optional claims reference), with our explanations. */
export const OPTIONAL_CLAIMS: Readonly<Record<string, ClaimRow>> = {
  acct: { description: 'Whether the account is a member (0) or a guest (1) of the tenant', tokens: ALL },
  auth_time: { description: 'When the person last signed in', tokens: BOTH },
  ctry: { description: 'Country or region of the person', tokens: BOTH },
  email: { description: 'Email address of the person, where there is one', tokens: ALL },
  family_name: { description: 'Last name of the person', tokens: BOTH },
  fwd: { description: 'IP address of the client, where it is forwarded', tokens: BOTH },
  given_name: { description: 'First name of the person', tokens: BOTH },
  idtyp: { description: 'Whether the token stands for an application by itself', tokens: ['accessToken'] },
  in_corp: { description: 'Whether the client signs in from the corporate network', tokens: BOTH },
  ipaddr: { description: 'IP address the person signed in from', tokens: BOTH },
  login_hint: { description: 'Hint that fills in the account at the next sign-in', tokens: BOTH },
  onprem_sid: { description: 'On-premises security identifier', tokens: BOTH },
  preferred_username: { description: 'Name the person signs in with', tokens: BOTH },
  pwd_exp: { description: 'When the password expires', tokens: BOTH },
  pwd_url: { description: 'Where the password is changed', tokens: BOTH },
  sid: { description: 'Identifier of the session, for signing out of it', tokens: BOTH },
  tenant_ctry: { description: 'Country or region of the tenant', tokens: BOTH },
  tenant_region_scope: { description: 'Region of the tenant', tokens: ALL },
  upn: { description: 'User principal name of the person', tokens: ALL },
  verified_primary_email: { description: 'Primary authoritative email addresses', tokens: ALL },
  verified_secondary_email: { description: 'Secondary authoritative email addresses', tokens: ALL },
  vnet: { description: 'Virtual network of the client', tokens: BOTH },
  xms_cc: { description: 'Capabilities of the client', tokens: BOTH },
  xms_edov: { description: 'Whether the domain of the email address is verified', tokens: ALL },
  xms_pdl: { description: 'Preferred data location', tokens: ALL },
  xms_pl: { description: 'Preferred language of the person', tokens: ALL },
  xms_tpl: { description: 'Preferred language of the tenant', tokens: ALL },
  ztdid: { description: 'Device identity of a zero-touch deployment', tokens: ['idToken'] },
}

/** Permission of Graph a claim comes with (optional claims reference: "requires the profile scope"). */
const PERMISSION_OF: Readonly<Record<string, string>> = {
  email: 'email',
  family_name: 'profile',
  given_name: 'profile',
  upn: 'profile',
}

/** How groups appear in a token, and whether as roles (`additionalProperties` of the claim `groups`). */
export const GROUP_FORMATS = [
  { value: '', label: 'Group ID' },
  { value: 'sam_account_name', label: 'sAMAccountName' },
  { value: 'netbios_domain_and_sam_account_name', label: 'NetBIOSDomain\\sAMAccountName' },
  { value: 'dns_domain_and_sam_account_name', label: 'DNSDomain\\sAMAccountName' },
  { value: 'cloud_displayname', label: 'Cloud-only group display names' },
] as const

export const EMIT_AS_ROLES = 'emit_as_roles'

const NO_CLAIMS: OptionalClaims = { idToken: [], accessToken: [], saml2Token: [] }

/** Optional claims of a registration, empty lists where there are none. */
export function optionalClaimsOf({ optionalClaims = NO_CLAIMS }: Application): OptionalClaims {
  return optionalClaims
}

/** @throws {DirectoryRefusal} `Request_BadRequest` on `claims` for a name the token type does not know. */
export function checkOptionalClaims(claims: OptionalClaims): void {
  for (const type of TOKEN_TYPES) {
    const names = claims[type].map(({ name }) => name)
    const unknown = names.find((name) => name !== 'groups' && !OPTIONAL_CLAIMS[name]?.tokens.includes(type))
    if (unknown !== undefined) {
      throw badValue('claims', `'${unknown}' is no optional claim of ${TOKEN_TYPE_LABELS[type]} tokens.`)
    }
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) throw badValue('claims', `'${twice}' is configured twice for the same token.`)
  }
}

/** The registration with other optional claims. Pure. */
function withClaims(application: Application, claims: OptionalClaims): Application {
  const { optionalClaims: _, ...rest } = application
  checkOptionalClaims(claims)
  return TOKEN_TYPES.every((type) => claims[type].length === 0) ? rest : { ...rest, optionalClaims: claims }
}

/**
 * Ask for claims in one kind of token, beside those asked for already.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_BadRequest` on `claims`.
 */
export function addOptionalClaims(
  deps: CommandDeps,
  actor: Actor,
  input: RegistrationInput & {
    readonly tokenType: TokenType
    readonly names: readonly string[]
    /** Ask for the permissions of Graph these claims come with, too. */
    readonly withPermissions?: boolean
  },
): Promise<Application> {
  const { tokenType, names } = input
  return changeRegistration(deps, actor, input, {
    decide: (before) => {
      if (names.length === 0) throw badValue('claims', 'Select at least one claim.')
      const held = optionalClaimsOf(before)
      const added = names.filter((name) => !held[tokenType].some((claim) => claim.name === name))
      const claims = added.map((name): OptionalClaim => ({ name, essential: false, additionalProperties: [] }))
      const permissions = input.withPermissions === true ? names.flatMap((name) => PERMISSION_OF[name] ?? []) : []
      const asking = withPermissions(before, 'delegated', [...new Set([...before.requiredScopes, ...permissions])])
      return withClaims(asking, { ...held, [tokenType]: [...held[tokenType], ...claims] })
    },
    title: (after) => `Optional claims of ${after.displayName} were added`,
  })
}

/** @throws as {@link addOptionalClaims} does. A claim that is not there is none to remove. */
export function removeOptionalClaim(
  deps: CommandDeps,
  actor: Actor,
  input: RegistrationInput & { readonly tokenType: TokenType; readonly name: string },
): Promise<Application> {
  return changeRegistration(deps, actor, input, {
    decide: (before) => {
      const held = optionalClaimsOf(before)
      const left = held[input.tokenType].filter(({ name }) => name !== input.name)
      return withClaims(before, { ...held, [input.tokenType]: left })
    },
    title: (after) => `The optional claim ${input.name} of ${after.displayName} was removed`,
  })
}

export interface GroupsClaimInput extends RegistrationInput {
  /** `null`: no groups in tokens. */
  readonly groups: NonNullable<Application['groupMembershipClaims']> | null
  /** `additionalProperties` of the claim by token; absent where groups appear by their ids. */
  readonly properties?: Readonly<Partial<Record<TokenType, readonly string[]>>>
}

/** Say which groups go into tokens, and how. @throws as {@link addOptionalClaims} does. */
export function setGroupsClaim(deps: CommandDeps, actor: Actor, input: GroupsClaimInput): Promise<Application> {
  const { groups, properties = {} } = input
  return changeRegistration(deps, actor, input, {
    decide: (before) => {
      const { groupMembershipClaims: _, ...rest } = before
      const held = optionalClaimsOf(before)
      const listOf = (type: TokenType): readonly OptionalClaim[] => {
        const others = held[type].filter(({ name }) => name !== 'groups')
        if (groups === null) return others
        return [...others, { name: 'groups', essential: false, additionalProperties: properties[type] ?? [] }]
      }
      const claims: OptionalClaims = {
        idToken: listOf('idToken'),
        accessToken: listOf('accessToken'),
        saml2Token: listOf('saml2Token'),
      }
      return withClaims(groups === null ? rest : { ...rest, groupMembershipClaims: groups }, claims)
    },
    title: (after) => `The groups claim of ${after.displayName} was ${groups === null ? 'removed' : 'changed'}`,
  })
}
