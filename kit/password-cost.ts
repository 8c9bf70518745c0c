/** What hashing a password costs, RFC 7914. 2^14 rounds of 8 take some 40 ms and 16 MB: enough for training passwords. */
export const PASSWORD_COST = { N: 2 ** 14, r: 8, p: 1 } as const
