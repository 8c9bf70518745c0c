import type { Cause } from '../../lab.ts'

/** Why a target refuses the job. */

export const REVOKED: Cause = {
  cause: 'The API key was revoked in Dialpad.',
  because: 'Dialpad lists the key as revoked; a revoked key is answered 401 from that moment.',
}
export const EXPIRED: Cause = {
  cause: 'The API key has expired.',
  because: 'Dialpad shows when a key ends; a key whose time is over is answered 401.',
}
export const MISTYPED: Cause = {
  cause: 'The token in Entra is not exactly the key.',
  because: 'The key is listed as valid in Dialpad, and yet Entra is answered 401: what it sends is something else.',
}
export const DEMOTED: Cause = {
  cause: 'Whoever made the key is no Company Admin any more.',
  because: 'A key has the power of the person who made it; without that it is answered 403, not 401.',
}
export const ADDRESS: Cause = {
  cause: 'The Tenant URL leads to another path.',
  because: 'An address without /scim at its end is answered with something that is no SCIM.',
}
