import { Fragment } from 'preact'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { type Action, Menu } from '#kit/ui/menu.tsx'
import { claimName } from '../../../saml/claims.ts'
import type { SamlClaim, SamlSettings } from '../../../saml/records.ts'
import type { AdminContext } from '../../context.ts'
import { AppPage } from '../app-page.tsx'
import { NAME_ID_FORMATS } from './claim-forms.tsx'
import { ssoHref } from './sso-page.tsx'

interface ClaimsProps {
  readonly context: AdminContext
  readonly app: ServicePrincipal
}

/** Address of a page about one claim, by its full name. */
function claimHref(appId: string, page: 'claim' | 'claim/delete', claim: SamlClaim): string {
  return `${ssoHref(appId, page)}?${new URLSearchParams({ name: claimName(claim) })}`
}

/** Attributes & Claims: the claim every answer needs, then the others. */
export function ClaimsPage(props: ClaimsProps & { readonly settings: SamlSettings }) {
  const { context, app, settings } = props
  const actionsOf = (claim: SamlClaim): readonly Action[] => [
    { kind: 'link', label: 'Edit', href: claimHref(app.id, 'claim', claim) },
    { kind: 'link', label: 'Delete', href: claimHref(app.id, 'claim/delete', claim) },
  ]
  const columns = [
    { key: 'name', header: 'Claim name', mono: true },
    { key: 'type', header: 'Type', narrow: true },
    { key: 'value', header: 'Value', mono: true },
  ]
  const format = NAME_ID_FORMATS.find(({ value }) => value === settings.nameId.format)?.label ?? ''
  return (
    <AppPage
      context={context}
      app={app}
      page="Single sign-on"
      step="Attributes & Claims"
      commands={[
        { kind: 'link', label: 'Add new claim', icon: 'add', href: ssoHref(app.id, 'claim') },
        { kind: 'link', label: 'Add a group claim', icon: 'add', href: ssoHref(app.id, 'groups-claim') },
        { kind: 'link', label: 'Back to single sign-on', href: ssoHref(app.id) },
      ]}
    >
      <h2 class="k-card__title">Required claim</h2>
      <DataTable
        caption="Required claim"
        columns={columns}
        rows={[
          {
            key: 'name-id',
            href: ssoHref(app.id, 'name-id'),
            cells: {
              name: 'Unique User Identifier (Name ID)',
              type: 'SAML',
              value: `${settings.nameId.source} [nameid-format:${format.toLowerCase()}]`,
            },
          },
        ]}
      />
      <h2 class="k-card__title">Additional claims</h2>
      <DataTable
        caption="Additional claims"
        columns={[...columns, { key: 'actions', header: 'Actions', narrow: true }]}
        rows={[
          ...settings.claims.map((claim) => ({
            key: claimName(claim),
            cells: {
              name: <BreakableName claim={claim} />,
              type: 'SAML',
              value: claim.source,
              actions: <Menu label="Actions" align="end" items={actionsOf(claim)} />,
            },
          })),
          ...(settings.groupsClaim === undefined
            ? []
            : [
                {
                  key: 'groups',
                  href: ssoHref(app.id, 'groups-claim'),
                  cells: {
                    name: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
                    type: 'SAML',
                    value: 'user.groups',
                    actions: '',
                  },
                },
              ]),
        ]}
        empty={<Quiet>Answers carry no claims but those every app gets.</Quiet>}
      />
    </AppPage>
  )
}

/** The name in full, which may go on in a second line after any of its slashes. */
function BreakableName({ claim }: { readonly claim: SamlClaim }) {
  const [first = '', ...parts] = claimName(claim).split('/')
  return (
    <>
      {first}
      {parts.map((part, index) => (
        <Fragment key={`${index} ${part}`}>
          /<wbr />
          {part}
        </Fragment>
      ))}
    </>
  )
}

/** Asks before a claim is removed. */
export function DeleteClaimPage(props: ClaimsProps & { readonly name: string }) {
  const { context, app, name } = props
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Delete claim">
      <ConfirmForm
        title="Delete this claim?"
        subject={name}
        action={`${ssoHref(app.id, 'claim/delete')}?${new URLSearchParams({ name })}`}
        confirmLabel="Delete"
        cancelHref={ssoHref(app.id, 'claims')}
        headingLevel={2}
      >
        {`${app.displayName} is no longer told of it. An app that needs the claim refuses the sign-in.`}
      </ConfirmForm>
    </AppPage>
  )
}
