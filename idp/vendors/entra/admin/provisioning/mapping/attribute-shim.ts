import type { AttributeDefinition } from '#idp/core/provisioning/types.ts'
export function checkAttributeDefinition(
  d: AttributeDefinition,
  { existing, kind }: { existing: readonly AttributeDefinition[]; kind: string },
): string | undefined {
  if (existing.some((e) => e.name.toLowerCase() === d.name.toLowerCase())) return 'Twice.'
  return new RegExp(`^urn:ietf:params:scim:schemas:extension:[^:]+:2.0:${kind}:[A-Za-z]+$`).test(d.name)
    ? undefined
    : 'A custom attribute is written so.'
}
