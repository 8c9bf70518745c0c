/** What Dialpad's article has administrators enter as Tenant URL. */
export const TENANT_URL = 'https://dialpad.com/scim'
