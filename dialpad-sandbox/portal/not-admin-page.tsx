import type { Account } from '#kit/ui/account-menu.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { SiteColumn } from '../site/site-column.tsx'
import { SiteShell } from './look/shell.tsx'

/** The portal refuses everybody but Company Admins, on pages of an office its Office Admins, and offers to come back as one. */
export function NotAdminPage(props: {
  readonly frame: Frame
  readonly user: Account
  readonly company: string
  /** Offices they administer. */
  readonly officeNames: readonly string[]
  readonly next: string
}) {
  return (
    <SiteShell frame={props.frame} title="Company Admins only" user={props.user}>
      <SiteColumn title="Company Admins only">
        <Notice tone="warning">
          {props.officeNames.length === 0 ? (
            <>
              You are signed in as {props.user.detail}, who is not a Company Admin of {props.company}. The Dialpad Admin
              Portal opens for Company Admins only.
            </>
          ) : (
            <>
              You are signed in as {props.user.detail}, who is Office Admin of {props.officeNames.join(', ')}. This page
              is not one of theirs: it opens for Company Admins of {props.company} only.
            </>
          )}
        </Notice>
        <Form action="/logout" fields={{ next: props.next }}>
          <FormActions>
            <Button kind="primary">Log in with another account</Button>
            {props.officeNames.length > 0 && <LinkButton href="/admin">Back to your office</LinkButton>}
            <LinkButton href="/app">Back to your account</LinkButton>
          </FormActions>
        </Form>
      </SiteColumn>
    </SiteShell>
  )
}
