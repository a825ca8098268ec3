// Every page works without this file; it only saves waiting and typing.
(() => {
  'use strict'
  const { body } = document
  const main = document.getElementById('main')
  const status = document.getElementById('ev-status')
  if (!main || !status) return

  // The clock of this computer may be wrong: times on the page are the server's.
  const ahead = body.dataset.now ? Date.parse(body.dataset.now) - Date.now() : 0
  const now = () => Date.now() + ahead
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act)
  const say = (text) => { if (text && status.textContent !== text) status.textContent = text }

  // What the content of <main> needs, at first and after each replacement.
  function enhance() {
    each('[data-copy], [data-show]', (button) => { button.hidden = false })
    const summary = main.querySelector('.nhsuk-error-summary')
    if (summary) {
      summary.tabIndex = -1
      summary.focus()
    }
    const returned = performance.getEntriesByType('navigation')[0]?.type === 'back_forward'
    const form = main.querySelector('form[data-auto-submit]')
    if (form && !form.dataset.sent && !returned) form.requestSubmit()
    closeLater()
    tick()
  }

  // Ticking times.
  function tick() {
    each('[data-since]', (place) => {
      const seconds = Math.max(0, Math.floor((now() - Date.parse(place.dataset.since)) / 1000))
      const part = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`
      const minutes = Math.floor(seconds / 60)
      place.textContent = minutes ? `${part(minutes, 'minute')} ${part(seconds % 60, 'second')}` : part(seconds, 'second')
    })
    warn()
  }

  // Time-out: two minutes before, one button keeps the person logged in.
  const dialog = document.getElementById('ev-ends')
  let ends = Date.parse(body.dataset.endsAt || '')
  const span = ends - now()
  function warn() {
    if (!dialog || !(span > 0)) return
    const left = ends - now()
    if (left <= 0) {
      ends = NaN
      location.reload()
    } else if (left <= 120000 && !dialog.open) {
      dialog.showModal()
    }
  }
  dialog?.addEventListener('cancel', (event) => event.preventDefault())
  dialog?.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    const form = new URLSearchParams({ __RequestVerificationToken: body.dataset.extendToken || '' })
    try {
      const answer = await fetch(body.dataset.extend, { method: 'POST', body: form, redirect: 'error' })
      if (!answer.ok) throw answer
      const until = Date.parse((await answer.text()).replaceAll('"', ''))
      ends = until > now() ? until : now() + span
      dialog.close()
      say('You are still logged in.')
    } catch {
      location.reload()
    }
  })

  // Live pages: the server says that something changed, the page fetches itself.
  let typed = false
  let busy = false
  let again = false
  let leaving = false
  let stream
  let poll

  // Whoever is not reached says nothing: a page that shows work under way must not go on as if it were.
  let missed = 0
  const away = Object.assign(document.createElement('p'), {
    className: 'ev-stop', role: 'alert', textContent: 'This page gets no answer. It tries again by itself. What was begun can be finished.',
  })
  main.addEventListener('input', () => { typed = true })
  async function update() {
    if (leaving || typed || main.querySelector('[data-keep]')) return
    if (busy) {
      again = true
      return
    }
    busy = true
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store', redirect: 'manual' })
      missed = 0
      away.remove()
      // Told where to go meanwhile: loading this page once more would only be in the way.
      if (leaving) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.getElementById('main')
      // No page of ours, or the answer leads elsewhere: then it has no text.
      if (!fresh) return location.reload()
      if (typed) return
      const held = main.contains(document.activeElement) && document.activeElement.id
      main.replaceChildren(...fresh.childNodes)
      // Who is logged in may have changed as well.
      const [header, freshHeader] = [document, page].map((part) => part.querySelector('header'))
      if (header && freshHeader && !header.contains(document.activeElement)) header.replaceWith(freshHeader)
      document.title = page.title
      ends = Date.parse(page.body.dataset.endsAt || '')
      if (held) document.getElementById(held)?.focus()
      const word = main.querySelector('[data-announce]')
      say(word?.dataset.announce || word?.textContent.trim())
      const goes = page.querySelector('meta[http-equiv=refresh]')?.content.split(/;\s*url=/i)
      if (goes?.[1]) setTimeout(go, goes[0] * 1000, goes[1])
      if (!page.querySelector('[data-live], [data-refresh]')) {
        stream?.close()
        clearInterval(poll)
      }
      enhance()
    } catch {
      // Not reachable just now: the next event or the next round tries again.
      if (++missed === 2) main.before(away)
    } finally {
      busy = false
      if (again) {
        again = false
        update()
      }
    }
  }
  // The page that goes away by itself is none to come back to.
  function go(address) {
    const url = new URL(address, location.href)
    if (url.origin !== location.origin && (url.protocol !== 'http:' || url.hostname !== '127.0.0.1')) return
    leaving = true
    location.replace(url)
  }
  function listen(address) {
    let failures = 0
    stream = new EventSource(address)
    stream.addEventListener('open', () => { failures = 0 })
    stream.addEventListener('change', update)
    stream.addEventListener('go', (event) => go(event.data))
    stream.addEventListener('error', () => {
      failures += 1
      setTimeout(update, 1000)
      if (failures < 3 && stream.readyState !== EventSource.CLOSED) return
      stream.close()
      poll ??= setInterval(update, 4000)
    })
  }
  const live = document.querySelector('[data-live]')?.dataset.live
  if (live) listen(live)
  else if (body.dataset.refresh) poll = setInterval(update, body.dataset.refresh * 1000)

  document.addEventListener('click', async (event) => {
    const copy = event.target.closest('[data-copy]')
    const show = event.target.closest('[data-show]')
    if (copy) {
      const source = document.getElementById(copy.dataset.copy)
      const label = copy.textContent
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim())
      say('Copied')
      copy.textContent = 'Copied'
      setTimeout(() => { copy.textContent = label }, 3000)
    }
    if (show) {
      const masked = document.getElementById(show.dataset.show).classList.toggle('ev-masked')
      show.setAttribute('aria-pressed', String(!masked))
    }
  })

  // A second press of the button sends nothing twice.
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    // A form answered in another tab leaves this page where it is.
    leaving ||= !event.defaultPrevented && /^(_self)?$/.test(event.submitter?.formTarget || form.target)
  })
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    leaving = false
    each('form', (form) => delete form.dataset.sent)
  })

  // The agent's windows close by themselves, unless somebody is using them.
  let closing
  function closeLater() {
    clearTimeout(closing)
    const place = main.querySelector('[data-close-after]')
    if (place) closing = setTimeout(() => window.close(), place.dataset.closeAfter * 1000)
  }
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => clearTimeout(closing))

  enhance()
  setInterval(tick, 1000)
})()
