/** Role id of an assignment that names no role. */
export const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'
