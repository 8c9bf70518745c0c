import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'

interface ConfirmProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

/** Asks before somebody loses the app. */
export function UnassignUserPage(props: ConfirmProps & { readonly name: string; readonly appUserId: string }) {
  const { app } = props
  return (
    <AppPage context={props.context} app={app} tab="Assignments">
      <ConfirmForm
        title="Unassign User"
        headingLevel={2}
        subject={props.name}
        action={appHref(app, `assignments/user/${props.appUserId}/unassign`)}
        confirmLabel="OK"
        cancelHref={appHref(app, 'assignments')}
      >
        <p>{`They can no longer open ${app.label}. With Deactivate Users on, their account there is deactivated.`}</p>
      </ConfirmForm>
    </AppPage>
  )
}

/** Asks before a group loses the app. */
export function UnassignGroupPage(props: ConfirmProps & { readonly name: string; readonly groupId: string }) {
  const { app } = props
  return (
    <AppPage context={props.context} app={app} tab="Assignments">
      <ConfirmForm
        title="Unassign Group"
        headingLevel={2}
        subject={props.name}
        action={appHref(app, `assignments/group/${props.groupId}/unassign`)}
        confirmLabel="OK"
        cancelHref={appHref(app, 'assignments?filter=groups')}
      >
        <p>{`Its people lose ${app.label}, unless they have it by themselves or by another group.`}</p>
      </ConfirmForm>
    </AppPage>
  )
}

/** Asks before everybody who was assigned earlier is provisioned. */
export function ProvisionUserPage(props: ConfirmProps & { readonly count: number }) {
  const { app, count } = props
  return (
    <AppPage context={props.context} app={app} tab="Assignments">
      <ConfirmForm
        title="Provision User"
        headingLevel={2}
        subject={`${count} ${count === 1 ? 'user' : 'users'}`}
        action={appHref(app, 'assignments/provision')}
        confirmLabel="OK"
        cancelHref={appHref(app, 'assignments')}
        kind="primary"
      >
        <p>{`They were assigned before Provisioning was enabled. Their accounts are now created or linked in ${app.label}.`}</p>
      </ConfirmForm>
    </AppPage>
  )
}
