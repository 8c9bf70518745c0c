/** Props of a command that is greyed while there is a reason, which is told on hover. */
export function greyed(reason: string | undefined): { readonly unavailable?: string } {
  return reason === undefined ? {} : { unavailable: reason }
}
