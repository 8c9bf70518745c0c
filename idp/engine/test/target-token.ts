/** The one token the test target accepts. */
export const TARGET_TOKEN = 'target-token-1'
