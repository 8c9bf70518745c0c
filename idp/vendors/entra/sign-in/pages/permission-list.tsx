import type { AskedPermission } from '../consent/describe-permission.ts'

/** Permissions an app asks for; each opens to its explanation, without a script. */
export function PermissionList({ permissions }: { readonly permissions: readonly AskedPermission[] }) {
  return (
    <ul class="entra-permissions">
      {permissions.map((each) => (
        <li key={each.value}>
          <details>
            <summary>{each.api === undefined ? each.title : `${each.title} (${each.api})`}</summary>
            <p>{each.detail}</p>
            <p class="k-mono">{each.value}</p>
          </details>
        </li>
      ))}
    </ul>
  )
}
