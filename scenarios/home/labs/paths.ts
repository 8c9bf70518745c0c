import type { Lab } from '#scenarios/labs/lab.ts'

/** Addresses of the lab pages. */

export const LABS_PATH = '/labs'

export const labPath = (lab: Lab, below = ''): string => `${LABS_PATH}/${lab.id}${below}`
