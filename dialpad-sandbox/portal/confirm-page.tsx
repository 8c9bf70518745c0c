import { ConfirmForm, type ConfirmFormProps } from '#kit/ui/confirm-form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { AdminPage, type AdminPageProps } from './admin-page.tsx'

interface ConfirmPageProps extends Pick<AdminPageProps, 'chrome' | 'current' | 'office' | 'title' | 'trail'> {
  readonly confirm: Omit<ConfirmFormProps, 'headingLevel'>
  /** The command was declined. */
  readonly refusal?: string | undefined
}

/** Asks before something is done, on a page of its own. */
export function ConfirmPage({ confirm, refusal, ...page }: ConfirmPageProps) {
  return (
    <AdminPage {...page} notices={refusal && <Notice tone="danger">{refusal}</Notice>}>
      <ConfirmForm {...confirm} headingLevel={2} />
    </AdminPage>
  )
}
