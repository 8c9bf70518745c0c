// What panel and lesson page do better with a script. Nothing here is needed to take a lesson.

const main = document.querySelector('.lesson-split')
const page = document.getElementById('page')
const panel = document.getElementById('panel')

// The frame first: what is focused in a document that is not active takes no keys.
const focusPanel = () => {
  panel.focus()
  panel.contentWindow?.focus()
  panel.contentDocument?.getElementById('state')?.focus()
}

/** Show the page the lesson begins at, where nothing is shown yet. */
const openFirst = (frame, link) => {
  if (!frame || !link || frame.dataset.isBlank === undefined) return
  delete frame.dataset.isBlank
  frame.src = link.href
}

if (main) {
  const origins = page.dataset.origins.split(' ')
  const told = document.getElementById('told')
  const address = document.getElementById('address')

  // A framed page tells where it is, that a link left for a tab, and Escape.
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== page.contentWindow || !origins.includes(origin)) return
    if (data?.kit === 'escape') focusPanel()
    if (data?.kit === 'at') {
      if (document.activeElement !== address) address.value = String(data.address)
      told.textContent = ''
    }
    if (data?.kit === 'new-tab') {
      told.textContent = `"${String(data.label)}" opened in a tab of its own. What you do there counts too.`
    }
  })

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') focusPanel()
  })

  document.querySelector('a[href="#panel"].k-skip')?.addEventListener('click', (event) => {
    event.preventDefault()
    focusPanel()
  })
  for (const back of document.querySelectorAll('.lesson-beside a[href="#panel"]')) {
    back.addEventListener('click', (event) => {
      event.preventDefault()
      focusPanel()
    })
  }
  document.querySelector('a[href="#page"].k-skip')?.addEventListener('click', (event) => {
    event.preventDefault()
    page.focus()
  })

  // The panel moves without a new page, so that nobody loses their place in the other frame.
  const form = document.querySelector('form[action="/lessons/dock"]')
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    const body = new URLSearchParams(new FormData(form, event.submitter))
    main.className = main.className.replace(/lesson-split--\w+/, `lesson-split--${event.submitter.value}`)
    for (const button of form.querySelectorAll('button')) {
      button.classList.toggle('k-button--secondary', button === event.submitter)
      button.classList.toggle('k-button--subtle', button !== event.submitter)
    }
    void fetch(form.action, { method: 'POST', body, redirect: 'manual' })
  })

  document.querySelector('.lesson-own-window')?.addEventListener('click', (event) => {
    const opened = window.open(panel.contentWindow.location.href, 'lesson', 'popup,width=440,height=860')
    if (!opened) return
    event.preventDefault()
    main.className = main.className.replace(/lesson-split--\w+/, 'lesson-split--away')
  })
}

// In the panel.
const start = document.querySelector('[data-opens-page]')
const around = window.parent !== window && window.parent.location.origin === location.origin ? window.parent : undefined

const followLesson = () => {
  const beside = around?.document.getElementById('page')
  const isUnderWay = document.querySelector('[data-under-way]')
  if (isUnderWay) openFirst(beside, document.querySelector('[data-opens-page]'))
}

if (around && !main) {
  document.documentElement.classList.add('lesson-is-framed')
  const whole = document.querySelector('.lesson-turns__whole')
  if (whole) {
    around.history.replaceState(null, '', whole.href)
    around.document.title = document.title
    around.document.getElementById('panel')?.setAttribute('title', document.title)
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') around.document.getElementById('page')?.focus()
  })
  // Another world: what the frame shows is of the one before.
  document.addEventListener('submit', (event) => {
    const beside = around.document.getElementById('page')
    if (beside && event.target.action.endsWith('/panel/scene')) beside.dataset.isBlank = ''
  })
  document.addEventListener('htmx:after:swap', followLesson)
  followLesson()
}
// Coming back from a form: what it led to is read out first.
if (start && ['#state', '#lesson'].includes(location.hash)) document.querySelector(location.hash)?.focus()
