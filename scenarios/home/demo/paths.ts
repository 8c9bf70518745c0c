/** Where the pages of the demonstration are. */
export const DEMO = '/demo'
export const STAGE = '/demo/stage'

export const notesPath = (id: string, below = ''): string => `${DEMO}/${id}${below}`
