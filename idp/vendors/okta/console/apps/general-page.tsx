import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../apps/records.ts'
import { embedPath } from '../../dashboard/assigned-tiles.ts'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'
import { appHref } from './app-href.ts'
import { AppPage } from './app-page.tsx'
import { VisibilityFields } from './catalog-pages.tsx'

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

const yes = (value: boolean): string => (value ? 'Yes' : 'No')

/** General: App Settings, App Embed Link, notes. With `edit` the settings are a form in place. */
export function GeneralPage({ context, app, edit }: AppProps & { readonly edit?: FormView }) {
  return (
    <AppPage
      context={context}
      app={app}
      tab="General"
      notices={edit && <FormProblem problems={edit.problems} shown={['label', 'notesForUsers', 'notesForAdmins']} />}
    >
      {edit === undefined ? <Settings context={context} app={app} /> : <EditSettings app={app} view={edit} />}
      <Card title="App Embed Link">
        <DefinitionList
          items={[
            {
              term: 'Embed Link',
              value: <Copyable label="Embed Link" value={`${context.system.origin}${embedPath(app)}`} />,
            },
          ]}
        />
      </Card>
    </AppPage>
  )
}

function Settings({ context, app }: AppProps) {
  const { hideWeb, hideMobile, autoSubmit } = app.visibility
  return (
    <Card
      title="App Settings"
      action={
        context.may.apps && (
          <LinkButton kind="subtle" href={appHref(app, 'general/edit')}>
            Edit
          </LinkButton>
        )
      }
    >
      <DefinitionList
        items={[
          { term: 'Application label', value: app.label },
          { term: 'Do not display application icon to users', value: yes(hideWeb) },
          { term: 'Do not display application icon in the Okta Mobile App', value: yes(hideMobile) },
          { term: 'Automatically log in when user lands on login page', value: yes(autoSubmit) },
          { term: 'Application notes for end users', value: app.notesForUsers },
          { term: 'Application notes for admins', value: app.notesForAdmins },
        ]}
      />
    </Card>
  )
}

function EditSettings({ app, view }: { readonly app: OktaApp; readonly view: FormView }) {
  const { values, problems } = view
  return (
    <Card title="App Settings">
      <Form action={appHref(app, 'general/edit')} label="App Settings" noValidate>
        <TextField
          label="Application label"
          name="label"
          value={values['label']}
          problem={problems['label']}
          required
        />
        <VisibilityFields values={values} />
        <TextField
          label="Application notes for end users"
          name="notesForUsers"
          multiline={3}
          value={values['notesForUsers']}
          problem={problems['notesForUsers']}
        />
        <TextField
          label="Application notes for admins"
          name="notesForAdmins"
          multiline={3}
          value={values['notesForAdmins']}
          problem={problems['notesForAdmins']}
        />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={appHref(app, 'general')}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </Card>
  )
}

/** What the status drop-down can do to an app. */
export const APP_ACTS = {
  deactivate: {
    label: 'Deactivate',
    title: 'Deactivate App',
    danger: true,
    text: 'Nobody can open the app and nothing more is sent to it. Assignments stay. It can be activated again.',
  },
  activate: {
    label: 'Activate',
    title: 'Activate App',
    danger: false,
    text: 'Assigned people can open the app again.',
  },
  delete: {
    label: 'Delete',
    title: 'Delete App',
    danger: true,
    text: 'The app, its settings and its assignments go. This cannot be undone, and nothing is sent to the app.',
  },
} as const
export type AppAct = keyof typeof APP_ACTS

export function isAppAct(word: string): word is AppAct {
  return Object.hasOwn(APP_ACTS, word)
}

/** Asks before an app is switched off, on, or deleted. */
export function ConfirmAppPage({ context, app, act }: AppProps & { readonly act: AppAct }) {
  const { title, label, text, danger } = APP_ACTS[act]
  return (
    <AppPage context={context} app={app}>
      <ConfirmForm
        title={title}
        headingLevel={2}
        subject={app.label}
        action={appHref(app, act)}
        confirmLabel={label}
        cancelHref={appHref(app)}
        kind={danger ? 'danger' : 'primary'}
      >
        <p>{text}</p>
      </ConfirmForm>
    </AppPage>
  )
}
