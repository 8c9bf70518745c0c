import { h, type VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { type Frame, FrameContext, type Look, LookContext } from './look.ts'

/** A whole page as HTML, doctype first. Text and attributes are escaped; nothing is awaited. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${render(page)}`
}

/** A piece of a page as HTML, with the same look and frame its page would give it. For answers that are not whole pages. */
export function renderFragment(around: { readonly look: Look; readonly frame: Frame }, piece: VNode): string {
  return render(
    h(LookContext.Provider, { value: around.look }, h(FrameContext.Provider, { value: around.frame }, piece)),
  )
}
