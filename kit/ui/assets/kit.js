// What pages do better with a script. Nothing here is needed to use a page.

const copyButtons = (root) => {
  for (const button of root.querySelectorAll('[data-copy][hidden]')) button.hidden = false
}

const closePanel = () => {
  const panel = document.querySelector('[data-panel]')
  if (panel) location.assign(panel.dataset.panel)
  return panel !== null
}

// In a frame of the kit home: it is told what its reader needs to know, and nothing that a page says.
const homeAround = () => {
  const home = document.querySelector('.k-strip__home')
  return window.parent !== window && home ? new URL(home.href).origin : undefined
}
const tellHome = (message) => {
  const origin = homeAround()
  if (origin) window.parent.postMessage(message, origin)
}
tellHome({ kit: 'at', address: location.origin + location.pathname })

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]')
  if (button) {
    void navigator.clipboard.writeText(button.dataset.copy).then(() => {
      const done = button.querySelector('.k-copy__done')
      if (done) done.textContent = 'Copied'
    })
    return
  }
  if (event.target.closest('.k-backdrop')) closePanel()
  const elsewhere = event.target.closest('a[target="_blank"]')
  if (elsewhere) tellHome({ kit: 'new-tab', label: elsewhere.innerText.trim().slice(0, 80) })
  // A menu closes on a click elsewhere.
  for (const menu of document.querySelectorAll('details.k-menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false
  }
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  const menu = document.querySelector('details.k-menu[open]')
  if (menu) {
    menu.open = false
    menu.querySelector('summary').focus()
    return
  }
  if (!closePanel()) tellHome({ kit: 'escape' })
})

// A live part asks only while somebody can see it, and takes an answer only if it holds that part:
// a sign-in page or an error page must not wipe out what is shown.
document.addEventListener('htmx:before:request', (event) => {
  if (document.hidden && event.target.closest?.('[data-live]')) event.preventDefault()
})

document.addEventListener('htmx:before:swap', (event) => {
  const live = event.target.closest?.('[data-live]')
  const ctx = event.detail?.ctx
  if (!live || !ctx) return
  if (ctx.response?.status !== 200 || !String(ctx.text).includes(`id="${live.id}"`)) event.preventDefault()
})

document.addEventListener('htmx:after:swap', () => copyButtons(document))

copyButtons(document)
// The page one is at shows in a menu that scrolls sideways.
for (const current of document.querySelectorAll('nav [aria-current="page"]')) {
  let menu = current.parentElement
  while (menu.localName !== 'nav' && menu.scrollWidth <= menu.clientWidth) menu = menu.parentElement
  menu.scrollLeft += current.getBoundingClientRect().left - menu.getBoundingClientRect().left - 16
}

// What was refused is mended where it was typed: the first such field takes the focus. A panel takes the focus it was
// opened for. A field that already has the focus keeps it.
const refused = document.querySelector(
  ':is(input, select, textarea)[aria-invalid="true"], fieldset[aria-invalid="true"] input',
)
if (document.activeElement === document.body) {
  if (refused) refused.focus()
  else document.querySelector('.k-panel__title')?.focus({ preventScroll: true })
}
