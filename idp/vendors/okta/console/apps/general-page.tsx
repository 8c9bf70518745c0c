import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { type Definition, DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { DEFAULT_GENERAL, type OktaApp, VPN_NOTICES } from '../../apps/records.ts'
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

const VPN_LABELS = { disabled: 'Disabled', anywhere: 'Anywhere' } as const
const yes = (value: boolean): string => (value ? 'Yes' : 'No')

/** Sections of the tab that are edited one at a time (reference sheet 1.4). */
export const GENERAL_SECTIONS = ['settings', 'vpn', 'embed', 'self-service'] as const
export type GeneralSection = (typeof GENERAL_SECTIONS)[number]

function generalEditHref(app: OktaApp, section: GeneralSection): string {
  return appHref(app, section === 'settings' ? 'general/edit' : `general/${section}/edit`)
}

const SHOWN = ['label', 'notesForUsers', 'notesForAdmins', 'vpnMessage', 'vpnUrl', 'errorRedirectUrl'] as const

/** General: App Settings, VPN Notification, App Embed Link, Self Service; the section that is edited is a form in place. */
export function GeneralPage(
  props: AppProps & { readonly edit?: { readonly section: GeneralSection; readonly view: FormView } },
) {
  const { context, app, edit } = props
  const part = (section: GeneralSection): SectionProps => ({
    context,
    app,
    section,
    edited: edit?.section === section ? edit.view : undefined,
  })
  return (
    <AppPage
      context={context}
      app={app}
      tab="General"
      notices={edit && <FormProblem problems={edit.view.problems} shown={SHOWN} />}
    >
      {edit?.section === 'settings' ? (
        <EditSettings app={app} view={edit.view} />
      ) : (
        <Settings context={context} app={app} />
      )}
      <VpnSection {...part('vpn')} />
      <EmbedSection {...part('embed')} />
      <SelfServiceSection {...part('self-service')} />
    </AppPage>
  )
}

interface SectionProps extends AppProps {
  readonly section: GeneralSection
  /** Set: the section is a form, with these values. */
  readonly edited: FormView | undefined
}

/** A card that shows its values, or, while it is edited, its form. */
function Section(
  props: SectionProps & {
    readonly title: string
    readonly shown: readonly Definition[]
    readonly children: ComponentChildren
  },
) {
  const { context, app, section, edited, title } = props
  const href = generalEditHref(app, section)
  if (edited !== undefined) {
    return (
      <Card title={title}>
        <Form action={href} label={title} noValidate>
          {props.children}
          <FormActions>
            <Button kind="primary">Save</Button>
            <LinkButton href={appHref(app, 'general')}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    )
  }
  return (
    <Card
      title={title}
      action={
        context.may.apps && (
          <LinkButton kind="subtle" href={href} label={`Edit ${title}`}>
            Edit
          </LinkButton>
        )
      }
    >
      <DefinitionList items={props.shown} />
    </Card>
  )
}

function VpnSection(props: SectionProps) {
  const { vpn } = props.app.general ?? DEFAULT_GENERAL
  const { values = {}, problems = {} } = props.edited ?? {}
  const shown = [
    { term: 'VPN notification', value: VPN_LABELS[vpn.notice] },
    ...(vpn.notice === 'disabled' ? [] : [{ term: 'Message', value: vpn.message }]),
    ...(vpn.url === '' ? [] : [{ term: 'VPN URL', value: vpn.url }]),
  ]
  return (
    <Section {...props} title="VPN Notification" shown={shown}>
      <RadioGroup
        label="VPN notification"
        name="vpnNotice"
        value={values['vpnNotice']}
        options={VPN_NOTICES.map((value) => ({ value, label: VPN_LABELS[value] }))}
      />
      <TextField
        label="VPN notification message"
        name="vpnMessage"
        value={values['vpnMessage']}
        problem={problems['vpnMessage']}
        hint="Shown with the app on the dashboard of everybody who has it."
      />
      <TextField label="VPN URL" name="vpnUrl" value={values['vpnUrl']} problem={problems['vpnUrl']} />
    </Section>
  )
}

function EmbedSection(props: SectionProps) {
  const { context, app } = props
  const { values = {}, problems = {} } = props.edited ?? {}
  const link = <Copyable label="Embed Link" value={`${context.system.origin}${embedPath(app)}`} />
  const { errorRedirectUrl } = app.general ?? DEFAULT_GENERAL
  const shown = [
    { term: 'Embed Link', value: link },
    { term: 'Application access error page', value: errorRedirectUrl || 'Use the default error page' },
  ]
  return (
    <Section {...props} title="App Embed Link" shown={shown}>
      <TextField
        label="Custom error page URL"
        name="errorRedirectUrl"
        value={values['errorRedirectUrl']}
        problem={problems['errorRedirectUrl']}
        hint="Where somebody goes who opens the app without being assigned. Empty: the default error page."
      />
    </Section>
  )
}

function SelfServiceSection(props: SectionProps) {
  const { selfService } = props.app.general ?? DEFAULT_GENERAL
  return (
    <Section
      {...props}
      title="Self Service"
      shown={[{ term: 'Allow users to add the app themselves', value: yes(selfService) }]}
    >
      <CheckboxField
        label="Allow users to add the app themselves"
        name="selfService"
        checked={props.edited?.values['selfService'] === 'true'}
        hint="Without approval: whoever adds it on their dashboard is assigned individually."
      />
    </Section>
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
