import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AppProvisioning, OktaApp } from '../../../apps/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { DIALPAD_GUIDE_HREF } from '../guide-page.tsx'
import { ProvisioningPage } from './provisioning-page.tsx'

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

/** Before anybody set it up: why nothing happens, and the way to begin (reference sheet 1.6). */
export function NotEnabledPage({ context, app }: AppProps) {
  return (
    <ProvisioningPage context={context} app={app}>
      <EmptyState
        title="Provisioning is not enabled"
        icon="swap"
        action={
          context.may.apps && (
            <LinkButton href={appHref(app, 'provisioning/integration/edit')} kind="primary">
              Configure API Integration
            </LinkButton>
          )
        }
      >
        <p>Enable provisioning features to automate {app.label} user account creation, deactivation, and updates.</p>
        {app.catalogKey === 'dialpad' && (
          <p>
            <a href={DIALPAD_GUIDE_HREF}>Dialpad Configuration Guide</a>
          </p>
        )}
      </EmptyState>
    </ProvisioningPage>
  )
}

/** What the form of the API settings shows. The token is never shown again; it may be kept from a test (`hasDraft`). */
export interface IntegrationView {
  readonly enabled: boolean
  readonly importGroups: boolean
  readonly baseUrl: string
  readonly hasDraft: boolean
  /** Result of the last test or of a refused save. */
  readonly outcome?: { readonly ok: boolean; readonly message: string } | undefined
  readonly problems: Readonly<Record<string, string>>
}

/** The credential of an app: the catalog's ask for an API token, those of the wizard for the header as it is sent. */
export function tokenLabel({ dialect }: Pick<AppProvisioning, 'dialect'>): string {
  return dialect === 'catalog' ? 'API Token' : 'Authorization'
}

/**
 * The form: Enable API Integration, then the credentials, Test API Credentials, Save, Cancel. The credentials show while the box is
 * ticked; without style sheets always.
 */
export function EditIntegrationPage(
  props: AppProps & { readonly provisioning: AppProvisioning; readonly view: IntegrationView },
) {
  const { app, provisioning, view } = props
  const isSaved = provisioning.sealedToken !== undefined
  const { outcome } = view
  return (
    <ProvisioningPage
      context={props.context}
      app={app}
      section="Integration"
      notices={
        <>
          {outcome && <Notice tone={outcome.ok ? 'success' : 'danger'}>{outcome.message}</Notice>}
          <FormProblem problems={view.problems} shown={['token', 'baseUrl']} />
        </>
      }
    >
      <Card title="Integration">
        <Form action={appHref(app, 'provisioning/integration/edit')} label="Integration" noValidate>
          <div class="okta-enable">
            <CheckboxField label="Enable API Integration" name="enabled" checked={view.enabled} />
            <div class="okta-credentials k-stack">
              <p>{`Enter your ${app.label} credentials to enable user import and provisioning features.`}</p>
              {provisioning.dialect === 'wizard' && (
                <TextField
                  label="SCIM connector base URL"
                  name="baseUrl"
                  value={view.baseUrl}
                  problem={view.problems['baseUrl']}
                  autocomplete="off"
                  mono
                />
              )}
              <TextField
                label={tokenLabel(provisioning)}
                name="token"
                type="password"
                autocomplete="off"
                problem={view.problems['token']}
                placeholder={view.hasDraft || isSaved ? '••••••••' : undefined}
                hint={
                  view.hasDraft
                    ? 'The one you tested is used unless you type another.'
                    : isSaved
                      ? 'The saved one is used unless you type another.'
                      : undefined
                }
              />
              <CheckboxField label="Import Groups" name="importGroups" checked={view.importGroups} />
              <FormActions>
                <Button name="do" value="test">
                  Test API Credentials
                </Button>
              </FormActions>
            </div>
          </div>
          <FormActions>
            <Button kind="primary" name="do" value="save">
              Save
            </Button>
            <LinkButton href={appHref(app, provisioning.configured ? 'provisioning/integration' : 'provisioning')}>
              Cancel
            </LinkButton>
          </FormActions>
        </Form>
      </Card>
    </ProvisioningPage>
  )
}

/** Asks before groups are no longer imported (reference sheet 1.6). What else was typed is kept for the answer. */
export function DisableImportGroupsPage({ context, app }: AppProps) {
  return (
    <ProvisioningPage context={context} app={app} section="Integration">
      <ConfirmForm
        title="Disable Import Groups?"
        headingLevel={2}
        subject={app.label}
        action={appHref(app, 'provisioning/integration/edit')}
        fields={{ do: 'save', enabled: 'true', confirmed: 'true' }}
        confirmLabel="Continue"
        cancelHref={appHref(app, 'provisioning/integration/edit')}
        kind="primary"
      >
        <p>
          Groups of the app are no longer imported. A pushed group is then looked up by its name before it is created.
        </p>
      </ConfirmForm>
    </ProvisioningPage>
  )
}

/** Integration, as saved: read only, the token masked. */
export function IntegrationPage(props: AppProps & { readonly provisioning: AppProvisioning }) {
  const { context, app, provisioning } = props
  return (
    <ProvisioningPage context={context} app={app} section="Integration">
      <Card
        title="Integration"
        action={
          context.may.apps && (
            <LinkButton kind="subtle" href={appHref(app, 'provisioning/integration/edit')}>
              Edit
            </LinkButton>
          )
        }
      >
        <CheckboxField label="Enable API Integration" name="shown.enabled" checked={provisioning.enabled} disabled />
        <DefinitionList
          items={[
            ...(provisioning.dialect === 'wizard'
              ? [{ term: 'SCIM connector base URL', value: <code class="k-mono">{provisioning.baseUrl}</code> }]
              : []),
            { term: tokenLabel(provisioning), value: provisioning.sealedToken && '••••••••' },
            { term: 'Import Groups', value: provisioning.importGroups ? 'Yes' : 'No' },
          ]}
        />
      </Card>
    </ProvisioningPage>
  )
}
