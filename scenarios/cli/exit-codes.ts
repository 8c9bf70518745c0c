/** How the command line ends: what scripts and CI lean on. */
export const EXIT = { passed: 0, checkFailed: 1, usage: 2, unreachable: 3 } as const
