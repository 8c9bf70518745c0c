import { z } from 'zod'
import { readTenantUrl } from '../tenant-url.ts'

const LONGEST_URL = 2_048
const LONGEST_SECRET = 8_192

/** A Tenant URL as an administrator types it. */
export const TenantUrlField = z
  .string({ error: 'Enter the Tenant URL.' })
  .trim()
  .min(1, 'Enter the Tenant URL.')
  .max(LONGEST_URL, `The Tenant URL has at most ${LONGEST_URL} characters.`)
  .refine((text) => text === '' || readTenantUrl(text) !== undefined, {
    error: 'The Tenant URL is not a web address. It looks like https://dialpad.com/scim.',
  })

/**
 * A secret as pasted: kept to the character, since a stray prefix or blank is a mistake to be found, not repaired
 * (reference 12.3). Only what no header can carry is refused.
 */
export const SecretTokenField = z
  .string({ error: 'Enter the Secret Token.' })
  .max(LONGEST_SECRET, `The Secret Token has at most ${LONGEST_SECRET} characters.`)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'The Secret Token holds characters that cannot be sent.')
