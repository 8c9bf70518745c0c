import type { AttributeMapping } from '#idp/core/provisioning/types.ts'

/** URN of the enterprise extension: the only place Dialpad reads attributes beyond the core (reference 5.5). */
export const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** A row that copies a source attribute. */
export function from(name: string, targetAttributeName: string): AttributeMapping {
  return { source: { type: 'Attribute', name }, targetAttributeName, matchingPriority: 0, flowType: 'Always' }
}

/** A row that copies a source attribute and is the first objects are matched by. */
export function matchedBy(name: string, targetAttributeName: string): AttributeMapping {
  return { ...from(name, targetAttributeName), matchingPriority: 1 }
}

/** A row that evaluates an expression. */
export function expression(text: string, targetAttributeName: string): AttributeMapping {
  return { ...from('', targetAttributeName), source: { type: 'Function', expression: text } }
}
