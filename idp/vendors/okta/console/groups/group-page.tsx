import type { ComponentChildren } from 'preact'
import { LinkButton } from '#kit/ui/button.tsx'
import { Menu } from '#kit/ui/menu.tsx'
import type { OktaGroup } from '../../collections.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'

/** Tabs of a group (reference sheet 1.1) that have something behind them here. */
const TABS = [
  { label: 'People', page: 'people' },
  { label: 'Applications', page: 'applications' },
  { label: 'Profile', page: 'profile' },
] as const
export type GroupTab = (typeof TABS)[number]['label']

export function groupHref(groupId: string, page: string = 'people'): string {
  return `/admin/group/${groupId}/${page}`
}

/** A page of one group. */
export function GroupPage(props: {
  readonly context: ConsoleContext
  readonly group: OktaGroup
  readonly tab?: GroupTab
  readonly notices?: ComponentChildren
  readonly overlay?: ComponentChildren
  readonly children: ComponentChildren
}) {
  const { context, group, tab } = props
  const mayChange = context.may.people && group.type === 'OKTA_GROUP'
  return (
    <ConsolePage
      context={context}
      section="Groups"
      path={[{ label: 'Groups', href: '/admin/groups' }]}
      title={group.name}
      subtitle={group.description}
      icon="group"
      actions={
        mayChange && (
          <>
            <LinkButton href={groupHref(group.id, 'people/assign')}>Assign people</LinkButton>
            <Menu
              label="Actions"
              align="end"
              items={[
                { kind: 'link', label: 'Edit', href: groupHref(group.id, 'profile/edit') },
                { kind: 'link', label: 'Delete', href: groupHref(group.id, 'delete') },
              ]}
            />
          </>
        )
      }
      tabs={TABS.map((item) => ({
        label: item.label,
        href: groupHref(group.id, item.page),
        current: item.label === tab,
      }))}
      notices={props.notices}
      overlay={props.overlay}
    >
      {props.children}
    </ConsolePage>
  )
}
