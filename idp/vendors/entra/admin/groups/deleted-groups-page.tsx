import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { hardDeleteAt } from '#idp/core/directory/recycle-bin.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { DELETED_GROUPS, groupsMenu } from './groups-menu.ts'

export interface DeletedGroupsView {
  readonly groups: readonly DirectoryGroup[]
  readonly pager?: PagerProps | undefined
  readonly readOnly: string | undefined
}

/** Groups | Deleted groups: restore one, or delete it for good. */
export function DeletedGroupsPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: DeletedGroupsView
}) {
  return (
    <AdminPage
      context={context}
      section="Groups"
      path={[{ label: 'Groups', href: '/admin/groups' }]}
      title="Groups | Deleted groups"
      crumb="Deleted groups"
      subtitle={context.tenant.displayName}
      icon="group"
      resourceMenu={groupsMenu('Deleted groups')}
      commands={[{ kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path }]}
    >
      <Notice tone="info" role="none">
        Groups deleted within the last 30 days. After that they are deleted permanently.
      </Notice>
      <DataTable
        caption="Deleted groups"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'deleted', header: 'Deletion date', narrow: true },
          { key: 'gone', header: 'Permanent deletion date', narrow: true },
          ...(view.readOnly === undefined
            ? [{ key: 'actions', header: 'Actions', headerHidden: true, narrow: true }]
            : []),
        ]}
        rows={view.groups.map((group) => ({
          key: group.id,
          cells: {
            name: group.displayName,
            deleted: group.deletedDateTime && <TimeText iso={group.deletedDateTime} form="date" />,
            gone: group.deletedDateTime && (
              <TimeText iso={new Date(hardDeleteAt(group.deletedDateTime)).toISOString()} form="date" />
            ),
            actions: (
              <div class="k-actions">
                <Form action={`${DELETED_GROUPS}/${group.id}/restore`} layout="bare">
                  <Button label={`Restore ${group.displayName}`}>Restore</Button>
                </Form>
                <LinkButton
                  href={`${DELETED_GROUPS}/${group.id}/delete`}
                  label={`Delete permanently ${group.displayName}`}
                >
                  Delete permanently
                </LinkButton>
              </div>
            ),
          },
        }))}
        empty={
          <EmptyState title="No deleted groups" icon="group">
            Deleted groups stay here for 30 days.
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </AdminPage>
  )
}

/** Asks before a group is deleted for good. */
export function DeleteGroupPermanentlyPage(props: {
  readonly context: AdminContext
  readonly group: { readonly id: string; readonly displayName: string }
}) {
  const { group } = props
  return (
    <AdminPage
      context={props.context}
      section="Groups"
      path={[
        { label: 'Groups', href: '/admin/groups' },
        { label: 'Deleted groups', href: DELETED_GROUPS },
      ]}
      title="Delete permanently"
      icon="group"
    >
      <ConfirmForm
        title="Delete this group permanently?"
        subject={group.displayName}
        action={`${DELETED_GROUPS}/${group.id}/delete`}
        confirmLabel="Delete permanently"
        cancelHref={DELETED_GROUPS}
        headingLevel={2}
      >
        This cannot be undone. Its members and assignments are forgotten.
      </ConfirmForm>
    </AdminPage>
  )
}
