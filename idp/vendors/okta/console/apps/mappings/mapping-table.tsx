import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { AttributeDefinition, MappedProperty, MappingDirection } from '../../../profiles/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'

export interface MappingRow {
  readonly attribute: AttributeDefinition
  readonly mapped: MappedProperty | undefined
}

export interface MappingTableView {
  readonly direction: MappingDirection
  readonly rows: readonly MappingRow[]
  /** Unmapped ones are shown too. */
  readonly showsAll: boolean
}

/** "Same value for all users", when an expression is a text in quotes and nothing else; else `undefined`. */
export function sameValueOf(expression: string): string | undefined {
  const match = /^"((?:[^"\\]|\\.)*)"$/.exec(expression.trim())
  return match?.[1]?.replaceAll(/\\(.)/g, '$1')
}

/** The attribute of the source an expression takes as it is: `user.title`. */
export function sourceAttributeOf(expression: string): string | undefined {
  return /^(?:user|appuser)\.([A-Za-z_$][\w$]*)$/.exec(expression.trim())?.[1]
}

export function mappingHref(app: OktaApp, direction: MappingDirection, name: string, act: 'edit' | 'remove'): string {
  return appHref(app, `mapping/${direction}/${encodeURIComponent(name)}/${act}`)
}

function valueWords(row: MappingRow) {
  const { attribute, mapped } = row
  if (attribute.name === 'userName') return 'Configured in Sign On settings'
  if (mapped === undefined && attribute.required) {
    return (
      <span class="okta-warning">
        <Icon name="warning" /> Required, not mapped
      </span>
    )
  }
  if (mapped === undefined) return <Quiet>Not mapped</Quiet>
  return <code class="k-mono okta-expression">{mapped.expression}</code>
}

/** The attribute mappings of one direction (reference sheet 1.7): mapped and required ones first, the rest on demand. */
export function MappingTable(props: {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly view: MappingTableView
}) {
  const { context, app, view } = props
  const { direction } = view
  const here = appHref(app, direction === 'to-app' ? 'provisioning/to-app' : 'provisioning/to-okta')
  const subject = direction === 'to-app' ? app.label : 'Okta'
  const isFirst = ({ attribute, mapped }: MappingRow): boolean => mapped !== undefined || attribute.required
  const rows = [...view.rows.filter(isFirst), ...(view.showsAll ? view.rows.filter((row) => !isFirst(row)) : [])]
  return (
    <Card
      title={`${subject} Attribute Mappings`}
      action={
        <Inline>
          <LinkButton href={`/admin/profile-editor/${app.id}`}>Go to Profile Editor</LinkButton>
          {direction === 'to-app' && context.may.apps && (
            <LinkButton href={appHref(app, 'force-sync')}>Force Sync</LinkButton>
          )}
        </Inline>
      }
    >
      <div class="okta-whole">
        <DataTable
          caption={`${subject} Attribute Mappings`}
          columns={[
            { key: 'attribute', header: 'Attribute' },
            { key: 'type', header: 'Attribute Type' },
            { key: 'value', header: 'Value' },
            { key: 'apply', header: 'Apply on' },
            ...(context.may.apps ? [{ key: 'acts', header: 'Actions', headerHidden: true, narrow: true }] : []),
          ]}
          rows={rows.map((row) => {
            const { attribute, mapped } = row
            return {
              key: attribute.name,
              cells: {
                attribute: (
                  <>
                    {attribute.title}
                    <br />
                    <Quiet>{attribute.name}</Quiet>
                  </>
                ),
                type: attribute.scope === 'SELF' ? 'Personal' : 'Group',
                value: valueWords(row),
                apply: mapped === undefined ? '' : mapped.pushStatus === 'PUSH' ? 'Create and update' : 'Create',
                acts: attribute.name !== 'userName' && (
                  <Inline>
                    <LinkButton
                      kind="subtle"
                      icon="edit"
                      href={mappingHref(app, direction, attribute.name, 'edit')}
                      label={`Edit ${attribute.title}`}
                    >
                      <span class="k-hidden">Edit</span>
                    </LinkButton>
                    {mapped !== undefined && (
                      <LinkButton
                        kind="subtle"
                        icon="close"
                        href={mappingHref(app, direction, attribute.name, 'remove')}
                        label={`Remove mapping of ${attribute.title}`}
                      >
                        <span class="k-hidden">Remove</span>
                      </LinkButton>
                    )}
                  </Inline>
                ),
              },
            }
          })}
          empty={<EmptyState title="No attributes mapped">Show the unmapped ones to map them.</EmptyState>}
        />
      </div>
      <p>
        <a href={view.showsAll ? here : `${here}?unmapped=show`}>
          {view.showsAll ? 'Hide Unmapped Attributes' : 'Show Unmapped Attributes'}
        </a>
      </p>
    </Card>
  )
}
