// Runs in every page of a demonstration that is played in a visible browser. It must not change what can be found there: the
// caption is in a closed shadow tree, hidden from accessibility, and lets every click through.

const CAPTION = `
  .bar { position: fixed; z-index: 2147483647; left: 50%; bottom: 16px; transform: translateX(-50%); width: min(760px, calc(100vw - 32px));
    box-sizing: border-box; padding: 12px 18px; border-radius: 10px; background: rgb(20 24 33 / 92%); color: #fff; pointer-events: none;
    font: 15px/1.45 system-ui, sans-serif; box-shadow: 0 6px 24px rgb(0 0 0 / 35%); }
  .bar[hidden] { display: none; }
  .head { display: flex; gap: 12px; font-weight: 600; }
  .number { color: #9cc4ff; white-space: nowrap; }
  .say { margin: 4px 0 0; }
  .source { margin: 4px 0 0; color: #c3cad8; font-size: 12px; }
`
// What a runner's pictures cover, a room full of people must not read either.
const COVERED = `.k-secret input, input[name="API key"], input[aria-label="API key"], input[type="password"] { filter: blur(6px); }`
// The end of a page can be scrolled to above the caption.
const ROOM = `html { scroll-padding-bottom: 180px; } body { padding-bottom: 180px; }`

const sheet = (text) => {
  const made = new CSSStyleSheet()
  made.replaceSync(text)
  return made
}

const host = document.createElement('div')
host.setAttribute('aria-hidden', 'true')
const root = host.attachShadow({ mode: 'closed' })
root.adoptedStyleSheets = [sheet(CAPTION)]
const part = (name, inside, tag = 'div') => {
  const made = document.createElement(tag)
  made.className = name
  inside.append(made)
  return made
}
const bar = part('bar', root)
bar.hidden = true
const head = part('head', bar)
const number = part('number', head, 'span')
const title = part('title', head, 'span')
const say = part('say', bar, 'p')
const source = part('source', bar, 'p')

window.__demoCaption = (caption) => {
  bar.hidden = !caption
  if (!caption) return
  number.textContent = `Step ${caption.number} of ${caption.of}`
  title.textContent = caption.title
  say.textContent = caption.say
  source.textContent = caption.source
}

const begin = () => {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet(COVERED), sheet(ROOM)]
  document.documentElement.append(host)
  window.__demoAsk().then(window.__demoCaption)
}
// Pages in a frame have no caption of their own.
if (window === window.top) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin)
  else begin()
}
