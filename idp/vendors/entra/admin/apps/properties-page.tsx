import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { AppPage, appHref } from './app-page.tsx'

export interface AppPropertiesView {
  readonly app: ServicePrincipal
  /** Opens the app for whoever may use it. */
  readonly userAccessUrl: string
  /** What the fields show: what is stored, or what was typed. */
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
  readonly readOnly: string | undefined
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const

/** Properties of an app. */
export function AppPropertiesPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: AppPropertiesView
}) {
  const { app, values, problems, readOnly } = view
  const disabled = readOnly !== undefined
  const unavailable = greyed(readOnly)
  const field = (name: string) => ({ name, problem: problems[name], disabled })
  const yesNo = (name: string) => ({ ...field(name), value: values[name], options: YES_NO, row: true })
  return (
    <AppPage
      context={context}
      app={app}
      page="Properties"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'properties', ...unavailable },
        { kind: 'link', label: 'Discard', icon: 'close', href: appHref(app.id, 'properties') },
        { kind: 'link', label: 'Delete', icon: 'delete', href: appHref(app.id, 'delete'), ...unavailable },
      ]}
      notices={
        problems[''] && (
          <Notice tone="danger" title="The properties were not saved">
            {problems['']}
          </Notice>
        )
      }
    >
      <Form action={appHref(app.id, 'properties')} id="properties" label="Properties" noValidate>
        <RadioGroup
          label="Enabled for users to sign-in?"
          hint="No: nobody can sign in to the app, and no tokens are issued for it."
          {...yesNo('accountEnabled')}
        />
        <TextField label="Name" required {...field('displayName')} value={values['displayName']} />
        <TextField label="Homepage URL" type="url" mono {...field('homepage')} value={values['homepage']} />
        <DefinitionList
          items={[
            { term: 'Application ID', value: <Copyable label="Application ID" value={app.appId} /> },
            { term: 'Object ID', value: <Copyable label="Object ID" value={app.id} /> },
            { term: 'User access URL', value: <Copyable label="User access URL" value={view.userAccessUrl} /> },
          ]}
        />
        <RadioGroup
          label="Assignment required?"
          hint="Yes: only assigned people, and direct members of assigned groups, can sign in to the app."
          {...yesNo('appRoleAssignmentRequired')}
        />
        <RadioGroup
          label="Visible to users?"
          hint="Yes: assigned people see the app in My Apps. No: they do not, and may still open it by its User access URL."
          {...yesNo('visibleToUsers')}
        />
        <TextField label="Notes" multiline={4} {...field('notes')} value={values['notes']} />
        {!disabled && (
          <FormActions>
            <Button kind="primary" label="Save properties">
              Save
            </Button>
            <LinkButton href={appHref(app.id, 'properties')}>Cancel</LinkButton>
          </FormActions>
        )}
      </Form>
    </AppPage>
  )
}

/** Asks before an app is deleted. */
export function DeleteAppPage({ context, app }: { readonly context: AdminContext; readonly app: ServicePrincipal }) {
  return (
    <AppPage context={context} app={app} page="Properties" step="Delete application">
      <ConfirmForm
        title="Delete this application?"
        subject={app.displayName}
        action={appHref(app.id, 'delete')}
        confirmLabel="Delete"
        cancelHref={appHref(app.id, 'properties')}
        headingLevel={2}
      >
        Its assignments and the consents given to it go with it. Accounts that exist in the app stay there.
      </ConfirmForm>
    </AppPage>
  )
}
